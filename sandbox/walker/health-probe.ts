import { parentOf } from "./arm-json.ts";
import type { ConnectionTarget } from "./check-azure-side.ts";
import { networkReadyCheck, permissionChecks, subnetAddressCheck, tenantReadyCheck } from "./check-azure-side.ts";
import { domainChecks } from "./check-domain.ts";
import type { Estate, WalkerInput } from "./estate.ts";
import { openEstate } from "./estate.ts";
import type { HealthCheckResult } from "./health-check-result.ts";
import { formatAddress } from "./ipv4.ts";
import { attachmentAt } from "./network-interface.ts";
import { connectivityChecks, probeEndpoints } from "./probe-connectivity.ts";
import { withProbeRecords } from "./probed-endpoint.ts";
import type { Subnet } from "./virtual-network.ts";
import { virtualNetworkById } from "./virtual-network.ts";

/** The Azure network connection whose health is asked for. */
export interface ProbedConnection extends ConnectionTarget {
  readonly joinType: "azureADJoin" | "hybridAzureADJoin";
  /** Active Directory domain, for a hybrid join. */
  readonly adDomainName?: string;
}

/**
 * Runs the health checks that the network and its permissions decide, as Windows 365 runs them from a test machine in the subnet:
 * every probed endpoint is walked over the resources given. The input's own DNS records are completed for the probed names.
 * https://learn.microsoft.com/troubleshoot/windows-365/health-checks (page of 2026-02-12)
 */
export function probeHealth(input: WalkerInput, connection: ProbedConnection): readonly HealthCheckResult[] {
  const estate = openEstate(withProbeRecords(input));
  const azureSide = [
    tenantReadyCheck(estate, connection),
    networkReadyCheck(estate, connection),
    ...permissionChecks(estate, connection),
  ];
  const subnet = findSubnet(estate, connection.subnetId.toLowerCase());
  const from = subnet === undefined ? undefined : testAddress(estate, subnet);
  if (subnet === undefined || from === undefined) {
    return subnet === undefined ? azureSide : [...azureSide, subnetAddressCheck(estate, subnet)];
  }
  const domain =
    connection.joinType === "hybridAzureADJoin" && connection.adDomainName !== undefined
      ? domainChecks(estate, subnet.id, from, connection.adDomainName)
      : [];
  return [
    ...domain,
    ...connectivityChecks(probeEndpoints(estate, subnet.id, from)),
    subnetAddressCheck(estate, subnet),
    ...azureSide,
  ];
}

function findSubnet(estate: Estate, id: string): Subnet | undefined {
  return virtualNetworkById(estate, parentOf(id))?.subnets.find((subnet) => subnet.id === id);
}

/** The first address of the subnet that no interface has; Azure keeps the first four for itself. */
function testAddress(estate: Estate, subnet: Subnet): string | undefined {
  for (const prefix of subnet.prefixes) {
    for (let address = prefix.first + 4; address < prefix.last; address++) {
      if (attachmentAt(estate, subnet.id, address) === undefined) {
        return formatAddress(address);
      }
    }
  }
  return undefined;
}
