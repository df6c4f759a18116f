import { describe, expect, test } from "vitest";
import { pendingCreates, type StackExport } from "../../../tools/recover/pending-creates.ts";

const provider = "urn:pulumi:prod::p::pulumi:providers:azure-native::default::id-of-provider";
const subnet = {
  urn: "urn:pulumi:prod::p::azure-native:network:Subnet::region-weu-staff-snet",
  type: "azure-native:network:Subnet",
  inputs: { resourceGroupName: "rg-w365-weu", virtualNetworkName: "vnet-w365-weu", subnetName: "snet-w365-weu-staff" },
  provider,
};
const subscription = "00000000-0000-4000-8000-000000000001";
const idOfSubnet = `/subscriptions/${subscription}/resourceGroups/rg-w365-weu/providers/Microsoft.Network/virtualNetworks/vnet-w365-weu/subnets/snet-w365-weu-staff`;

function exportOf(
  pending: NonNullable<StackExport["deployment"]["pending_operations"]>,
  resources: StackExport["deployment"]["resources"] = [],
): StackExport {
  return { deployment: { pending_operations: pending, resources } };
}

describe("pendingCreates", () => {
  test("takes the subscription from the provider, where it is given", () => {
    const resources = [
      {
        urn: "urn:pulumi:prod::p::pulumi:providers:azure-native::default",
        type: "pulumi:providers:azure-native",
        inputs: { subscriptionId: subscription },
      },
    ];
    expect(pendingCreates(exportOf([{ type: "creating", resource: subnet }], resources))).toEqual([
      { urn: subnet.urn, id: idOfSubnet },
    ]);
  });

  test("else from the id of something that the same provider made", () => {
    const resources = [
      {
        urn: "urn:rg",
        type: "azure-native:resources:ResourceGroup",
        id: `/subscriptions/${subscription}/resourceGroups/rg`,
        provider,
      },
    ];
    expect(pendingCreates(exportOf([{ type: "creating", resource: subnet }], resources))).toEqual([
      { urn: subnet.urn, id: idOfSubnet },
    ]);
  });

  test("else from what the caller knows", () => {
    expect(pendingCreates(exportOf([{ type: "creating", resource: subnet }]), subscription)).toEqual([
      { urn: subnet.urn, id: idOfSubnet },
    ]);
  });

  test("says that an id is not known rather than to guess it", () => {
    const unnamed = { ...subnet, inputs: { ...subnet.inputs, subnetName: 7 } };
    const pending = [
      { type: "creating", resource: subnet },
      { type: "creating", resource: { ...subnet, type: "azure-native:compute:VirtualMachine" } },
    ];
    expect(pendingCreates(exportOf(pending)).map(({ id }) => id)).toEqual([undefined, undefined]);
    expect(pendingCreates(exportOf([{ type: "creating", resource: unnamed }]), subscription)[0]?.id).toBeUndefined();
  });

  test.each([
    {
      type: "azure-native:authorization:RoleAssignment",
      inputs: { scope: `/subscriptions/${subscription}`, roleAssignmentName: "g" },
      id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments/g`,
    },
    {
      type: "azure-native:monitor:DiagnosticSetting",
      inputs: {
        resourceUri: "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/azureFirewalls/f",
        name: "d",
      },
      id: "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/azureFirewalls/f/providers/Microsoft.Insights/diagnosticSettings/d",
    },
    {
      type: "azure-native:resources:ResourceGroup",
      inputs: { resourceGroupName: "rg" },
      id: `/subscriptions/${subscription}/resourceGroups/rg`,
    },
  ])("knows the form of the id of $type", ({ type, inputs, id }) => {
    expect(
      pendingCreates(exportOf([{ type: "creating", resource: { urn: "u", type, inputs } }]), subscription),
    ).toEqual([{ urn: "u", id }]);
  });

  test("leaves updates and deletes to the engine", () => {
    expect(
      pendingCreates(
        exportOf([
          { type: "updating", resource: subnet },
          { type: "deleting", resource: subnet },
        ]),
      ),
    ).toEqual([]);
  });
});
