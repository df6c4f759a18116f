import type { Random } from "../../model/support/random.ts";
import {
  applicationRule,
  firewall,
  firewallPolicy,
  networkRule,
  publicAddress,
  ref,
  resource,
  ruleCollection,
  ruleGroup,
  type WireResource,
} from "../../support/arm-resources.ts";
import { addresses, mostly, places, some } from "./world.ts";

type Rule = Readonly<Record<string, unknown>>;

/** The firewall's public address. */
export const firewallPublicAddress = "203.0.113.200";

/** An Azure Firewall in the hub with a policy, perhaps a base policy, and rules of all three types. */
export function randomFirewall(random: Random): readonly WireResource[] {
  const tier = random.pick(["Basic", "Standard", "Standard", "Premium"]);
  const sku = { tier };
  const hasBase = random.chance(0.4);
  const servers = random.chance(0.3) ? { servers: [random.pick([addresses.dnsServer, "203.0.113.53"])] } : {};
  const proxy = tier === "Basic" ? {} : { dnsSettings: { enableProxy: random.chance(0.7), ...servers } };
  const snat = random.chance(0.2)
    ? {
        snat: {
          privateRanges: random.pick([["255.255.255.255/32"], ["0.0.0.0/0"], ["IANAPrivateRanges", "192.0.2.0/24"]]),
        },
      }
    : {};
  return [
    firewall("fw", "hub", addresses.firewall, { sku: { name: "AZFW_VNet", tier } }),
    publicAddress("fw-pip", firewallPublicAddress),
    firewallPolicy("fw", {
      sku,
      ...proxy,
      ...snat,
      ...(hasBase ? { basePolicy: ref("firewallPolicies", "base") } : {}),
    }),
    ...randomRules(random, "fw", tier),
    ...(hasBase ? [firewallPolicy("base", { sku }), ...randomRules(random, "base", tier)] : []),
    resource("ipGroups", "machines", { ipAddresses: ["10.1.1.0/24", "10.2.1.0/25"] }),
  ];
}

function randomRules(random: Random, policy: string, tier: string): readonly WireResource[] {
  const groups = 1 + random.below(2);
  return Array.from({ length: groups }, (_, group) => {
    const collections = Array.from({ length: 1 + random.below(4) }, (_, index) =>
      randomCollection(random, `${policy}-${group}-${index}`, 100 + random.below(50) * 10 + index, tier),
    );
    return ruleGroup(policy, `${policy}-group-${group}`, 200 + random.below(50) * 10 + group, ...collections);
  });
}

function randomCollection(random: Random, name: string, priority: number, tier: string): Rule {
  const kind = random.below(10);
  const rules = Array.from({ length: 1 + random.below(2) }, (_, index) => `${name}-${index}`);
  if (kind === 0) return natCollection(random, name, priority);
  const action = random.chance(0.75) ? "Allow" : "Deny";
  return ruleCollection(
    name,
    priority,
    action,
    ...rules.map((rule) => (kind < 6 ? randomNetworkRule(random, rule, tier) : randomApplicationRule(random, rule))),
  );
}

function sources(random: Random): object {
  if (random.chance(0.5)) return { sourceAddresses: ["*"] };
  if (random.chance(0.2)) return { sourceAddresses: [], sourceIpGroups: [ref("ipGroups", "machines").id] };
  return {
    sourceAddresses: some(random, ["10.1.0.0/16", "10.1.1.0/24", "10.0.0.0/8", "172.20.0.0/16", "10.2.1.9"], 2),
  };
}

function randomNetworkRule(random: Random, name: string, tier: string): Rule {
  const ipProtocols = random.pick([["TCP"], ["UDP"], ["Any"], ["TCP", "UDP"], ["ICMP"]]);
  const ports = ipProtocols.includes("ICMP") ? ["*"] : some(random, ["*", "443", "80", "53", "400-500"], 2);
  return networkRule(name, ports, { ipProtocols, ...sources(random), ...randomDestination(random, tier) });
}

function randomDestination(random: Random, tier: string): Rule {
  const kind = random.below(10);
  if (kind < 2) return { destinationAddresses: ["*"] };
  if (kind < 3) return { destinationAddresses: [random.pick(["Storage", "AzureCloud", "WindowsVirtualDesktop"])] };
  if (kind < 4) return { destinationAddresses: [], destinationIpGroups: [ref("ipGroups", "machines").id] };
  if (kind < 5 && tier !== "Basic")
    return { destinationAddresses: [], destinationFqdns: [random.pick(["login.example", "cloud.example"])] };
  return { destinationAddresses: some(random, places, 3) };
}

function randomApplicationRule(random: Random, name: string): Rule {
  const targets = random.chance(0.25)
    ? { targetFqdns: [], fqdnTags: ["Windows365"] }
    : { targetFqdns: some(random, ["*", "login.example", "*.cloud.example", "*.example", "files.example"], 2) };
  return applicationRule(name, [], {
    protocols: random.pick([
      [{ protocolType: "Https", port: 443 }],
      [{ protocolType: "Http", port: 80 }],
      [
        { protocolType: "Https", port: 443 },
        { protocolType: "Http", port: 80 },
      ],
    ]),
    ...sources(random),
    ...targets,
  });
}

function natCollection(random: Random, name: string, priority: number): Rule {
  return {
    ruleCollectionType: "FirewallPolicyNatRuleCollection",
    name,
    priority,
    action: { type: "DNAT" },
    rules: [
      {
        ruleType: "NatRule",
        name: `${name}-nat`,
        ipProtocols: ["TCP"],
        sourceAddresses: mostly(random, ["*"], ["198.51.100.0/24"]),
        destinationAddresses: [firewallPublicAddress],
        destinationPorts: [random.pick(["443", "3389"])],
        translatedAddress: random.pick(["10.1.2.4", "10.0.2.10"]),
        translatedPort: random.pick(["443", "3389"]),
      },
    ],
  };
}
