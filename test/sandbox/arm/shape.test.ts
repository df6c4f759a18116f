import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { closedEnums } from "../../../sandbox/arm/closed-enums.ts";
import { mappers } from "../../../sandbox/arm/mappers.ts";
import { requiredProperties } from "../../../sandbox/arm/required-properties.ts";
import { allRules } from "../../../sandbox/arm/rules.ts";
import { validateShape } from "../../../sandbox/arm/shape.ts";
import { networkId } from "./support.ts";

function shape(type: string, body: Record<string, unknown>): readonly string[] {
  return validateShape(type, { id: "/x", name: "x", type, properties: {}, ...body }).map((error) => error.message);
}

const group = (rule: Record<string, unknown>) => ({
  location: "westeurope",
  properties: { securityRules: [{ name: "rdp", properties: rule }] },
});
const rule = { protocol: "Tcp", access: "Allow", direction: "Inbound", priority: 100, sourcePortRange: "*" };
const policyGroup = (collection: Record<string, unknown>) => ({
  properties: { priority: 200, ruleCollections: [collection] },
});

describe("validateShape", () => {
  test.each([
    {
      case: "a misspelt property of a subnet",
      type: "Microsoft.Network/virtualNetworks/subnets",
      body: { properties: { adressPrefix: "10.0.0.0/24" } },
      says: "Could not find member 'adressPrefix' on object of type 'SubnetPropertiesFormat'. Path 'properties.adressPrefix'.",
    },
    {
      case: "a member beside properties",
      type: "Microsoft.Network/virtualNetworks",
      body: { adress: 1 },
      says: "Could not find member 'adress' on object of type 'VirtualNetwork'. Path 'adress'.",
    },
    {
      case: "a misspelt property of a nested rule",
      type: "Microsoft.Network/networkSecurityGroups",
      body: group({ ...rule, sourcePrefix: "*" }),
      says: "Could not find member 'sourcePrefix' on object of type 'SecurityRulePropertiesFormat'. Path 'properties.securityRules[0].properties.sourcePrefix'.",
    },
    {
      case: "a rule without its priority",
      type: "Microsoft.Network/networkSecurityGroups",
      body: group({ protocol: "Tcp", access: "Allow", direction: "Inbound" }),
      says: "Required property 'properties.priority' not found in JSON of type 'SecurityRule'. Path 'properties.securityRules[0].properties.priority'.",
    },
    {
      case: "a direction that does not exist",
      type: "Microsoft.Network/networkSecurityGroups",
      body: group({ ...rule, direction: "Sideways" }),
      says: `Error converting value "Sideways"; allowed values are Inbound, Outbound. Path 'properties.securityRules[0].properties.direction'.`,
    },
    {
      case: "a number written as text",
      type: "Microsoft.Network/networkSecurityGroups",
      body: group({ ...rule, priority: "100" }),
      says: `Error converting value "100" to type 'number'. Path 'properties.securityRules[0].properties.priority'.`,
    },
    {
      case: "a list written as one value",
      type: "Microsoft.Network/virtualNetworks",
      body: { properties: { addressSpace: { addressPrefixes: "10.0.0.0/16" } } },
      says: `Error converting value "10.0.0.0/16" to type 'array'. Path 'properties.addressSpace.addressPrefixes'.`,
    },
    {
      case: "a rule collection without its discriminator",
      type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      body: policyGroup({ name: "net", priority: 100 }),
      says: "Required property 'ruleCollectionType' not found in JSON of type 'FirewallPolicyRuleCollection'. Path 'properties.ruleCollections[0].ruleCollectionType'.",
    },
    {
      case: "a rule of a kind that does not exist",
      type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      body: policyGroup({ ruleCollectionType: "FirewallPolicyFilterRuleCollection", rules: [{ ruleType: "NetRule" }] }),
      says: `Error converting value "NetRule" to type 'FirewallPolicyRule'. Path 'properties.ruleCollections[0].rules[0].ruleType'.`,
    },
    {
      case: "a property of another kind of rule",
      type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      body: policyGroup({
        ruleCollectionType: "FirewallPolicyFilterRuleCollection",
        rules: [{ ruleType: "NetworkRule", name: "kms", fqdnTags: ["Windows365"] }],
      }),
      says: "Could not find member 'fqdnTags' on object of type 'NetworkRule'. Path 'properties.ruleCollections[0].rules[0].fqdnTags'.",
    },
    {
      case: "a protocol that firewall rules do not have",
      type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      body: policyGroup({
        ruleCollectionType: "FirewallPolicyFilterRuleCollection",
        rules: [{ ruleType: "NetworkRule", name: "kms", ipProtocols: ["TCPX"] }],
      }),
      says: `Error converting value "TCPX"; allowed values are TCP, UDP, Any, ICMP. Path 'properties.ruleCollections[0].rules[0].ipProtocols[0]'.`,
    },
  ])("refuses $case", ({ type, body, says }) => {
    expect(shape(type, body)).toEqual([`Cannot parse the request. ${says}`]);
  });

  test.each([
    {
      case: "a role assignment without a principal",
      type: "Microsoft.Authorization/roleAssignments",
      body: { properties: { roleDefinitionId: "r" } },
      says: "Required property 'principalId' not found. Path 'properties.principalId'.",
    },
    {
      case: "a principal type that does not exist",
      type: "Microsoft.Authorization/roleAssignments",
      body: { properties: { roleDefinitionId: "r", principalId: "p", principalType: "Robot" } },
      says: `Error converting value "Robot"; allowed values are User, Group, ServicePrincipal, ForeignGroup, Device. Path 'properties.principalType'.`,
    },
    {
      case: "a misspelt property of a storage account",
      type: "Microsoft.Storage/storageAccounts",
      body: {
        location: "westeurope",
        sku: { name: "Standard_LRS" },
        kind: "StorageV2",
        properties: { networkAcls: { defaultAction: "Deny", defaultAktion: "x" } },
      },
      says: "Could not find member 'defaultAktion' on object. Path 'properties.networkAcls.defaultAktion'.",
    },
  ])("refuses $case, outside Microsoft.Network", ({ type, body, says }) => {
    expect(shape(type, body)).toEqual([
      `The request content was invalid and could not be deserialized: '${says}' (${type}).`,
    ]);
  });

  test.each([
    {
      case: "a full subnet",
      type: "Microsoft.Network/virtualNetworks/subnets",
      body: {
        properties: {
          addressPrefix: "10.0.0.0/24",
          networkSecurityGroup: { id: networkId("networkSecurityGroups/nsg") },
          routeTable: { id: networkId("routeTables/rt") },
          natGateway: { id: networkId("natGateways/nat") },
          defaultOutboundAccess: false,
          privateEndpointNetworkPolicies: "Enabled",
        },
      },
    },
    {
      case: "enum values in another case",
      type: "Microsoft.Network/networkSecurityGroups",
      body: group({ ...rule, protocol: "TCP", access: "allow" }),
    },
    {
      case: "null, which is the same as absent",
      type: "Microsoft.Network/networkSecurityGroups",
      body: group({ ...rule, description: null }),
    },
    {
      case: "a priority out of range, which has an error of its own",
      type: "Microsoft.Network/networkSecurityGroups",
      body: group({ ...rule, priority: 1 }),
    },
    {
      case: "read-only properties, which ARM ignores",
      type: "Microsoft.Network/virtualNetworks",
      body: { location: "westeurope", properties: { provisioningState: "Succeeded", resourceGuid: "x" } },
    },
  ])("accepts $case", ({ type, body }) => {
    expect(shape(type, body)).toEqual([]);
  });

  test.each([
    { port: 64000, says: [] },
    {
      port: 64001,
      says: [
        "Cannot parse the request. Value 64001 is out of range, allowed are 0 to 64000. Path 'properties.ruleCollections[0].rules[0].protocols[0].port'.",
      ],
    },
    {
      port: -1,
      says: [
        "Cannot parse the request. Value -1 is out of range, allowed are 0 to 64000. Path 'properties.ruleCollections[0].rules[0].protocols[0].port'.",
      ],
    },
    { port: 0, says: [] },
  ])("keeps numbers in the mappers' ranges: port $port", ({ port, says }) => {
    const rules = [{ ruleType: "ApplicationRule", name: "app", protocols: [{ protocolType: "Https", port }] }];
    const body = policyGroup({ ruleCollectionType: "FirewallPolicyFilterRuleCollection", rules });
    expect(shape("Microsoft.Network/firewallPolicies/ruleCollectionGroups", body)).toEqual(says);
  });

  test("throws for a type that nobody described", () => {
    expect(() => shape("Microsoft.Network/virtualWans", {})).toThrow(
      'the sandbox has no shape for type "Microsoft.Network/virtualWans"',
    );
  });

  test("knows the shape of every type that has rules", () => {
    expect(allRules.filter((rules) => mapperMissing(rules.mapper)).map((rules) => rules.type)).toEqual([]);
    for (const { type } of allRules) expect(() => shape(type, { location: "westeurope" })).not.toThrow();
  });
});

