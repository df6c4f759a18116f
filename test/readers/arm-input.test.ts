import { describe, expect, test } from "vitest";
import { prefix } from "../../model/prefix.ts";
import { isUnknown } from "../../model/read.ts";
import { problemsOf, readData } from "./read.ts";

const group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net";
const id = (path: string) => `${group}/providers/Microsoft.Network/${path}`;
const expected =
  'expected a template (with "resources"), a resource (with "id" or with "type" and "name"), an array of resources, or { "value": [...] }';

describe("files that are no ARM input", () => {
  test.each([
    { because: "some object", data: { a: 1, b: 2 }, message: `x.json:1: this is an object with "a", "b"; ${expected}` },
    { because: "a text", data: "hello", message: `x.json:1: this is a string; ${expected}` },
    { because: "null", data: null, message: `x.json:1: this is null; ${expected}` },
    {
      because: "a list of other things",
      data: [{ id: id("natGateways/a") }, 7],
      message: 'x.json:1: item 1 of the list is no resource: it has no "id"',
    },
    {
      because: "an error of Azure",
      data: { error: { code: "AuthorizationFailed" } },
      message: `x.json:1: this is an error that Azure answered, not a resource; ${expected}`,
    },
    {
      because: "the state of a stack",
      data: { version: 3, deployment: { resources: [] } },
      message: "x.json:1: this is the state of a Pulumi stack; it is read with --state, not --arm",
    },
    {
      because: "a table of Resource Graph",
      data: { data: { columns: [], rows: [] } },
      message:
        'x.json:1: this is a Resource Graph answer in the form of a table; ask for it with "resultFormat": "objectArray"',
    },
    {
      because: "a child that is not named after its parent",
      data: { type: "Microsoft.Network/virtualNetworks/subnets", name: "s" },
      message:
        'x.json:1: type "Microsoft.Network/virtualNetworks/subnets" and name "s" do not belong together; a child is named "parent/child"',
    },
    {
      because: "something with an id that is none",
      data: { id: "17" },
      message:
        'x.json:1: "17" is not a resource id such as "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…"',
    },
  ])("$because is refused", ({ data, message }) => {
    expect(problemsOf({ name: "x.json", text: JSON.stringify(data) })).toEqual([message]);
  });

  test("the problems of all files are reported together", () => {
    expect(
      problemsOf(
        { name: "a.json", text: "{" },
        { name: "b.json", text: "{}" },
        { name: "c.json", text: '{\n"id": "1" }' },
      ),
    ).toEqual([
      'a.json:1: expected a name in double quotes or "}" in the object of line 1, found the end of the file',
      `b.json:1: this is an object with no members; ${expected}`,
      'c.json:1: "1" is not a resource id such as "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…"',
    ]);
  });
});

