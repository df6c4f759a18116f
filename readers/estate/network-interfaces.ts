import type { BastionHost, NetworkInterface, VirtualMachine } from "../../model/estate/egress.ts";
import { defined } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet } from "./resource-set.ts";

/** Network interfaces with their ip configurations; those of IPv6 are left out. */
export function readNetworkInterfaces(set: ResourceSet): readonly NetworkInterface[] {
  return set.of("Microsoft.Network/networkInterfaces").map((source) => {
    const { fields } = source;
    const configurations = set
      .parts(source, "ipConfigurations")
      .filter((part) => part.fields.oneOf("privateIPAddressVersion", ["IPv4", "IPv6"]) !== "IPv6");
    return {
      ...resourceOf(source),
      ipConfigurations: configurations.map((part) => ({
        ...resourceOf(part),
        ...defined({
          privateIpAddress: part.fields.address("privateIPAddress"),
          primary: part.fields.boolean("primary"),
          subnetId: part.fields.reference("subnet"),
          publicIpAddressId: part.fields.reference("publicIPAddress"),
        }),
        applicationSecurityGroupIds: part.fields.references("applicationSecurityGroups"),
        loadBalancerBackendAddressPoolIds: part.fields.references("loadBalancerBackendAddressPools"),
        loadBalancerInboundNatRuleIds: part.fields.references("loadBalancerInboundNatRules"),
      })),
      ...defined({
        networkSecurityGroupId: fields.reference("networkSecurityGroup"),
        enableIPForwarding: fields.boolean("enableIPForwarding"),
        virtualMachineId: fields.reference("virtualMachine"),
        privateEndpointId: fields.reference("privateEndpoint"),
      }),
      dnsServers: fields.object("dnsSettings")?.addresses("dnsServers") ?? [],
    };
  });
}

/** Virtual machines: which network interface is whose. */
export function readVirtualMachines(set: ResourceSet): readonly VirtualMachine[] {
  return set.of("Microsoft.Compute/virtualMachines").map((source) => ({
    ...resourceOf(source),
    networkInterfaceIds: source.fields.object("networkProfile")?.references("networkInterfaces") ?? [],
  }));
}

/** Bastion hosts: where they sit. */
export function readBastionHosts(set: ResourceSet): readonly BastionHost[] {
  return set.of("Microsoft.Network/bastionHosts").map((source) => {
    const [configuration] = source.fields.objects("ipConfigurations");
    return {
      ...resourceOf(source),
      ...defined({
        subnetId: configuration?.reference("subnet"),
        publicIpAddressId: configuration?.reference("publicIPAddress"),
        skuName: source.fields.object("sku")?.text("name"),
      }),
    };
  });
}
