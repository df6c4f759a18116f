import { prefixSize } from "../../../model/prefix.ts";
import { splitKnown } from "../../../model/read.ts";
import { provisioningRetryCount, reservedAddressCount } from "../../../model/subnet-size.ts";
import { type SubnetPlace, subnetLabel } from "../../../model/topology/network.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { findFact } from "../../tenant/find-fact.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import type { TenantFacts } from "../../tenant-facts.ts";

const noAddress = "resourceAvailabilityCheckNoSubnetIP";

/** A provisioning and its retries each hold an address, whatever the size of the subnet promised. */
const freeAddressCountMin = 1 + provisioningRetryCount;

/** A subnet that was planned large enough can still be full today. */
export const subnetAddressesFree: Rule = {
  name: "subnet-addresses-free",
  pack: "network",
  description: "The Cloud PC subnets have addresses free for a provisioning and its retries.",
  severity: "high",
  errorTypes: [],
  tenantErrorTypes: [noAddress],
  url: "https://learn.microsoft.com/troubleshoot/windows-365/troubleshoot-azure-network-connection",
  remediation: "Free addresses by removing Cloud PCs that nobody uses, or add a subnet and a connection to it.",
  judge: (design) => {
    const tenant = factsOf(design, "virtualNetworks");
    const facts = tenant?.virtualNetworks;
    if (tenant === undefined || facts === undefined) return [];
    return design.cloudPcSubnets.flatMap(({ place }): readonly Check[] => {
      const { subnet, virtualNetwork } = place;
      const fact = findFact(facts, virtualNetwork.id)?.subnets?.find(
        ({ name }) => name.toLowerCase() === subnet.name.toLowerCase(),
      );
      if (fact?.usedAddressCount === undefined) return [];
      return [{ subject: subjectOf(place.id), observations: observe(place, fact.usedAddressCount, tenant) }];
    });
  },
};

function observe(place: SubnetPlace, used: number, tenant: TenantFacts): readonly Observation[] {
  const which = `subnet "${subnetLabel(place)}"`;
  const { known, unknown } = splitKnown(place.subnet.addressPrefixes);
  if (unknown.length > 0 || known.length === 0) {
    const message = `how many addresses of ${which} are free is not known: ${unknown[0]?.unknown ?? "its address prefix is not in the input"}`;
    return [tenantObservation(tenant, "undecided", "free", [noAddress], message)];
  }
  const free = known.reduce((sum, block) => sum + prefixSize(block), 0) - reservedAddressCount - used;
  if (free >= freeAddressCountMin) return [];
  const message = `${which} has ${Math.max(free, 0)} addresses free, ${used} are taken; a provisioning and its ${provisioningRetryCount} retries need ${freeAddressCountMin}`;
  return [tenantObservation(tenant, "fail", "free", [noAddress], message)];
}
