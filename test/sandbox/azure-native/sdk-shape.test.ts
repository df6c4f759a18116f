import { describe, expect, test } from "vitest";
import { schemaOfType } from "../../../sandbox/azure-native/property-schema.ts";
import { type ResourceType, resourceTypeOf } from "../../../sandbox/azure-native/resource-types.ts";
import { previewOutputs, projectToInputs, toSdkOutputs, toWireBody } from "../../../sandbox/azure-native/sdk-shape.ts";
import { unknown } from "../../../sandbox/protocol/property-values.ts";

function typeOf(token: string): ResourceType {
  const type = resourceTypeOf(`azure-native:${token}`);
  if (type === undefined) throw new Error(`no type ${token}`);
  return type;
}

const subnet = schemaOfType(typeOf("network:Subnet"));
const group = schemaOfType(typeOf("network:FirewallPolicyRuleCollectionGroup"));
const balancer = schemaOfType(typeOf("network:LoadBalancer"));
const workspace = schemaOfType(typeOf("operationalinsights:Workspace"));
const account = schemaOfType(typeOf("storage:StorageAccount"));

describe("the shape of azure-native and the shape of the wire", () => {
  test.each([
    {
      case: "flattened properties go under properties",
      schema: subnet,
      sdk: { addressPrefix: "10.20.1.0/24", networkSecurityGroup: { id: "/nsg" } },
      wire: { properties: { addressPrefix: "10.20.1.0/24", networkSecurityGroup: { id: "/nsg" } } },
    },
    {
      case: "nested resources are flattened as well",
      schema: subnet,
      sdk: { delegations: [{ name: "d", serviceName: "Microsoft.Network/dnsResolvers" }] },
      wire: {
        properties: { delegations: [{ name: "d", properties: { serviceName: "Microsoft.Network/dnsResolvers" } }] },
      },
    },
    {
      case: "a discriminator chooses the shape of a rule",
      schema: group,
      sdk: {
        priority: 1000,
        ruleCollections: [
          {
            ruleCollectionType: "FirewallPolicyFilterRuleCollection",
            rules: [{ ruleType: "NetworkRule", name: "r", destinationPorts: ["443"] }],
          },
        ],
      },
      wire: {
        properties: {
          priority: 1000,
          ruleCollections: [
            {
              ruleCollectionType: "FirewallPolicyFilterRuleCollection",
              rules: [{ ruleType: "NetworkRule", name: "r", destinationPorts: ["443"] }],
            },
          ],
        },
      },
    },
    {
      case: "a sku that ARM keeps under properties goes there",
      schema: workspace,
      sdk: { location: "westeurope", sku: { name: "PerGB2018" }, retentionInDays: 30 },
      wire: { location: "westeurope", properties: { sku: { name: "PerGB2018" }, retentionInDays: 30 } },
    },
    {
      case: "a property with another name on the wire gets it",
      schema: account,
      sdk: { sku: { name: "Standard_LRS" }, enableHttpsTrafficOnly: true },
      wire: { sku: { name: "Standard_LRS" }, properties: { supportsHttpsTrafficOnly: true } },
    },
  ])("$case, and comes back", ({ schema, sdk, wire }) => {
    expect(toWireBody(sdk, schema, "/id")).toEqual(wire);
    expect(toSdkOutputs(wire, schema)).toEqual(sdk);
  });

  test("$self stands for the resource's own id", () => {
    const frontend = { id: "$self/frontendIPConfigurations/f" };
    expect(
      toWireBody({ outboundRules: [{ name: "o", frontendIPConfigurations: [frontend] }] }, balancer, "/lb"),
    ).toEqual({
      properties: {
        outboundRules: [
          { name: "o", properties: { frontendIPConfigurations: [{ id: "/lb/frontendIPConfigurations/f" }] } },
        ],
      },
    });
  });

  test("a property that nobody knows reaches ARM, which refuses it", () => {
    expect(toWireBody({ adressPrefix: "10.20.1.0/24" }, subnet, "/id")).toEqual({
      properties: { adressPrefix: "10.20.1.0/24" },
    });
  });

  test("the shape of inputs has nothing that only Azure sets", () => {
    const outputs = {
      addressPrefix: "10.20.1.0/24",
      provisioningState: "Succeeded",
      ipConfigurations: [{ id: "/nic" }],
    };
    expect(projectToInputs(outputs, subnet)).toEqual({ addressPrefix: "10.20.1.0/24" });
  });

  test("a preview knows the inputs that come back, and nothing else", () => {
    const outputs = previewOutputs({ addressPrefix: "10.20.1.0/24", subnetName: "snet" }, subnet);
    expect(outputs.addressPrefix).toBe("10.20.1.0/24");
    expect(outputs.provisioningState).toBe(unknown);
    expect(outputs.name).toBe(unknown);
    expect(outputs).not.toHaveProperty("subnetName");
    expect(outputs).not.toHaveProperty("id");
  });
});