describe("what Azure would refuse is a problem, and Unknown in the estate", () => {
  const vnet = (properties: object) => ({ id: id("virtualNetworks/v"), properties });
  const nsg = (rule: object) => ({
    id: id("networkSecurityGroups/n"),
    properties: {
      securityRules: [
        { name: "r", properties: { priority: 100, direction: "Inbound", access: "Allow", protocol: "Tcp", ...rule } },
      ],
    },
  });

  test.each([
    {
      data: vnet({ addressSpace: { addressPrefixes: ["10.0.0.4/16"] } }),
      message: 'addressPrefixes: prefix "10.0.0.4/16" has host bits set; did you mean "10.0.0.0/16"?',
    },
    {
      data: vnet({ dhcpOptions: { dnsServers: ["10.0.0.256"] } }),
      message: 'dnsServers: "10.0.0.256" has "256", which is more than 255',
    },
    { data: vnet({ subnets: "all" }), message: "subnets is of type string, expected a list" },
    {
      data: vnet({ subnets: [{ name: "s", properties: { networkSecurityGroup: { id: "nsg" } } }] }),
      message: 'networkSecurityGroup: "nsg" is not a resource id',
    },
    { data: nsg({ priority: null }), message: 'securityRule "r": priority is missing' },
    { data: nsg({ priority: 99 }), message: 'securityRule "r": priority 99 is not from 100 to 4096' },
    { data: nsg({ priority: 4097 }), message: 'securityRule "r": priority 4097 is not from 100 to 4096' },
    {
      data: nsg({ destinationPortRange: "443", destinationPortRanges: ["80"] }),
      message: 'securityRule "r": destinationPortRange and destinationPortRanges are both set; only one of them may be',
    },
    {
      data: nsg({ sourceAddressPrefix: "*", sourceAddressPrefixes: ["10.0.0.0/8"] }),
      message: 'securityRule "r": sourceAddressPrefix and sourceAddressPrefixes are both set; only one of them may be',
    },
    { data: nsg({ direction: "Sideways" }), message: 'direction: "Sideways" is not one of "Inbound", "Outbound"' },
    {
      data: nsg({ destinationPortRange: "90-80" }),
      message: 'destinationPortRange: port range "90-80" is reversed; did you mean "80-90"?',
    },
    {
      data: nsg({ destinationPortRange: "70000" }),
      message: 'destinationPortRange: port range "70000" goes beyond port 65535',
    },
    {
      data: nsg({ sourceAddressPrefix: "10.1.0.9-10.1.0.4" }),
      message: 'sourceAddressPrefix: range "10.1.0.9-10.1.0.4" is reversed; did you mean "10.1.0.4-10.1.0.9"?',
    },
    {
      data: {
        id: id("routeTables/r"),
        properties: { routes: [{ name: "x", properties: { addressPrefix: "0.0.0.0/0" } }] },
      },
      message: 'route "x": nextHopType is missing',
    },
  ])("$message", ({ data, message }) => {
    const { estate } = readData(data);
    expect(estate.problems.map((problem) => problem.message)).toEqual([message]);
    expect(estate.problems[0]?.place).toMatchObject({ file: "input.json", line: 1 });
    expect(JSON.stringify(estate)).toContain(`"unknown":${JSON.stringify(message)}`);
  });
});

describe("the priorities of a network security group", () => {
  const rule = (name: string, priority: number, direction: string) => ({
    name,
    properties: { priority, direction, access: "Allow", protocol: "*" },
  });
  const prioritiesOf = (...securityRules: readonly object[]) => {
    const { estate } = readData({ id: id("networkSecurityGroups/n"), properties: { securityRules } });
    const rules = estate.networkSecurityGroups[0]?.securityRules ?? [];
    return { estate, priorities: rules.map((each) => (isUnknown(each) ? each : each.priority)) };
  };

  test("two rules of one direction with the same priority are refused, and which comes first is not known", () => {
    const { estate, priorities } = prioritiesOf(
      rule("a", 100, "Inbound"),
      rule("b", 100, "inbound"),
      rule("c", 110, "Inbound"),
    );
    expect(estate.problems.map(({ message }) => message)).toEqual([
      'securityRule "a": rule "b" has the same priority 100 and direction Inbound; each needs a priority of its own',
      'securityRule "b": rule "a" has the same priority 100 and direction Inbound; each needs a priority of its own',
    ]);
    expect(priorities).toMatchObject([
      { unknown: expect.stringContaining('rule "b"') },
      { unknown: expect.stringContaining('rule "a"') },
      110,
    ]);
  });

  test("the smallest and the largest priority, and the same one in both directions, are accepted", () => {
    const { estate, priorities } = prioritiesOf(
      rule("a", 100, "Inbound"),
      rule("b", 100, "Outbound"),
      rule("c", 4096, "Outbound"),
    );
    expect([estate.problems, priorities]).toEqual([[], [100, 100, 4096]]);
  });
});

