import { nameOf, sameId } from "../arm-id.ts";
import type { ArmError, ArmPut } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { checkStandardPublicIp, identified } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { checkServiceSubnet } from "../reserved-subnets.ts";
import { stableGuid } from "../stable.ts";
import { propertiesOf, record, records, refId, sameText } from "../wire.ts";

const type = "Microsoft.Network/bastionHosts";

/** Bastion hosts. Source: https://learn.microsoft.com/azure/bastion/configuration-settings (as of 2026-11-21). */
export const bastionHosts = defineRules({
  type,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [
    { path: "properties.ipConfigurations[].properties.subnet.id", type: "Microsoft.Network/virtualNetworks/subnets" },
    {
      path: "properties.ipConfigurations[].properties.publicIPAddress.id",
      type: "Microsoft.Network/publicIPAddresses",
      sameRegion: true,
      sameSubscription: true,
    },
    { path: "properties.virtualNetwork.id", type: "Microsoft.Network/virtualNetworks", sameRegion: true },
  ],
  defaults: { scaleUnits: 2, disableCopyPaste: false },
  refusePut,
  computed: ({ id, body }) => ({
    dnsName: `bst-${stableGuid(id)}.bastion.azure.com`,
    ipConfigurations: identified(id, "bastionHostIpConfigurations", body.properties.ipConfigurations, () => ({
      privateIPAllocationMethod: "Dynamic",
    })),
  }),
  replaceOn: [],
  duration: { create: 420, update: 300, delete: 300 },
});

function* refusePut(put: ArmPut): Generator<ArmError> {
  const { id, body, estate } = put;
  const entries = records(body.properties.ipConfigurations);
  if (sameText(record(body.sku).name, "Developer")) {
    if (refId(body.properties.virtualNetwork) === undefined) {
      yield badRequest(
        "BastionVirtualNetworkRequired",
        `Bastion host ${nameOf(id)} of SKU Developer must have a virtual network.`,
      );
    }
    return;
  }
  if (entries.length !== 1) {
    yield badRequest(
      "BastionIpConfigurationInvalid",
      `Bastion host ${nameOf(id)} must have one IP configuration; it has ${entries.length}.`,
    );
  }
  for (const entry of entries) {
    const subnetId = refId(propertiesOf(entry).subnet);
    const address = refId(propertiesOf(entry).publicIPAddress);
    if (subnetId === undefined || (address === undefined && body.properties.enablePrivateOnlyBastion !== true)) {
      yield badRequest(
        "BastionIpConfigurationInvalid",
        `Bastion host ${nameOf(id)} must have a subnet and a public IP address.`,
      );
    }
    if (subnetId !== undefined) {
      yield* checkServiceSubnet(estate, subnetId, "AzureBastionSubnet", "Bastion");
      const other = usersOf(estate, subnetId, type).find((user) => !sameId(user.id, id));
      if (other !== undefined)
        yield badRequest("BastionSubnetInUse", `Subnet ${subnetId} already has Bastion host ${other.id}.`);
    }
    if (address !== undefined) yield* checkStandardPublicIp(put, address);
  }
}
