import type { Answer, Hop } from "./answer.ts";
import { allowed, denied, unknown } from "./answer.ts";
import { nameOf, record, texts } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { formatAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import type { Route } from "./route-table.ts";
import type { Subnet } from "./virtual-network.ts";

/**
 * Leaves through a service endpoint. Where the subnet has service endpoint policies, only the resources they list can be reached;
 * they exist for Azure Storage. A packet shows the account by its name, so an account given by its resource group or subscription
 * cannot be recognised.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoint-policies-overview (page of 2018-09-18, read 2026-11-21)
 */
export function leaveThroughServiceEndpoint(estate: Estate, subnet: Subnet, route: Route, journey: Journey): Answer {
  const service = route.name ?? "";
  const destination = formatAddress(journey.packet.destination);
  if (subnet.serviceEndpointPolicies.length === 0 || !service.toLowerCase().startsWith("microsoft.storage")) {
    return allowed(
      "ExitsNetwork",
      `${destination} is reached through the service endpoint of ${service}`,
      journey.hops,
    );
  }
  const judged = judge(estate, subnet.serviceEndpointPolicies, journey.packet.name);
  const hop: Hop = { step: "ServiceEndpointPolicy", at: subnet.name, ...judged };
  const hops = [...journey.hops, hop];
  switch (judged.verdict) {
    case "Allow":
      return allowed("ExitsNetwork", judged.because, hops);
    case "Deny":
      return denied("DeniedOutbound", judged.because, hops);
    case "Unknown":
      return unknown(judged.because, hops);
  }
}

function judge(
  estate: Estate,
  policies: readonly string[],
  name: string | undefined,
): Pick<Hop, "verdict" | "because"> {
  const account = name?.split(".")[0];
  const resources: string[] = [];
  for (const id of policies) {
    const policy = estate.find(id);
    if (policy === undefined) {
      return { verdict: "Unknown", because: `service endpoint policy "${nameOf(id)}" is not in the input` };
    }
    for (const definition of estate.children(policy, "serviceEndpointPolicyDefinitions")) {
      resources.push(...texts(record(definition.properties).serviceResources));
    }
  }
  if (account !== undefined && resources.some((one) => one.toLowerCase().endsWith(`/storageaccounts/${account}`))) {
    return { verdict: "Allow", because: `a service endpoint policy lists storage account "${account}"` };
  }
  const single = resources.every((one) => one.toLowerCase().includes("/storageaccounts/"));
  if (account !== undefined && single) {
    return { verdict: "Deny", because: `no service endpoint policy lists storage account "${account}"` };
  }
  return {
    verdict: "Unknown",
    because: "whether a service endpoint policy lists this storage account cannot be told from the packet",
  };
}
