import { describe, expect, test } from "vitest";
import { prefix } from "../../../model/prefix.ts";
import { fixture, problemsOf, readData, readGood, template } from "../read.ts";

const network = "/subscriptions/{subscription}/resourceGroups/{resource-group}/providers/Microsoft.Network";
const routeTable = (name: string, rest: object = {}) => ({
  type: "Microsoft.Network/routeTables",
  apiVersion: "2024-05-01",
  name,
  properties: {},
  ...rest,
});
const namesOf = (resources: unknown, rest: object = {}) =>
  readData(template(resources, rest)).estate.routeTables.map(({ name }) => name);

describe("a template with parameters, variables, functions, loops and a nested deployment", () => {
  const reading = readGood(fixture("spoke.json"), fixture("spoke.parameters.json"));
  const [vnet] = reading.estate.virtualNetworks;

  test("is read as it would be deployed", () => {
    expect(vnet).toMatchObject({
      name: "vnet-CloudPC",
      addressSpace: [prefix("10.20.0.0/16")],
      dnsServers: [0x0a0a0104],
    });
    expect(
      vnet?.subnets.map(({ name, addressPrefixes, networkSecurityGroupId, routeTableId }) => ({
        name,
        addressPrefixes,
        networkSecurityGroupId,
        routeTableId,
      })),
    ).toEqual([
      {
        name: "snet-a",
        addressPrefixes: [prefix("10.20.1.0/24")],
        networkSecurityGroupId: `${network}/networkSecurityGroups/nsg-cloudpc`,
        routeTableId: `${network}/routeTables/rt`,
      },
      {
        name: "snet-b",
        addressPrefixes: [prefix("10.20.2.0/24")],
        networkSecurityGroupId: `${network}/networkSecurityGroups/nsg-cloudpc`,
        routeTableId: `${network}/routeTables/rt`,
      },
    ]);
    expect(reading.estate.natGateways).toEqual([]);
    expect(reading.estate.routeTables[0]?.routes).toMatchObject([{ name: "default", nextHopIpAddress: 0x0a0a0104 }]);
  });

  test("the peering of the nested deployment belongs to its network", () => {
    expect(vnet?.virtualNetworkPeerings).toMatchObject([
      {
        id: `${network}/virtualNetworks/vnet-CloudPC/virtualNetworkPeerings/to-hub`,
        remoteVirtualNetworkId:
          "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub",
        place: { file: "spoke.json", line: 116 },
      },
    ]);
  });

  test("outputs of a nested deployment can be used", () => {
    expect(reading.estate.publicIPAddresses.map(({ name }) => name)).toEqual(["pip-vnet-hub-0", "pip-vnet-hub-1"]);
  });

  test("without its parameters file only the values that depend on them are unknown", () => {
    const { estate } = readGood(fixture("spoke.json"));
    const [unbound] = estate.virtualNetworks;
    expect(unbound?.addressSpace).toEqual([prefix("10.20.0.0/16")]);
    expect(unbound?.virtualNetworkPeerings[0]?.remoteVirtualNetworkId).toEqual({
      unknown: 'parameter "hubId" has no default and no value',
      place: {
        file: "spoke.json",
        line: 120,
        path: "resources[4].properties.template.resources[0].properties.remoteVirtualNetwork.id",
      },
    });
    // The group and the reference to it are made of the same unknown part, so they still belong together.
    expect(unbound?.subnets[0]?.networkSecurityGroupId).toBe(estate.networkSecurityGroups[0]?.id);
    expect(unbound?.name).toBe("vnet-{parameters('workload')}");
  });

  test("the secure parameter is nowhere in the answer", () => {
    expect(JSON.stringify(reading)).not.toContain("not-to-be-shown");
  });
});