function mapperMissing(mapper: string | undefined): boolean {
  return mapper !== undefined && mappers().model(mapper) === undefined;
}

describe("the tables beside the mappers", () => {
  const entry = createRequire(import.meta.url).resolve("@azure/arm-network");
  const declarations = readFileSync(join(dirname(entry), "models", "index.d.ts"), "utf8");

  test.each(Object.entries(closedEnums))("%s is a %s in the package's own declarations", (path, enumName) => {
    const [className = "", ...steps] = path.split(".");
    const model = mappers().model(className);
    const [property] =
      Object.entries(model?.modelProperties ?? {}).find(([, value]) => value.serializedName === steps.join(".")) ?? [];
    const body = new RegExp(`export interface ${className}(?: extends [^{]+)? \\{([\\s\\S]*?)\\n\\}`).exec(
      declarations,
    )?.[1];
    expect(body).toMatch(new RegExp(`\\n\\s+${property}\\??: ${enumName}(\\[\\])?;`));
    expect(mappers().knownValues(enumName).length).toBeGreaterThan(0);
  });

  test.each(Object.entries(requiredProperties))("the required properties of %s exist", (className, paths) => {
    const names = Object.values(mappers().model(className)?.modelProperties ?? {}).map(
      (property) => property.serializedName,
    );
    expect(paths.filter((path) => !names.includes(path))).toEqual([]);
  });
});
