import { catalogueReferenceData } from "../../catalogue/reference-data.ts";
import { networkOf } from "../../model/topology/network.ts";
import type { ArmResource } from "../../readers/arm/arm-resource.ts";
import { chooseSubnets, subnetsOfConnections } from "../choose-subnets.ts";
import { PlanError } from "../plan.ts";
import type { Design } from "../rule.ts";
import { type CapturedNetworks, nothingCaptured } from "./captured-networks.ts";
import { type ProgramEstate, readProgram } from "./program-estate.ts";
import type { ProgramResource } from "./program-resource.ts";

/** A program as the rules judge it. */
export type ProgramDesign =
  | { readonly kind: "design"; readonly design: Design; readonly program: ProgramEstate }
  /** No network is in the program, or it says that no Cloud PCs will be in its networks. */
  | { readonly kind: "nothing to judge" }
  | { readonly kind: "cannot be judged"; readonly because: string };

/**
 * Makes the design of what a program registered.
 *
 * @param captured - networks that the program refers to but does not make
 * @param onlySubnet - id of the one subnet to judge; by default every subnet for Cloud PCs
 */
export function designOf(
  resources: readonly ProgramResource[],
  captured: CapturedNetworks = nothingCaptured,
  onlySubnet?: string,
): ProgramDesign {
  if (!captured.ok) return { kind: "cannot be judged", because: captured.because };
  const program = readOrSayWhyNot(resources, captured.resources);
  if (typeof program === "string") return { kind: "cannot be judged", because: program };
  const { estate, plan } = program;
  const network = networkOf(estate, { ...catalogueReferenceData(), directories: plan?.directories ?? [] });
  const pools = plan?.pools ?? [];
  const connected = subnetsOfConnections(estate.azureNetworkConnections);
  const cloudPcSubnets = [...pools.map(({ subnet }) => subnet), ...connected];
  if (cloudPcSubnets.length === 0 && (plan !== undefined || estate.virtualNetworks.length === 0)) {
    return { kind: "nothing to judge" };
  }
  const chosen = chooseSubnets(network, { cloudPcSubnets, pools }, onlySubnet);
  if (!chosen.ok) {
    const advice =
      'let the program say it with a w365:network:CloudPcPlan; for a network of others, name its export in "captured"';
    return {
      kind: "cannot be judged",
      because: `which subnet is for Cloud PCs is not known: ${chosen.message}; ${advice}`,
    };
  }
  return { kind: "design", design: { network, cloudPcSubnets: chosen.value, resources: program.resources }, program };
}

function readOrSayWhyNot(
  resources: readonly ProgramResource[],
  captured: readonly ArmResource[],
): ProgramEstate | string {
  try {
    return readProgram(resources, captured);
  } catch (error) {
    if (error instanceof PlanError) return error.message;
    throw error;
  }
}