describe("copy", () => {
  test.each([
    {
      because: "a loop over resources",
      resources: [routeTable("[format('rt-{0}', copyIndex(1))]", { copy: { name: "l", count: 3 } })],
      names: ["rt-1", "rt-2", "rt-3"],
    },
    {
      because: "a count of zero",
      resources: [routeTable("rt", { copy: { name: "l", count: "[length(createArray())]" } })],
      names: [],
    },
    {
      because: "a loop with a condition for each copy",
      resources: [
        routeTable("[format('rt-{0}', copyIndex())]", {
          copy: { name: "l", count: 3 },
          condition: "[not(equals(copyIndex(), 1))]",
        }),
      ],
      names: ["rt-0", "rt-2"],
    },
    {
      because: "symbolic names",
      resources: { rt: routeTable("a"), other: routeTable("[concat(resourceInfo('rt').name, '-b')]") },
      names: ["a", "a-b"],
    },
    {
      because: "a copy of a symbolic name",
      resources: {
        rt: routeTable("[format('rt-{0}', copyIndex())]", { copy: { name: "rt", count: 2 } }),
        other: routeTable("[format('{0}-x', resourceInfo('rt[1]').name)]"),
      },
      names: ["rt-0", "rt-1", "rt-1-x"],
    },
    {
      because: "an existing resource is only referred to",
      resources: {
        rt: routeTable("there", { existing: true }),
        other: routeTable("[concat(resourceInfo('rt').name, '-b')]"),
      },
      names: ["there-b"],
    },
  ])("$because", ({ resources, names }) => {
    expect(namesOf(resources)).toEqual(names);
  });

  test("how often is not known: nothing is read, and that is said", () => {
    const reading = readData(
      template([routeTable("rt", { copy: { name: "l", count: "[parameters('n')]" } })], {
        parameters: { n: { type: "int" } },
      }),
    );
    expect(reading.estate.routeTables).toEqual([]);
    expect(reading.assumptions).toEqual([
      'resources[0] of input.json:1: how many copies are deployed is not known, so none was read: parameter "n" has no default and no value',
    ]);
  });
});

describe("conditions", () => {
  test("a condition that is not known keeps the resource, and is said", () => {
    const reading = readData(
      template([routeTable("rt", { condition: "[parameters('x')]" })], { parameters: { x: { type: "bool" } } }),
    );
    expect(reading.estate.routeTables.map(({ name }) => name)).toEqual(["rt"]);
    expect(reading.assumptions).toEqual([
      'whether Microsoft.Network/routeTables "rt" is deployed is not known: parameter "x" has no default and no value',
    ]);
  });

  test("a route under a condition that is not known is an unknown route", () => {
    const route = {
      type: "Microsoft.Network/routeTables/routes",
      apiVersion: "2024-05-01",
      name: "rt/r",
      condition: "[parameters('x')]",
      properties: { addressPrefix: "0.0.0.0/0", nextHopType: "None" },
    };
    const reading = readData(template([routeTable("rt"), route], { parameters: { x: { type: "bool" } } }));
    expect(reading.estate.routeTables[0]?.routes).toMatchObject([
      { unknown: 'parameter "x" has no default and no value' },
    ]);
  });

  test("a nested deployment that does not run deploys nothing", () => {
    const nested = {
      type: "Microsoft.Resources/deployments",
      apiVersion: "2022-09-01",
      name: "d",
      condition: false,
      properties: { template: template([routeTable("rt")]) },
    };
    expect(namesOf([nested])).toEqual([]);
  });
});

describe("nested deployments", () => {
  const deployment = (properties: object, rest: object = {}) => ({
    type: "Microsoft.Resources/deployments",
    apiVersion: "2022-09-01",
    name: "d",
    properties,
    ...rest,
  });
  const inner = template([routeTable("[parameters('name')]")], {
    parameters: { name: { type: "string", defaultValue: "inner" } },
  });
  const outer = { parameters: { name: { type: "string", defaultValue: "outer" } } };

  test.each([
    {
      because: "inner scope uses the parameters of the nested template",
      properties: { expressionEvaluationOptions: { scope: "Inner" }, template: inner },
      names: ["inner"],
    },
    {
      because: "inner scope binds the parameters of the deployment",
      properties: {
        expressionEvaluationOptions: { scope: "inner" },
        parameters: { name: { value: "[concat(parameters('name'), '-given')]" } },
        template: inner,
      },
      names: ["outer-given"],
    },
    {
      because: "outer scope, which is ARM's default, uses those of the template around",
      properties: { template: inner },
      names: ["outer"],
    },
  ])("$because", ({ properties, names }) => {
    expect(namesOf([deployment(properties)], outer)).toEqual(names);
  });

  test("a deployment to another resource group gives its resources ids of that group", () => {
    const { estate } = readData(
      template([deployment({ template: template([routeTable("rt")]) }, { resourceGroup: "rg-hub" })]),
    );
    expect(estate.routeTables[0]?.id).toBe(
      "/subscriptions/{subscription}/resourceGroups/rg-hub/providers/Microsoft.Network/routeTables/rt",
    );
  });

  test("a linked template is said to be missing", () => {
    const reading = readData(template([deployment({ templateLink: { uri: "https://example.com/t.json" } })]));
    expect(reading.assumptions).toEqual([
      "resources[0] of input.json:1: the template of this deployment is not in the file, so it was not read",
    ]);
  });
});

