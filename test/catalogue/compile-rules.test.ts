import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { azureLimitNumber } from "../../catalogue/azure-limits.ts";
import { compileFirewallRules, requiredButLost } from "../../catalogue/compile-firewall-rules.ts";
import { compileNsgRules, type OutboundSecurityRule } from "../../catalogue/compile-nsg-rules.ts";
import { compileRoutes } from "../../catalogue/compile-routes.ts";
import type { Endpoint } from "../../catalogue/endpoint.ts";
import { features } from "../../catalogue/features.ts";
import type { FirewallRule } from "../../catalogue/firewall-shapes.ts";
import { allowedEndpoints, type EndpointSelection, requiredEndpoints } from "../../catalogue/required-endpoints.ts";
import { prefix } from "../../model/prefix.ts";

const sources = [prefix("10.20.1.0/24")];
const controllers = [prefix("10.1.0.4/32")];
const eu: EndpointSelection = { cloud: "public", joinType: "azureADJoin", intuneLocation: "eu", features: [] };

const anySelection = fc.constantFrom("public" as const, "usGov" as const).chain((cloud) =>
  fc.record({
    cloud: fc.constant(cloud),
    joinType: fc.constantFrom("azureADJoin" as const, "hybridAzureADJoin" as const),
    intuneLocation: fc.constantFrom("na" as const, "eu" as const, "ap" as const),
    features: fc.subarray(
      features()
        .filter(({ clouds }) => clouds.includes(cloud))
        .map(({ id }) => id),
    ),
  }),
);
const anySku = fc.constantFrom("Basic" as const, "Standard" as const, "Premium" as const);

const rulesOf = ({ groups }: ReturnType<typeof compileFirewallRules>) =>
  groups.flatMap(({ ruleCollections }) => ruleCollections.flatMap(({ rules }) => rules));