describe("what is not in the input is kept as such", () => {
  test("a reference to a missing resource stays a reference", () => {
    const { estate } = readData({
      id: id("virtualNetworks/v/subnets/s"),
      properties: { addressPrefix: "10.0.0.0/24", routeTable: { id: id("routeTables/elsewhere") } },
    });
    expect(estate.virtualNetworks[0]?.subnets[0]?.routeTableId).toBe(id("routeTables/elsewhere"));
    expect(estate.routeTables).toEqual([]);
  });

  test("a child without its parent brings a parent of which nothing else is known", () => {
    const { estate } = readData({
      id: id("virtualNetworks/v/subnets/s"),
      properties: { addressPrefix: "10.0.0.0/24" },
    });
    expect(estate.virtualNetworks).toMatchObject([
      {
        id: id("virtualNetworks/v"),
        name: "v",
        inInput: false,
        addressSpace: [{ unknown: '"v" is mentioned, but what it is like is not in the input' }],
        subnets: [{ name: "s", addressPrefixes: [prefix("10.0.0.0/24")] }],
      },
    ]);
    expect(estate.problems).toEqual([]);
  });

  test("a subnet that its network only names is a subnet of which nothing is known", () => {
    const { estate } = readData({
      id: id("virtualNetworks/v"),
      properties: { subnets: [{ id: id("virtualNetworks/v/subnets/s") }] },
    });
    expect(estate.virtualNetworks[0]?.subnets).toMatchObject([
      {
        name: "s",
        addressPrefixes: [{ unknown: '"s" is mentioned, but what it is like is not in the input' }],
        networkSecurityGroupId: { unknown: '"s" is mentioned, but what it is like is not in the input' },
      },
    ]);
  });

  test("types that are not read are counted and listed", () => {
    const { estate } = readData([
      { id: `${group}/providers/Microsoft.Web/sites/w` },
      { id: id("ddosProtectionPlans/d") },
    ]);
    expect(estate.notRead).toMatchObject([
      { type: "Microsoft.Web/sites", name: "w" },
      { type: "Microsoft.Network/ddosProtectionPlans", name: "d" },
    ]);
  });

  test("a grandchild whose parent is missing is listed as not read", () => {
    const { estate } = readData({
      id: id("networkManagers/m/networkGroups/g/staticMembers/x"),
      properties: { resourceId: id("virtualNetworks/v") },
    });
    expect(estate.notRead).toMatchObject([
      { type: "Microsoft.Network/networkManagers/networkGroups/staticMembers", name: "x" },
    ]);
  });

  test.each([
    {
      because: "it names the group",
      networkGroupId: id("networkManagers/m/networkGroups/g"),
      members: [{ unknown: 'Azure Policy "p" adds members' }],
    },
    {
      because: "a parameter names the group",
      networkGroupId: "[parameters('g')]",
      members: [{ unknown: 'Azure Policy "p" adds members' }],
    },
    { because: "it names another group", networkGroupId: id("networkManagers/m/networkGroups/other"), members: [] },
  ])("members that a policy adds to a network group: $because", ({ networkGroupId, members }) => {
    const effect = `{ "effect": "addToNetworkGroup", "details": { "networkGroupId": ${JSON.stringify(networkGroupId)} } }`;
    const { estate } = readData([
      { id: id("networkManagers/m/networkGroups/g"), properties: {} },
      {
        id: "/providers/Microsoft.Authorization/policyDefinitions/p",
        properties: { policyRule: JSON.parse(`{ "then": ${effect} }`) },
      },
    ]);
    expect(estate.networkManagers[0]?.networkGroups[0]?.members).toMatchObject(members);
    expect(estate.networkManagers[0]?.networkGroups[0]?.members).toHaveLength(members.length);
  });

  test("of a resource given twice the last one counts, and both places are named", () => {
    const reading = readData([
      { id: id("natGateways/a"), sku: { name: "Standard" } },
      { id: id("NATGATEWAYS/A"), sku: { name: "StandardV2" } },
    ]);
    expect(reading.estate.natGateways.map((gateway) => gateway.skuName)).toEqual(["StandardV2"]);
    expect(reading.assumptions).toEqual([
      'Microsoft.Network/NATGATEWAYS "A" is given at input.json:1 and at input.json:1; the latter was read',
    ]);
  });

  test("Azure's spelling of a region is the same with spaces", () => {
    expect(readData({ id: id("natGateways/a"), location: "West Europe" }).estate.natGateways[0]?.location).toBe(
      "westeurope",
    );
  });
});
