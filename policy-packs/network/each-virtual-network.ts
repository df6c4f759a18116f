import type { VirtualNetwork } from "../../model/estate/virtual-network.ts";
import type { Check, Design, Observation } from "../rule.ts";
import { subjectOf } from "../subject.ts";

/** The virtual networks that hold Cloud PC subnets, once each. */
export function cloudPcVirtualNetworks({ cloudPcSubnets }: Design): readonly VirtualNetwork[] {
  return [...new Set(cloudPcSubnets.map(({ place }) => place.virtualNetwork))];
}

/** One check for each virtual network that holds Cloud PC subnets. */
export function eachVirtualNetwork(
  design: Design,
  observe: (virtualNetwork: VirtualNetwork) => readonly Observation[],
): readonly Check[] {
  return cloudPcVirtualNetworks(design).map((network) => ({
    subject: subjectOf(network.id),
    observations: observe(network),
  }));
}
