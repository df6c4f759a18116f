import type { Estate } from "./estate.ts";
import type { Block } from "./ipv4.ts";
import { block } from "./ipv4.ts";
import type { Route } from "./route-table.ts";
import type { Subnet } from "./virtual-network.ts";

/**
 * The service tag that stands for a service endpoint's addresses.
 * https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview (read 2026-11-21)
 */
const tagOfService: Readonly<Record<string, string>> = {
  "microsoft.storage": "Storage",
  "microsoft.storage.global": "Storage",
  "microsoft.sql": "Sql",
  "microsoft.keyvault": "AzureKeyVault",
  "microsoft.servicebus": "ServiceBus",
  "microsoft.eventhub": "EventHub",
  "microsoft.azurecosmosdb": "AzureCosmosDB",
  "microsoft.containerregistry": "AzureContainerRegistry",
  "microsoft.web": "AppService",
  "microsoft.cognitiveservices": "CognitiveServicesManagement",
};

/** The tag of one service, such as "Storage"; undefined when Microsoft's page names no tag for it. */
export function tagOf(service: string): string | undefined {
  return tagOfService[service.toLowerCase()];
}

/**
 * Routes that service endpoints add to their own subnet. Azure does not show which prefixes they hold, so the prefixes are those
 * of the service's tag in the endpoint's regions; where the input lacks that tag, the route may or may not cover an address.
 */
export function serviceEndpointRoutes(estate: Estate, subnet: Subnet): readonly Route[] {
  return subnet.serviceEndpoints.flatMap(({ service, locations }) =>
    prefixesOf(estate, service, locations).map((one) => ({
      source: "Default" as const,
      name: service,
      nextHop: "VirtualNetworkServiceEndpoint" as const,
      nextHopAddress: undefined,
      tagRank: 2,
      ...one,
    })),
  );
}

function prefixesOf(
  estate: Estate,
  service: string,
  locations: readonly string[],
): readonly { readonly prefix: Block; readonly certain: boolean }[] {
  const tag = tagOf(service);
  const everywhere = locations.length === 0 || locations.includes("*");
  const tags: readonly (string | undefined)[] =
    tag === undefined ? [undefined] : everywhere ? [tag] : locations.map((location) => `${tag}.${location}`);
  return tags.flatMap((one) => {
    const blocks = one === undefined ? undefined : estate.serviceTag(one);
    const known = blocks ?? [block("0.0.0.0/0")];
    return known.map((prefix) => ({ prefix, certain: blocks !== undefined }));
  });
}
