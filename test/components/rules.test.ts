import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeRules } from "../../components/cloud-pc-traffic.ts";
import { firewallRuleGroups } from "../../components/firewall-rules.ts";
import { outboundPortsPerAddress } from "../../components/load-balancer-egress.ts";
import { spokeRoutes, spokeSecurityRules } from "../../components/spoke-rules.ts";
import { roleAssignmentName } from "../../components/windows365-permissions.ts";
import { entraTraffic, hybridTraffic } from "../support/component-arguments.ts";

const cloudPcs = ["10.60.0.0/24", "10.60.1.0/24"];

describe("security rules of Cloud PC subnets", () => {
  const rules = spokeSecurityRules([entraTraffic]);

  test("deny everything inbound, whatever the source", () => {
    expect(rules.filter(({ direction }) => direction === "Inbound")).toEqual([
      {
        name: "deny-inbound",
        description: "Nothing connects to a Cloud PC: users reach it by reverse connect",
        priority: 4096,
        direction: "Inbound",
        access: "Deny",
        protocol: "*",
        sourceAddressPrefix: "*",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "*",
      },
    ]);
  });

  test("deny Cloud PCs each other before anything is allowed outbound", () => {
    const [first] = rules
      .filter(({ direction }) => direction === "Outbound")
      .toSorted((a, b) => a.priority - b.priority);
    expect(first).toMatchObject({
      name: "deny-cloud-pc-to-cloud-pc",
      access: "Deny",
      sourceAddressPrefixes: cloudPcs,
      destinationAddressPrefixes: cloudPcs,
      destinationPortRange: "*",
    });
  });

  test("open domain controllers to the Cloud PCs that join them, and to no others", () => {
    const controllers = spokeSecurityRules([hybridTraffic, entraTraffic]).filter(({ name }) =>
      name.includes("domain-controllers"),
    );
    expect(controllers.length).toBeGreaterThan(0);
    for (const rule of controllers) {
      expect(rule).toMatchObject({
        sourceAddressPrefixes: ["10.60.2.0/24"],
        destinationAddressPrefixes: ["192.168.10.4/32", "192.168.10.5/32"],
      });
    }
  });

  test.each([
    { case: "Entra join", traffic: [entraTraffic] },
    { case: "hybrid join", traffic: [hybridTraffic] },
    { case: "both", traffic: [hybridTraffic, entraTraffic] },
  ])("have priorities and names that Azure takes, for $case", ({ traffic }) => {
    const all = spokeSecurityRules(traffic);
    const keys = all.map(({ direction, priority }) => `${direction} ${priority}`);
    expect(new Set(keys).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.every(({ priority }) => priority >= 100 && priority <= 4096)).toBe(true);
  });
});

describe("routes of Cloud PC subnets", () => {
  test("send everything to the firewall and RDP past it", () => {
    const routes = spokeRoutes([entraTraffic, hybridTraffic], "10.50.0.4", true);
    expect(routes[0]).toEqual({
      name: "default",
      addressPrefix: "0.0.0.0/0",
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: "10.50.0.4",
    });
    expect(routes).toContainEqual({
      name: "rdp-WindowsVirtualDesktop",
      addressPrefix: "WindowsVirtualDesktop",
      nextHopType: "Internet",
    });
    expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length);
  });

  test("are only the default route when RDP goes through the firewall too", () => {
    expect(spokeRoutes([entraTraffic], "10.50.0.4", false).map(({ name }) => name)).toEqual(["default"]);
  });

  test("are none when Azure itself carries the egress", () => {
    expect(spokeRoutes([entraTraffic], undefined, true)).toEqual([]);
  });
});

