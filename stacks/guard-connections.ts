import type { CloudPcPlanArgs } from "../components/cloud-pc-plan.ts";
import type { ConnectionGuard } from "../components/guarded-connection.ts";
import type { ConnectionSettings } from "../config/windows365.ts";
import { designOf } from "../policy-packs/engine/program-design.ts";
import type { ProgramResource } from "../policy-packs/engine/program-resource.ts";
import { guardConnection } from "../policy-packs/guard.ts";
import { cloudPcPlanType } from "../policy-packs/plan.ts";

/**
 * Asks the rules of both packs about resources as they are, whoever made them, and about all pools at once: one endpoint that one
 * pool cannot reach keeps every connection from being made.
 *
 * @param plan - what the network is for
 * @param today - ISO date, for waivers
 */
export function guardOf(
  resources: readonly ProgramResource[],
  plan: CloudPcPlanArgs,
  { waivers }: Pick<ConnectionSettings, "waivers">,
  today: string,
): ConnectionGuard {
  const network = resources.filter(({ type }) => type.startsWith("azure-native:"));
  const read = designOf([...network, planned(plan)]);
  switch (read.kind) {
    case "design":
      return guardConnection(read.design, waivers, today);
    case "cannot be judged":
      return { passed: false, message: `the network cannot be judged: ${read.because}` };
    case "nothing to judge":
      return { passed: false, message: "there is no network that could be judged" };
  }
}

function planned(plan: CloudPcPlanArgs): ProgramResource {
  const name = "cloud-pcs";
  return {
    urn: `${cloudPcPlanType}::${name}`,
    type: cloudPcPlanType,
    name,
    inputs: { ...plan },
    outputs: {},
    madeFrom: {},
  };
}
