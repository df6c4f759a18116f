import { askAdminRules } from "./admin-rules.ts";
import type { Answer, Hop } from "./answer.ts";
import { denied } from "./answer.ts";
import { nameOf } from "./arm-json.ts";
import { privateEndpoints } from "./effective-routes.ts";
import type { Estate } from "./estate.ts";
import { formatAddress } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { doubting, withHops } from "./journey.ts";
import { attachmentAt } from "./network-interface.ts";
import type { Direction } from "./security-group.ts";
import { askSecurityGroup } from "./security-group.ts";
import type { Subnet } from "./virtual-network.ts";
import { homeOf } from "./virtual-network.ts";

/** What the filters leave of a journey: an end, or the journey with their hops. */
export type Filtered = { readonly end: Answer } | { readonly journey: Journey };

/**
 * The filters of a machine's place: Virtual Network Manager's rules, then outbound the NSG of the interface and of the subnet,
 * inbound the other way round; both must allow. Virtual Network Manager's rules do not support private endpoints.
 * https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works (page of 2020-08-24, read 2026-11-21)
 */
export function filterAt(estate: Estate, subnet: Subnet, direction: Direction, journey: Journey): Filtered {
  const { packet } = journey;
  const local = direction === "Outbound" ? packet.source : packet.destination;
  if (isPrivateEndpoint(estate, subnet, local)) {
    return askGroups(estate, subnet, direction, journey);
  }
  const admin = askAdminRules(estate, subnet, direction, packet);
  const disposition = direction === "Outbound" ? "DeniedOutbound" : "DeniedInbound";
  let current = journey;
  if (admin.outcome !== "None") {
    const hop: Hop = {
      step: "SecurityAdminRules",
      at: homeOf(estate, subnet).name,
      verdict: admin.outcome === "Deny" ? "Deny" : admin.outcome === "Unknown" ? "Unknown" : "Allow",
      because: admin.because,
      ...(admin.rule === undefined ? {} : { rule: admin.rule }),
    };
    current = withHops(journey, hop);
    if (admin.outcome === "Deny") {
      return { end: denied(disposition, `${admin.because} denies it`, current.hops) };
    }
    if (admin.outcome === "AlwaysAllow") {
      return { journey: current };
    }
    current = admin.outcome === "Unknown" ? doubting(current, admin.because) : current;
  }
  return askGroups(estate, subnet, direction, current);
}

function askGroups(estate: Estate, subnet: Subnet, direction: Direction, journey: Journey): Filtered {
  const { packet } = journey;
  const disposition = direction === "Outbound" ? "DeniedOutbound" : "DeniedInbound";
  const local = direction === "Outbound" ? packet.source : packet.destination;
  const groupsOf = (address: number) => applicationSecurityGroupsOf(estate, subnet, address);
  let current = journey;
  for (const groupId of groupsAt(estate, subnet, direction, local)) {
    const answer = askSecurityGroup(estate, groupId, { subnet, direction, groupsOf }, packet);
    const name = nameOf(estate.find(groupId)?.id ?? groupId);
    current = withHops(current, {
      step: "SecurityRules",
      at: name,
      verdict: answer.verdict,
      because: answer.because,
      ...(answer.rule === undefined ? {} : { rule: answer.rule }),
    });
    if (answer.verdict === "Deny") {
      const place = direction === "Outbound" ? "from" : "to";
      const because = `${answer.because} of network security group "${name}" denies ${direction.toLowerCase()} traffic ${place} ${formatAddress(local)}`;
      return { end: denied(disposition, because, current.hops) };
    }
    current = answer.verdict === "Unknown" ? doubting(current, answer.because) : current;
    current = answer.explicit ? { ...current, explicitlyAllowed: true } : current;
  }
  return { journey: current };
}

/**
 * The groups to ask, in order. A private endpoint is subject to the subnet's NSG only where network policies are enabled.
 * https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy (page of 2023-07-26, read 2026-11-21)
 */
function groupsAt(estate: Estate, subnet: Subnet, direction: Direction, local: number): readonly string[] {
  if (
    isPrivateEndpoint(estate, subnet, local) &&
    !["Enabled", "NetworkSecurityGroupEnabled"].includes(subnet.privateEndpointNetworkPolicies)
  ) {
    return [];
  }
  const ofInterface = attachmentAt(estate, subnet.id, local)?.networkInterface.networkSecurityGroup;
  const both = [ofInterface, subnet.networkSecurityGroup].filter((group) => group !== undefined);
  return direction === "Outbound" ? both : both.reverse();
}

function isPrivateEndpoint(estate: Estate, subnet: Subnet, local: number): boolean {
  return privateEndpoints(estate).some((one) => one.address === local && one.network.id === subnet.virtualNetworkId);
}

/** Application security groups of an address, as seen from a subnet: those of interfaces in the same virtual network. */
function applicationSecurityGroupsOf(estate: Estate, subnet: Subnet, address: number): readonly string[] {
  return homeOf(estate, subnet).subnets.flatMap(
    (one) => attachmentAt(estate, one.id, address)?.configuration.applicationSecurityGroups ?? [],
  );
}
