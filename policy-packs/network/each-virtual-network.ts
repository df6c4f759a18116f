import type { VirtualNetwork } from "../../model/estate/virtual-network.ts";
import type { Check, Design, Observation } from "../rule.ts";
import { subjectOf } from "../subject.ts";

/** One check for each virtual network that holds Cloud PC subnets. */
export function eachVirtualNetwork(
  { cloudPcSubnets }: Design,
  observe: (virtualNetwork: VirtualNetwork) => readonly Observation[],
): readonly Check[] {
  const networks = new Set(cloudPcSubnets.map(({ place }) => place.virtualNetwork));
  return [...networks].map((network) => ({ subject: subjectOf(network.id), observations: observe(network) }));
}