describe("reference()", () => {
  test("gives what the file says about a resource, and unknown for what only Azure knows", () => {
    const reading = readData(
      template([
        {
          type: "Microsoft.Network/azureFirewalls",
          apiVersion: "2024-05-01",
          name: "afw",
          properties: { sku: { tier: "Premium" }, ipConfigurations: [{ name: "ip", properties: {} }] },
        },
        routeTable("[reference(resourceId('Microsoft.Network/azureFirewalls', 'afw')).sku.tier]", {
          properties: {
            routes: [
              {
                name: "default",
                properties: {
                  addressPrefix: "0.0.0.0/0",
                  nextHopType: "VirtualAppliance",
                  nextHopIpAddress: "[reference('afw').ipConfigurations[0].properties.privateIPAddress]",
                },
              },
            ],
          },
        }),
      ]),
    );
    expect(reading.estate.routeTables).toMatchObject([
      {
        name: "Premium",
        routes: [
          {
            name: "default",
            nextHopType: "VirtualAppliance",
            nextHopIpAddress: { unknown: 'Azure answers it only when "afw" is deployed' },
          },
        ],
      },
    ]);
  });

  test("of two resources to one another ends, and says why", () => {
    const reading = readData(
      template({
        a: routeTable("a", {
          properties: { disableBgpRoutePropagation: "[reference('b').disableBgpRoutePropagation]" },
        }),
        b: routeTable("b", {
          properties: { disableBgpRoutePropagation: "[reference('a').disableBgpRoutePropagation]" },
        }),
      }),
    );
    expect(reading.estate.routeTables.map((table) => table.disableBgpRoutePropagation)).toMatchObject([
      { unknown: "the resource refers to itself" },
      { unknown: "the resource refers to itself" },
    ]);
  });
});

describe("templates that cannot be read", () => {
  test.each([
    {
      resources: [
        { type: "Microsoft.Network/routeTables", name: "[concat('a'" },
        routeTable("[concat('a',, 'b')]"),
        routeTable("[a b]"),
      ],
      messages: [
        "t.json:1: expression \"[concat('a',, 'b')]\": found \",\" where a value was expected",
        't.json:1: expression "[a b]": expected "(" after the function name "a"',
      ],
    },
    {
      resources: [{ name: "x" }],
      messages: ['t.json:1: resources[0]: a resource has no "type" such as "Microsoft.Network/virtualNetworks"'],
    },
    {
      resources: [{ type: "Microsoft.Network/routeTables" }],
      messages: ['t.json:1: resources[0]: a resource of type "Microsoft.Network/routeTables" has no "name"'],
    },
    {
      resources: [1, null],
      messages: [
        "t.json:1: resources[0]: a resource is of type number, expected an object",
        "t.json:1: resources[1]: a resource is of type null, expected an object",
      ],
    },
  ])("$messages", ({ resources, messages }) => {
    expect(problemsOf({ name: "t.json", text: JSON.stringify(template(resources)) })).toEqual(messages);
  });

  test("a parameter given twice is refused, naming both places", () => {
    const parameters = (value: string) =>
      JSON.stringify({
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
        parameters: { x: { value } },
      });
    expect(
      problemsOf(
        { name: "t.json", text: JSON.stringify(template([])) },
        { name: "p1.json", text: parameters("a") },
        { name: "p2.json", text: parameters("b") },
      ),
    ).toEqual(['p2.json:1: parameter "x" is given a value here and in p1.json:1; keep one of them']);
  });
});