describe("firewall rules", () => {
  test("let every required row through or say why not, and let nothing else through", () => {
    fc.assert(
      fc.property(anySelection, anySku, (selection, sku) => {
        const compiled = compileFirewallRules({ selection, sku, sources });
        const rules = rulesOf(compiled);
        const lost = new Set(compiled.lost.map(({ endpoint }) => endpoint.id));
        const allowed = allowedEndpoints(selection).filter(({ routable }) => routable !== false);
        for (const row of requiredEndpoints(selection).filter(({ routable }) => routable !== false)) {
          expect(lost.has(row.id) || rules.some((rule) => firewallRulePasses(rule, row)), row.id).toBe(true);
        }
        for (const rule of rules) {
          const values = destinationsOf(rule).filter(
            (value) => !allowed.some((row) => firewallRulePasses(only(rule, value), row)),
          );
          expect(values, rule.name).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("are equal for equal arguments, in whatever order features and sources are given", () => {
    fc.assert(
      fc.property(anySelection, anySku, (selection, sku) => {
        const two = [prefix("10.20.2.0/24"), ...sources];
        const reversed = { ...selection, features: [...selection.features].reverse() };
        expect(compileFirewallRules({ selection: reversed, sku, sources: [...two].reverse() })).toEqual(
          compileFirewallRules({ selection, sku, sources: two }),
        );
      }),
      { numRuns: 20 },
    );
  });

  test.each(features().filter(({ clouds }) => clouds.includes("public")))(
    "feature $id adds exactly its rows and changes no rule that was there",
    ({ id }) => {
      const joinType = "hybridAzureADJoin" as const;
      const before = compileFirewallRules({ selection: { ...eu, joinType }, sku: "Standard", sources });
      const after = compileFirewallRules({ selection: { ...eu, joinType, features: [id] }, sku: "Standard", sources });
      const collections = after.groups.flatMap(({ ruleCollections }) => ruleCollections);
      for (const collection of before.groups.flatMap(({ ruleCollections }) => ruleCollections)) {
        expect(collections).toContainEqual(collection);
      }
      const ids = (result: typeof after) => [
        ...result.compiled.flatMap(({ endpoints }) => endpoints),
        ...result.lost.map(({ endpoint }) => endpoint.id),
      ];
      const known = new Set(ids(before));
      const added = ids(after)
        .filter((one) => !known.has(one))
        .sort();
      const expected = allowedEndpoints({ ...eu, joinType, features: [id] })
        .filter(({ when }) => when.features?.includes(id))
        .map((row) => row.id);
      expect(added).toEqual(expected.sort());
      expect(added.length).toBeGreaterThan(0);
    },
  );

  test("stay within Azure's limits with every feature chosen", () => {
    const every = features()
      .filter(({ clouds }) => clouds.includes("public"))
      .map(({ id }) => id);
    const selection = { ...eu, joinType: "hybridAzureADJoin", features: every } as const;
    const compiled = compileFirewallRules({ selection, sku: "Premium", sources, domainControllers: controllers });
    expect(compiled.groups.length).toBeLessThanOrEqual(azureLimitNumber("firewall-policy-rule-collection-groups"));
    const fqdns = rulesOf(compiled).flatMap((rule) =>
      rule.ruleType === "NetworkRule" ? (rule.destinationFqdns ?? []) : [],
    );
    expect(fqdns.length).toBeLessThanOrEqual(azureLimitNumber("firewall-policy-fqdns-in-network-rules"));
    for (const group of compiled.groups) {
      expect(JSON.stringify(group).length).toBeLessThan(2 * 1024 * 1024);
      const priorities = group.ruleCollections.map(({ priority }) => priority);
      expect(new Set(priorities).size).toBe(priorities.length);
      expect(priorities.every((priority) => priority >= 100 && priority <= 65_000)).toBe(true);
    }
    const names = compiled.compiled.map(({ collection, rule }) => `${collection}/${rule}`);
    expect(new Set(names).size).toBe(names.length);
    expect(JSON.stringify(compiled.groups)).not.toMatch(/[0-9a-f]+::/);
  });

  test("name each group, collection and rule as Azure allows", () => {
    const { groups } = compileFirewallRules({ selection: eu, sku: "Standard", sources });
    const names = groups.flatMap(({ name, ruleCollections }) => [
      name,
      ...ruleCollections.flatMap((one) => [one.name, ...one.rules.map((rule) => rule.name)]),
    ]);
    expect(names.filter((name) => !/^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/.test(name))).toEqual([]);
  });

  test("on Basic say which required endpoint is lost, and why", () => {
    const basic = compileFirewallRules({ selection: eu, sku: "Basic", sources });
    expect(rulesOf(basic).filter((rule) => rule.ruleType === "NetworkRule" && rule.destinationFqdns)).toEqual([]);
    expect(requiredButLost(basic)).toEqual([
      'endpoint "time-time-windows-com" (time) cannot be allowed: UDP 123 needs a network rule by name, which tier "Basic" cannot hold (it has no DNS proxy), and neither a service tag nor addresses are documented for "time.windows.com"',
    ]);
  });

  test("fail without a source", () => {
    expect(() => compileFirewallRules({ selection: eu, sku: "Standard", sources: [] })).toThrow(
      "firewall rules need at least one source: the prefixes of the Cloud PC subnets",
    );
  });

  test("fail with domain controllers and Entra join", () => {
    expect(() =>
      compileFirewallRules({ selection: eu, sku: "Standard", sources, domainControllers: controllers }),
    ).toThrow('domainControllers go with joinType "hybridAzureADJoin", not with "azureADJoin"');
  });
});

describe("security rules", () => {
  test("let every required row through, by a tag or prefix that covers it", () => {
    fc.assert(
      fc.property(anySelection, (selection) => {
        const { securityRules } = compileNsgRules({ selection, sources });
        for (const row of requiredEndpoints(selection).filter(({ routable }) => routable !== false)) {
          expect(
            securityRules.some((rule) => securityRulePasses(rule, row)),
            row.id,
          ).toBe(true);
        }
        const priorities = securityRules.map(({ priority }) => priority);
        expect(new Set(priorities).size).toBe(priorities.length);
        expect(priorities.every((priority) => priority >= 100 && priority <= 4096)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("keep their name and priority whatever else is chosen", () => {
    fc.assert(
      fc.property(anySelection, (selection) => {
        const few = compileNsgRules({ selection: { ...selection, features: [] }, sources }).securityRules;
        const many = new Map(
          compileNsgRules({ selection, sources }).securityRules.map((rule) => [rule.name, rule.priority]),
        );
        for (const { name, priority } of few) expect(many.get(name)).toBe(priority);
      }),
      { numRuns: 30 },
    );
  });

  test("end with a deny of the Internet only when asked", () => {
    const open = compileNsgRules({ selection: eu, sources }).securityRules;
    const closed = compileNsgRules({ selection: eu, sources, denyOtherInternet: true }).securityRules;
    expect(open.every(({ access }) => access === "Allow")).toBe(true);
    expect(closed.slice(0, -1)).toEqual(open);
    expect(closed.at(-1)).toMatchObject({
      name: "deny-other-internet",
      priority: 4096,
      access: "Deny",
      destinationAddressPrefix: "Internet",
    });
  });

  test("open the ports of domain controllers with hybrid join", () => {
    const selection = { ...eu, joinType: "hybridAzureADJoin" } as const;
    const { securityRules } = compileNsgRules({ selection, sources, domainControllers: controllers });
    const toControllers = securityRules.filter(({ destinationAddressPrefixes }) =>
      destinationAddressPrefixes?.includes("10.1.0.4/32"),
    );
    expect(toControllers.map(({ protocol, destinationPortRanges }) => [protocol, destinationPortRanges])).toEqual([
      ["Tcp", ["53", "88", "135", "389", "445", "464", "636", "3268", "3269", "49152-65535"]],
      ["Udp", ["53", "88", "123", "389", "464"]],
      ["Icmp", undefined],
    ]);
  });
});

describe("routes", () => {
  test("take RDP straight out by service tag", () => {
    expect(compileRoutes({ selection: eu, explicitEgress: true })).toEqual([
      { name: "rdp-WindowsVirtualDesktop", addressPrefix: "WindowsVirtualDesktop", nextHopType: "Internet" },
    ]);
  });

  test("are none when neither RDP nor activation goes direct", () => {
    expect(compileRoutes({ selection: eu, explicitEgress: false, rdpDirect: false })).toEqual([]);
  });

  test("fail without explicit egress", () => {
    expect(() => compileRoutes({ selection: eu, explicitEgress: false })).toThrow(
      'routes "rdp-WindowsVirtualDesktop" have next hop "Internet", which needs explicit egress: give the subnet a NAT gateway, outbound rules of a load balancer or public addresses',
    );
  });

  test("fail for activation in US Government, whose addresses are not documented", () => {
    const selection = { ...eu, cloud: "usGov" } as const;
    expect(() => compileRoutes({ selection, explicitEgress: true, activationDirect: true })).toThrow(
      'activation cannot be routed: no addresses are documented for "azkms.core.usgovcloudapi.net"; allow it in the firewall',
    );
  });
});

/** A second reading of what a firewall rule passes, apart from the compiler. */
function firewallRulePasses(rule: FirewallRule, row: Endpoint): boolean {
  const { value } = row.destination;
  if (rule.ruleType === "ApplicationRule") {
    const named =
      rule.targetFqdns?.includes(value) || rule.fqdnTags?.some((tag) => row.fqdnTags?.includes(tag) || tag === value);
    const ports = rule.protocols.map(({ port }) => String(port));
    return row.protocol === "Tcp" && named === true && row.ports.every((port) => ports.includes(port));
  }
  const destinations = [...(rule.destinationFqdns ?? []), ...(rule.destinationAddresses ?? [])];
  const spellings = [value, ...(row.serviceTags ?? []), ...(row.addresses?.prefixes ?? [])];
  return (
    rule.ipProtocols.some((protocol) => protocol === row.protocol.toUpperCase()) &&
    row.ports.every((port) => rule.destinationPorts.includes(port)) &&
    spellings.some((one) => destinations.includes(one))
  );
}

function destinationsOf(rule: FirewallRule): readonly string[] {
  return rule.ruleType === "ApplicationRule"
    ? [...(rule.targetFqdns ?? []), ...(rule.fqdnTags ?? [])]
    : [...(rule.destinationFqdns ?? []), ...(rule.destinationAddresses ?? [])];
}

/** The rule with one of its destinations. */
function only(rule: FirewallRule, value: string): FirewallRule {
  const keep = (values: string[] | undefined) => (values?.includes(value) ? [value] : []);
  return rule.ruleType === "ApplicationRule"
    ? { ...rule, targetFqdns: keep(rule.targetFqdns), fqdnTags: keep(rule.fqdnTags) }
    : { ...rule, destinationFqdns: keep(rule.destinationFqdns), destinationAddresses: keep(rule.destinationAddresses) };
}

function securityRulePasses(rule: OutboundSecurityRule, row: Endpoint): boolean {
  const { kind, value } = row.destination;
  const tag = rule.destinationAddressPrefix;
  const byTag =
    tag === "Internet"
      ? kind !== "prefix" || value.includes(".")
      : tag !== undefined && (row.serviceTags?.includes(tag) || tag === value);
  const covered = byTag || rule.destinationAddressPrefixes?.includes(value) === true;
  return (
    rule.protocol === row.protocol && covered && row.ports.every((port) => rule.destinationPortRanges?.includes(port))
  );
}
