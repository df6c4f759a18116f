import { knownOr } from "../../../model/read.ts";
import { parentId, type ResourceId, resourceName, sameResource } from "../../../model/resource-id.ts";
import type { Check, Design, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { distinct } from "../../tenant/connection-places.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { findFact } from "../../tenant/find-fact.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import type { TenantFacts, VirtualNetworkFact } from "../../tenant-facts.ts";

const networkInvalid = "resourceAvailabilityCheckVNetInvalid";
const beingMoved = "resourceAvailabilityCheckVNetBeingMoved";
const subnetInvalid = "resourceAvailabilityCheckSubnetInvalid";

/** Cloud PCs are put into a subnet that is there, in a network that stays where it is. What the design makes need not exist yet. */
export const virtualNetworkExists: Rule = {
  name: "virtual-network-exists",
  pack: "network",
  description: "The virtual networks and subnets of the Cloud PCs exist, or the design makes them, and stay in place.",
  severity: "critical",
  errorTypes: [],
  tenantErrorTypes: [networkInvalid, beingMoved, subnetInvalid],
  url: "https://learn.microsoft.com/troubleshoot/windows-365/troubleshoot-azure-network-connection",
  remediation: "Name a virtual network and subnet in the connection that exist, and wait until a move has ended.",
  judge: (design) => {
    const tenant = factsOf(design, "virtualNetworks");
    const facts = tenant?.virtualNetworks;
    if (tenant === undefined || facts === undefined) return [];
    return wantedNetworks(design).map((wanted): Check => {
      const observations = observe(wanted, findFact(facts, wanted.id), tenant);
      return { subject: subjectOf(wanted.id), observations };
    });
  },
};

/** A virtual network that Cloud PCs need, whether the design makes it, and the subnets that it must have already. */
interface WantedNetwork {
  readonly id: ResourceId;
  readonly made: boolean;
  readonly subnets: readonly string[];
}

function wantedNetworks({ network, cloudPcSubnets }: Design): readonly WantedNetwork[] {
  const { azureNetworkConnections } = network.estate;
  const connected = azureNetworkConnections.map(({ subnetId }) => knownOr(subnetId, ""));
  const named = azureNetworkConnections.map(({ virtualNetworkId }) => knownOr(virtualNetworkId, ""));
  const subnetIds = distinct([...cloudPcSubnets.map(({ place }) => place.id), ...connected].filter((id) => id !== ""));
  const networks = [...subnetIds.map(parentId), ...named];
  return distinct(networks.filter((id) => id !== "")).map((id) => {
    const found = network.virtualNetworks.find(id);
    const missing = subnetIds.filter((subnet) => {
      const place = network.subnets.find(subnet);
      return sameResource(parentId(subnet), id) && (place === undefined || place.subnet.inInput === false);
    });
    return { id, made: found !== undefined && found.inInput !== false, subnets: missing.map(resourceName) };
  });
}

function observe(
  { id, made, subnets }: WantedNetwork,
  fact: VirtualNetworkFact | undefined,
  tenant: TenantFacts,
): readonly Observation[] {
  const which = `virtual network "${resourceName(id)}"`;
  const fail = (about: string, type: string, message: string) =>
    tenantObservation(tenant, "fail", about, [type], message);
  if (fact === undefined) {
    if (made && subnets.length === 0) return [];
    const message = `whether ${which} exists is not known: it is not among the virtual networks of the facts`;
    return [tenantObservation(tenant, "undecided", "state", [networkInvalid, beingMoved, subnetInvalid], message)];
  }
  const state = fact.state.toLowerCase();
  if (state === "notfound") {
    if (made) return [];
    return [fail("state", networkInvalid, `${which} was looked for and is not there, and the design does not make it`)];
  }
  const moved =
    fact.beingMoved === true ? [fail("move", beingMoved, `${which} is being moved; wait until it has arrived`)] : [];
  const broken =
    state === "failed" || state === "deleting"
      ? [fail("state", networkInvalid, `${which} is in state "${fact.state}", expected "Succeeded"`)]
      : [];
  const { subnets: existing } = fact;
  const names = existing?.map(({ name }) => name.toLowerCase());
  const absent = subnets
    .filter((name) => names !== undefined && !names.includes(name.toLowerCase()))
    .map((name) =>
      fail(`subnet ${name}`, subnetInvalid, `${which} has no subnet "${name}", and the design does not make it`),
    );
  return [...moved, ...broken, ...absent];
}
