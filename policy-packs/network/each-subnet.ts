import type { CloudPcSubnet } from "../cloud-pc-subnet.ts";
import type { Check, Design, Observation } from "../rule.ts";
import { subjectOf } from "../subject.ts";

/** One check for each Cloud PC subnet. */
export function eachSubnet(
  { cloudPcSubnets }: Design,
  observe: (subnet: CloudPcSubnet) => readonly Observation[],
): readonly Check[] {
  return cloudPcSubnets.map((subnet) => ({ subject: subjectOf(subnet.place.id), observations: observe(subnet) }));
}
