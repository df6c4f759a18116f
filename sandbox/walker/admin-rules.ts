import type { ArmResource } from "./arm-json.ts";
import { list, nameOf, record, reference, references, text, texts } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import type { Membership } from "./membership.ts";
import { both, either } from "./membership.ts";
import type { Packet } from "./packet.ts";
import { protocolAndPorts } from "./port-match.ts";
import type { Direction } from "./security-group.ts";
import { inAddressPrefix } from "./security-group.ts";
import type { Subnet } from "./virtual-network.ts";

/** What the admin rules of Virtual Network Manager do with a packet. `None`: nothing matches, or `Allow`, which leaves it to the NSGs. */
export interface AdminVerdict {
  readonly outcome: "None" | "AlwaysAllow" | "Deny" | "Unknown";
  readonly because: string;
  readonly rule?: string;
}

interface AdminRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: string;
  readonly access: string;
  readonly protocol: string;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly sourcePorts: readonly string[];
  readonly destinationPorts: readonly string[];
  readonly groups: readonly string[];
}

/** Subnets of services to which admin rules do not apply (#nonapplication-of-security-admin-rules of the page below). */
const exempt: readonly string[] = ["azurefirewallsubnet", "azurebastionsubnet", "routeserversubnet", "gatewaysubnet"];

/**
 * Security admin rules are evaluated before network security groups: Deny and AlwaysAllow end the evaluation, Allow goes on to the
 * NSGs. Whether a configuration was deployed ("committed") is not visible in any resource; one that is in the input counts as deployed.
 * https://learn.microsoft.com/azure/virtual-network-manager/concept-security-admins (page of 2022-05-25, read 2026-11-21)
 */
export function askAdminRules(estate: Estate, subnet: Subnet, direction: Direction, packet: Packet): AdminVerdict {
  const readings: AdminVerdict[] = [];
  if (exempt.includes(subnet.name.toLowerCase())) {
    return { outcome: "None", because: `security admin rules do not apply to ${subnet.name}` };
  }
  for (const rule of adminRules(estate)) {
    if (rule.direction !== direction.toLowerCase()) {
      continue;
    }
    const match = matches(estate, subnet, rule, packet);
    if (match === "no") {
      continue;
    }
    readings.push(outcomeOf(rule));
    if (match === "yes") {
      return agree(readings);
    }
  }
  return agree([...readings, { outcome: "None", because: "no security admin rule matches" }]);
}

/** The last reading is the one that certainly matches; a doubtful one before it matters only if it would do something else. */
function agree(readings: readonly AdminVerdict[]): AdminVerdict {
  const last = readings.at(-1) ?? { outcome: "None", because: "no security admin rule matches" };
  const other = readings.find((reading) => reading.outcome !== last.outcome);
  return other === undefined
    ? last
    : { outcome: "Unknown", because: `whether ${other.because} applies here cannot be told from the input` };
}

function outcomeOf(rule: AdminRule): AdminVerdict {
  const because = `security admin rule "${rule.name}" (${rule.priority})`;
  switch (rule.access) {
    case "deny":
      return { outcome: "Deny", because, rule: rule.name };
    case "alwaysallow":
      return { outcome: "AlwaysAllow", because, rule: rule.name };
    default:
      return { outcome: "None", because, rule: rule.name };
  }
}

function matches(estate: Estate, subnet: Subnet, rule: AdminRule, packet: Packet): Membership {
  const header = protocolAndPorts(rule, packet);
  if (header === "no") {
    return "no";
  }
  const party = (side: readonly string[], address: number) =>
    side.length === 0 ? "yes" : either(side.map((prefix) => inAddressPrefix(estate, subnet, prefix, address)));
  return both(
    header,
    party(rule.sources, packet.source),
    party(rule.destinations, packet.destination),
    either(rule.groups.map((group) => inNetworkGroup(estate, group, subnet))),
  );
}

/** Membership of a network group: its static members; Azure Policy may add others, which the input does not show. */
function inNetworkGroup(estate: Estate, groupId: string, subnet: Subnet): Membership {
  const group = estate.find(groupId);
  const members = group === undefined ? [] : estate.children(group, "staticMembers");
  const ids = members.map((member) => text(record(member.properties).resourceId)?.toLowerCase());
  if (ids.includes(subnet.virtualNetworkId) || ids.includes(subnet.id)) {
    return "yes";
  }
  return ids.length > 0 ? "no" : { maybe: `the members of network group "${nameOf(groupId)}" are not in the input` };
}

const container = "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections";

function adminRules(estate: Estate): readonly AdminRule[] {
  return estate.remember("adminRules", () =>
    estate
      .ofType(container)
      .flatMap((collection) => {
        const groups = list(record(collection.properties).appliesToGroups).flatMap(
          (group) => text(record(group).networkGroupId)?.toLowerCase() ?? reference(group) ?? references(group),
        );
        return estate.children(collection, "rules").map((rule) => readRule(rule, groups));
      })
      .sort((a, b) => a.priority - b.priority),
  );
}

function readRule(resource: ArmResource, groups: readonly string[]): AdminRule {
  const properties = record(resource.properties);
  const prefixes = (name: string) => list(properties[name]).flatMap((item) => text(record(item).addressPrefix) ?? []);
  const ports = (name: string) => (texts(properties[name]).length === 0 ? ["*"] : texts(properties[name]));
  return {
    name: nameOf(resource.id),
    priority: Number(properties.priority),
    direction: (text(properties.direction) ?? "").toLowerCase(),
    access: (text(properties.access) ?? "").toLowerCase(),
    protocol: text(properties.protocol) ?? "Any",
    sources: prefixes("sources"),
    destinations: prefixes("destinations"),
    sourcePorts: ports("sourcePortRanges"),
    destinationPorts: ports("destinationPortRanges"),
    groups,
  };
}
