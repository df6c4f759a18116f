/**
 * A small network of two virtual networks as the source of a Pulumi program, with one place to vary it:
 * a hub, a spoke with an NSG and two subnets, and a peering each way.
 */
export function networkProgram({ owner = "network team", spokePrefix = "10.20.0.0/16", extra = "" } = {}): string {
  return `
import { network, resources } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";

const tags = { owner: ${JSON.stringify(owner)} };
const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-cloudpc", location: "westeurope", tags });
const at = { resourceGroupName: group.name };
const hub = new network.VirtualNetwork("hub", {
  ...at, virtualNetworkName: "vnet-hub", addressSpace: { addressPrefixes: ["10.10.0.0/16"] }, tags,
});
const spoke = new network.VirtualNetwork("spoke", {
  ...at, virtualNetworkName: "vnet-spoke", addressSpace: { addressPrefixes: ["${spokePrefix}"] }, tags,
});
const nsg = new network.NetworkSecurityGroup("nsg", {
  ...at, networkSecurityGroupName: "nsg-cloudpc",
  securityRules: [{
    name: "deny-rdp", priority: 200, direction: "Inbound", access: "Deny", protocol: "Tcp",
    sourceAddressPrefix: "*", sourcePortRange: "*", destinationAddressPrefix: "*", destinationPortRange: "3389",
  }],
  tags,
});
const inSpoke = { ...at, virtualNetworkName: spoke.name, networkSecurityGroup: { id: nsg.id }, defaultOutboundAccess: false };
const first = new network.Subnet("first", { ...inSpoke, subnetName: "snet-cloudpc-1", addressPrefix: "10.20.1.0/24" });
const second = new network.Subnet(
  "second", { ...inSpoke, subnetName: "snet-cloudpc-2", addressPrefix: "10.20.2.0/24" }, { dependsOn: first },
);
// Azure sets the state when the other side appears; as an input it keeps a refresh from reporting that as a change.
const peering = { ...at, allowVirtualNetworkAccess: true, peeringState: "Connected" };
const toSpoke = new network.VirtualNetworkPeering(
  "to-spoke",
  { ...peering, virtualNetworkName: hub.name, virtualNetworkPeeringName: "to-spoke", remoteVirtualNetwork: { id: spoke.id } },
  { dependsOn: second },
);
new network.VirtualNetworkPeering(
  "to-hub",
  { ...peering, virtualNetworkName: spoke.name, virtualNetworkPeeringName: "to-hub", remoteVirtualNetwork: { id: hub.id } },
  { dependsOn: toSpoke },
);
${extra}
export const subnetId = first.id;
`;
}
