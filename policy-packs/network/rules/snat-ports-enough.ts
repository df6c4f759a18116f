import { cloudPcCountPeak } from "../../../model/subnet-size.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { type SnatCarrier, snatCarriers } from "../snat-carriers.ts";

/**
 * Source ports that a Cloud PC holds at its busiest towards one destination: a peak of 6 and 4 to spare, as in Microsoft's worked
 * example for Microsoft 365. Translators use a port again for another destination.
 * https://learn.microsoft.com/microsoft-365/enterprise/nat-support-with-microsoft-365, read 2026-11-21.
 */
const portsPerCloudPc = 10;

/** Without a free port a connection does not open, and tries again: everything is slow, and nothing says why. */
export const snatPortsEnough: Rule = {
  name: "snat-ports-enough",
  pack: "network",
  description: "What translates the source of the Cloud PCs has ports enough for as many as there are.",
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/nat-gateway/nat-gateway-snat",
  remediation:
    "Give the NAT gateway or firewall more public IP addresses, or put a NAT gateway on the firewall's subnet.",
  judge: ({ network, cloudPcSubnets }) => {
    const pairs = cloudPcSubnets.flatMap((subnet) =>
      snatCarriers(network, subnet).map((carrier) => ({ carrier, subnet })),
    );
    return [...Map.groupBy(pairs, ({ carrier }) => carrier.subject.id).values()].flatMap((own): readonly Check[] => {
      const [first] = own;
      if (first === undefined) return [];
      const { carrier } = first;
      const subnets = own.map(({ subnet }) => subnet);
      return [{ subject: carrier.subject, observations: observe(carrier, subnets) }];
    });
  },
};

function observe({ label, subject, ports }: SnatCarrier, subnets: readonly CloudPcSubnet[]): readonly Observation[] {
  const demands = subnets.flatMap((subnet) => subnet.demands);
  const planned = demands.reduce((sum, demand) => sum + cloudPcCountPeak(demand), 0);
  // Without a number of Cloud PCs, ports for one are all that can be asked.
  const cloudPcs = Math.max(1, planned);
  const needed = ports.each ? portsPerCloudPc : cloudPcs * portsPerCloudPc;
  if (ports.count >= needed) return [];
  const have = `${label} has ${ports.count} SNAT ports${ports.each ? " for each Cloud PC" : ""} (${ports.because})`;
  const who = planned === 0 ? "one Cloud PC needs" : `${cloudPcs} Cloud PCs (growth included) need`;
  const want = ports.each ? `${needed} are needed` : `${who} ${needed}, ${portsPerCloudPc} each`;
  if (ports.mayBeMore !== undefined) {
    const message = `whether ${label} has SNAT ports enough is not known: ${ports.mayBeMore}; ${want}`;
    return [{ outcome: "undecided", about: "ports", message }];
  }
  const remedy =
    ports.perAddress === undefined
      ? `set allocatedOutboundPorts of ${ports.because} of ${label} to ${Math.ceil(needed / 8) * 8} or more`
      : `give "${subject.name}" ${addressCount(Math.ceil(needed / ports.perAddress))}`;
  return [{ outcome: "fail", about: "ports", message: `${have}, but ${want}`, remedy }];
}

function addressCount(count: number): string {
  return `${count} public IP ${count === 1 ? "address" : "addresses"}`;
}
