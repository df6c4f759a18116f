import type { Estate } from "../../model/estate.ts";
import { noReferenceData, type ReferenceData } from "../../model/reference-data.ts";
import type { CloudPcDemand } from "../../model/subnet-size.ts";
import { networkOf } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Design, Rule } from "../../policy-packs/rule.ts";
import { runRules } from "../../policy-packs/run-rules.ts";
import { idOf } from "../model/support/build.ts";
import { type HubAndSpoke, hubAndSpoke } from "../model/support/hub-and-spoke.ts";

/** What a case of a rule says: the hub and spoke of the model's tests, with changes. */
export interface DesignWords extends HubAndSpoke {
  /** Cloud PC subnets as `vnet/subnet`; by default `spoke/cpc`. */
  readonly subnets?: readonly string[];
  readonly kinds?: CloudPcSubnet["kinds"];
  readonly kindsAreCertain?: boolean;
  readonly demands?: readonly CloudPcDemand[];
  readonly reference?: Partial<ReferenceData>;
  /** Changes the estate once it is built. */
  readonly change?: (estate: Estate) => Estate;
}

/** Cloud PCs that join Entra ID, with Intune in Europe. */
export const entra = { cloud: "public", joinType: "azureADJoin", intuneLocation: "eu", features: [] } as const;

/** A design in few words. */
export function design(words: DesignWords = {}): Design {
  const { subnets = ["spoke/cpc"], kinds = [entra], kindsAreCertain = true, demands = [], change = same } = words;
  const network = networkOf(change(hubAndSpoke(words)), { ...noReferenceData, ...words.reference });
  const cloudPcSubnets = subnets.map((name) => {
    const [vnet = "", subnet = ""] = name.split("/");
    const place = network.subnets.find(`${idOf("virtualNetworks", vnet)}/subnets/${subnet}`);
    if (place === undefined) throw new Error(`no subnet "${name}"`);
    return { place, kinds, kindsAreCertain, demands };
  });
  return { network, cloudPcSubnets };
}

/** What a rule finds, as `outcome: message`. */
export function findingsOf(rule: Rule, words: DesignWords = {}): readonly string[] {
  return runRules([rule], design(words)).findings.map(({ outcome, message }) => `${outcome}: ${message}`);
}

/** The estate with the virtual network of the Cloud PCs changed. */
export function withSpoke(
  changed: (spoke: Estate["virtualNetworks"][number]) => Estate["virtualNetworks"][number],
): (estate: Estate) => Estate {
  return (estate) => ({
    ...estate,
    virtualNetworks: estate.virtualNetworks.map((each) => (each.name === "spoke" ? changed(each) : each)),
  });
}

function same(estate: Estate): Estate {
  return estate;
}
