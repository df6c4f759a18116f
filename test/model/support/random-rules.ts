import type { RuleAddress } from "../../../model/estate/resource.ts";
import type { NetworkSecurityGroup, SecurityRule } from "../../../model/estate/security-group.ts";
import type { Header } from "../../../model/header-space.ts";
import { containsAddress, type Prefix } from "../../../model/prefix.ts";
import { idOf, ip } from "./build.ts";
import type { Random } from "./random.ts";

/** The virtual network of the random tests: 10.0.0.0/16, no peers, no gateway, no user routes. */
export const vnetPrefix: Prefix = { base: ip("10.0.0.0"), length: 16 };

const bases = ["10.0.1.0", "10.0.2.128", "10.9.0.0", "192.0.2.0", "198.51.100.64", "168.63.129.16", "100.64.0.0"].map(
  ip,
);

/** An address near the edges that random rules have. */
export function randomAddress(random: Random): number {
  return random.pick(bases) + random.below(16);
}

/** A random flow. */
export function randomHeader(random: Random): Header {
  return {
    source: randomAddress(random),
    destination: randomAddress(random),
    protocol: random.pick(["Tcp", "Udp", "Icmp", "Esp", "Ah", "Other"] as const),
    sourcePort: random.pick([0, 1000, 65_535]),
    destinationPort: random.pick([0, 79, 80, 81, 443, 444, 65_535]),
  };
}

/** A group of up to eight random rules for the direction, with prefixes, tags and port lists. */
export function randomGroup(random: Random, direction: "Inbound" | "Outbound"): NetworkSecurityGroup {
  const priorities = new Set<number>();
  while (priorities.size < random.below(9)) priorities.add(100 + random.below(30));
  const securityRules = [...priorities].map((priority): SecurityRule => {
    const everyPort = random.chance(0.4);
    return {
      name: `rule-${priority}`,
      priority,
      direction: random.chance(0.9) ? direction : direction === "Inbound" ? "Outbound" : "Inbound",
      access: random.pick(["Allow", "Deny"] as const),
      protocol: random.pick(["*", "Tcp", "Udp", "Icmp", "Esp", "Ah"] as const),
      sourceAddressPrefixes: randomAddresses(random),
      sourceApplicationSecurityGroupIds: [],
      sourcePortRanges: [random.chance(0.8) ? { from: 0, to: 65_535 } : { from: 1000, to: 2000 }],
      destinationAddressPrefixes: randomAddresses(random),
      destinationApplicationSecurityGroupIds: [],
      destinationPortRanges: everyPort
        ? [{ from: 0, to: 65_535 }]
        : random.pick([
            [{ from: 80, to: 80 }],
            [
              { from: 443, to: 443 },
              { from: 80, to: 81 },
            ],
            [{ from: 0, to: 443 }],
          ]),
    };
  });
  return { id: idOf("networkSecurityGroups", `random-${random.below(2 ** 31)}`), name: "random", securityRules };
}

function randomAddresses(random: Random): readonly RuleAddress[] {
  const kind = random.below(10);
  if (kind < 2) return [{ kind: "any" }];
  if (kind === 2)
    return [{ kind: "serviceTag", name: random.pick(["VirtualNetwork", "Internet", "AzureLoadBalancer"]) }];
  return Array.from({ length: 1 + random.below(3) }, () => {
    const length = random.pick([0, 8, 16, 24, 28, 30, 32]);
    const at = randomAddress(random);
    return { kind: "prefix", prefix: { base: at - (at % 2 ** (32 - length)), length } };
  });
}

/** The access and rule of one flow by the plainest reading of Microsoft's page: sort, walk, first match. */
export function bruteForce(group: NetworkSecurityGroup, direction: "Inbound" | "Outbound", header: Header): string {
  const own = group.securityRules as readonly SecurityRule[];
  const rules = [...own]
    .filter((rule) => rule.direction === direction)
    .sort((a, b) => Number(a.priority) - Number(b.priority));
  for (const rule of rules) {
    if (matches(rule, header)) return `${rule.access} ${rule.name}`;
  }
  const inVnet = (address: number) => containsAddress(vnetPrefix, address) || address === ip("168.63.129.16");
  if (inVnet(header.source) && inVnet(header.destination)) return `Allow AllowVnet${direction.slice(0, -5)}Bound`;
  if (direction === "Inbound" && header.source === ip("168.63.129.16")) return "Allow AllowAzureLoadBalancerInBound";
  if (direction === "Outbound" && isPublic(header.destination)) return "Allow AllowInternetOutBound";
  return direction === "Inbound" ? "Deny DenyAllInBound" : "Deny DenyAllOutBound";
}

/** Whether an address is on the public Internet, written out apart from the model. */
export function isPublic(address: number): boolean {
  const [a, b] = [Math.floor(address / 2 ** 24), Math.floor(address / 2 ** 16) % 256];
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 172 && b >= 16 && b < 32) return false;
  if (a === 100 && b >= 64 && b < 128) return false;
  return !(a === 192 && b === 168) && !(a === 169 && b === 254) && address !== ip("168.63.129.16");
}

function matches(rule: SecurityRule, header: Header): boolean {
  const protocol = rule.protocol === "*" || rule.protocol === header.protocol;
  const ported = header.protocol === "Tcp" || header.protocol === "Udp";
  const ports = [rule.sourcePortRanges, rule.destinationPortRanges] as const;
  const asked = [header.sourcePort, header.destinationPort] as const;
  const portsMatch = [0, 1].every((i) =>
    (ports[i] as readonly { from: number; to: number }[]).some(({ from, to }) =>
      ported ? from <= (asked[i] ?? -1) && (asked[i] ?? -1) <= to : from === 0 && to === 65_535,
    ),
  );
  return (
    protocol &&
    portsMatch &&
    inside(rule.sourceAddressPrefixes, header.source) &&
    inside(rule.destinationAddressPrefixes, header.destination)
  );
}

function inside(addresses: SecurityRule["sourceAddressPrefixes"], address: number): boolean {
  return (addresses as readonly RuleAddress[]).some((each) => {
    if (each.kind === "any") return true;
    if (each.kind === "prefix") return containsAddress(each.prefix, address);
    if (each.kind !== "serviceTag") return false;
    if (each.name === "Internet") return isPublic(address);
    if (each.name === "AzureLoadBalancer") return address === ip("168.63.129.16");
    return containsAddress(vnetPrefix, address) || address === ip("168.63.129.16");
  });
}
