import { formatPrefix, prefixSize } from "../../../model/prefix.ts";
import { splitKnown } from "../../../model/read.ts";
import { cloudPcCountMax, cloudPcCountPeak, requiredAddressCount } from "../../../model/subnet-size.ts";
import { subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Observation, Rule } from "../../rule.ts";
import { eachSubnet } from "../each-subnet.ts";

/** A subnet cannot grow while machines are connected to it, and each retry of a failed provisioning holds an address for hours. */
export const subnetLargeEnough: Rule = {
  name: "subnet-large-enough",
  pack: "network",
  description: "The Cloud PC subnets hold their Cloud PCs, growth, and as many addresses again.",
  severity: "high",
  errorTypes: ["resourceAvailabilityCheckNoSubnetIP"],
  url: "https://learn.microsoft.com/windows-365/enterprise/create-azure-network-connection",
  remediation: "Give the Cloud PCs a larger subnet, or spread them over several.",
  judge: (design) => eachSubnet(design, observe),
};

function observe({ place, demands }: CloudPcSubnet): readonly Observation[] {
  const errorTypes = ["resourceAvailabilityCheckNoSubnetIP"];
  const subnet = `subnet "${subnetLabel(place)}"`;
  const { known, unknown } = splitKnown(place.subnet.addressPrefixes);
  const [reason] = unknown;
  if (reason !== undefined || known.length === 0) {
    const because = reason?.unknown ?? "its address prefix is not in the input";
    return [
      { outcome: "undecided", about: "size", errorTypes, message: `how large ${subnet} is, is not known: ${because}` },
    ];
  }
  const size = known.reduce((sum, block) => sum + prefixSize(block), 0);
  const prefixes = known.map(formatPrefix).join(", ");
  const peak = demands.reduce((sum, demand) => sum + cloudPcCountPeak(demand), 0);
  // Without a number of Cloud PCs, room for one is all that can be asked.
  const needed = requiredAddressCount({ cloudPcCount: Math.max(1, peak), growth: 0 });
  if (size >= needed) return [];
  const holds = known.reduce((sum, block) => sum + cloudPcCountMax(block), 0);
  const wanted = demands.length === 0 ? "one Cloud PC" : `${peak} Cloud PCs (growth included)`;
  return [
    {
      outcome: "fail",
      about: "size",
      errorTypes,
      message: `${subnet} (${prefixes}) has ${size} addresses, but ${wanted} and room to provision them anew need ${needed}; it holds ${holds}`,
      remedy: `make subnet "${place.subnet.name}" a /${32 - Math.ceil(Math.log2(needed))} or larger`,
    },
  ];
}