describe("firewall rules", () => {
  test("let a rule that two kinds of Cloud PCs share through for the subnets of both", () => {
    const groups = firewallRuleGroups("Standard", [hybridTraffic, entraTraffic]);
    if (!groups.ok) throw new Error(groups.problems.join());
    const windows365 = groups.groups.find(({ name }) => name === "windows365");
    const rules = windows365?.ruleCollections.flatMap((collection) => collection.rules) ?? [];
    expect(rules.filter(({ sourceAddresses }) => sourceAddresses.length === 3).length).toBeGreaterThan(3);
    const controllers = groups.groups.find(({ name }) => name === "windows365-domain-controllers");
    const sources = controllers?.ruleCollections.flatMap(({ rules }) =>
      rules.flatMap(({ sourceAddresses }) => sourceAddresses),
    );
    expect(new Set(sources)).toEqual(new Set(["10.60.2.0/24"]));
  });

  test("do not depend on the order of the Cloud PCs, but for the form that keeps its name", () => {
    const names = (traffic: Parameters<typeof firewallRuleGroups>[1]) => {
      const result = firewallRuleGroups("Premium", traffic);
      return result.ok ? result.groups.map(({ name, priority }) => `${priority} ${name}`) : result.problems;
    };
    expect(names([entraTraffic, hybridTraffic])).toEqual(names([hybridTraffic, entraTraffic]));
  });

  test("are none for no Cloud PCs", () => {
    expect(firewallRuleGroups("Standard", [])).toEqual({ ok: true, groups: [] });
  });
});

describe("mergeRules", () => {
  const rule = fc.record({
    name: fc.constantFrom("a", "b"),
    sources: fc.uniqueArray(fc.constantFrom("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"), { minLength: 1 }),
    port: fc.constantFrom("80", "443"),
  });
  type Rule = { name: string; sources: string[]; port: string };
  const merge = (lists: readonly (readonly Rule[])[]) =>
    mergeRules<Rule>(
      lists,
      ({ sources }) => sources,
      (one, sources) => ({ ...one, sources }),
    );
  const passes = (rules: readonly Rule[]) =>
    new Set(rules.flatMap(({ sources, port, name }) => sources.map((source) => `${source} ${port} ${name[0]}`)));

  test("lets through exactly what the lists let through, under names that differ", () => {
    fc.assert(
      fc.property(fc.array(fc.array(rule)), (lists) => {
        const merged = merge(lists);
        expect(passes(merged)).toEqual(passes(lists.flat()));
        expect(new Set(merged.map(({ name }) => name)).size).toBe(merged.length);
      }),
    );
  });

  test("changes nothing when it merges again", () => {
    fc.assert(
      fc.property(fc.array(rule), (rules) => {
        const once = merge([rules]);
        expect(merge([once, once])).toEqual(once.map((one) => ({ ...one, sources: one.sources.toSorted() })));
      }),
    );
  });
});

describe("roleAssignmentName", () => {
  const [scope, principal, role] = [
    "/subscriptions/S/resourceGroups/RG",
    "00000000-0000-4000-8000-00000000000A",
    "00000000-0000-4000-8000-00000000000b",
  ];

  test("is the same GUID for the same grant, spelt in any case", () => {
    const name = roleAssignmentName(scope, principal, role);
    expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(roleAssignmentName(scope.toLowerCase(), principal.toUpperCase(), role)).toBe(name);
  });

  test("never changes, because a change would replace every role assignment", () => {
    expect(roleAssignmentName(scope, principal, role)).toBe("5bce3a2f-2380-543f-be8e-1b4d49bd1144");
  });
});

describe("outboundPortsPerAddress", () => {
  test.each([
    { publicAddresses: 1, members: 11, ports: 5816, because: "64,000 shared by 11, rounded down to a multiple of 8" },
    { publicAddresses: 1, members: 1000, ports: 64, because: "64,000 shared by 1,000" },
    { publicAddresses: 2, members: 1000, ports: 128, because: "each address brings 64,000" },
  ])(
    "is $ports for $members members and $publicAddresses addresses: $because",
    ({ publicAddresses, members, ports }) => {
      expect(outboundPortsPerAddress(publicAddresses, members)).toBe(ports);
    },
  );
});
