import { nameOf, parentId } from "../arm-id.ts";
import { repeatedName } from "../child-lists.ts";
import type { ArmError, ArmPut, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { checkPublicIpIsFree, checkStaticAddress, freeAddress, identified } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { badRequest } from "../refusal.ts";
import { normalizeLocation } from "../regions.ts";
import { stableGuid } from "../stable.ts";
import { list, propertiesOf, records, refId, sameText, text, type Wire } from "../wire.ts";

/** Network interfaces: Windows 365 puts one into the Cloud PC subnet for each Cloud PC. */
export const networkInterfaces = defineRules({
  type: "Microsoft.Network/networkInterfaces",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [
    { path: "properties.ipConfigurations[].properties.subnet.id", type: "Microsoft.Network/virtualNetworks/subnets" },
    {
      path: "properties.ipConfigurations[].properties.publicIPAddress.id",
      type: "Microsoft.Network/publicIPAddresses",
      sameRegion: true,
    },
    {
      path: "properties.networkSecurityGroup.id",
      type: "Microsoft.Network/networkSecurityGroups",
      sameRegion: true,
      sameSubscription: true,
    },
  ],
  defaults: { enableAcceleratedNetworking: false, enableIPForwarding: false },
  refusePut,
  *refuseDelete({ id, current }) {
    const machine = refId(current.properties.virtualMachine);
    if (machine === undefined) return;
    yield badRequest(
      "NicInUse",
      `Network Interface ${id} is used by existing resource ${machine}. In order to delete the network interface, it must be dissociated from the resource.`,
    );
  },
  computed: ({ id, body, previous, estate }) => ({
    resourceGuid: stableGuid(id),
    ipConfigurations: identified(id, "ipConfigurations", body.properties.ipConfigurations, (entry) => ({
      privateIPAllocationMethod: text(propertiesOf(entry).privateIPAllocationMethod) ?? "Dynamic",
      privateIPAddress: addressOf(entry, previous?.properties.ipConfigurations, estate),
      primary: propertiesOf(entry).primary ?? true,
    })),
  }),
  replaceOn: [],
  duration: { create: 5, update: 5, delete: 5 },
});

function* refusePut(put: ArmPut): Generator<ArmError> {
  const { id, body, estate } = put;
  const entries = records(body.properties.ipConfigurations);
  if (entries.length === 0)
    yield badRequest(
      "NetworkInterfaceMustHaveOneIpConfiguration",
      `Network interface ${id} must have one or more IP configurations.`,
    );
  const twin = repeatedName(entries);
  if (twin !== undefined)
    yield badRequest(
      "DuplicateResourceName",
      `Network interface ${nameOf(id)} has more than one IP configuration named ${twin}.`,
    );
  for (const entry of entries) {
    const subnetId = refId(propertiesOf(entry).subnet);
    const publicIp = refId(propertiesOf(entry).publicIPAddress);
    if (subnetId === undefined)
      yield badRequest(
        "SubnetRequired",
        `IP configuration ${text(entry.name)} of network interface ${nameOf(id)} must have a subnet.`,
      );
    else yield* checkSubnet(put, subnetId);
    if (publicIp !== undefined) yield* checkPublicIpIsFree(put, publicIp);
    yield* checkStaticAddress(put, entry);
    const isDynamic = !sameText(propertiesOf(entry).privateIPAllocationMethod, "Static");
    if (
      subnetId !== undefined &&
      isDynamic &&
      put.previous === undefined &&
      freeAddress(estate, subnetId) === undefined
    ) {
      yield badRequest("SubnetIsFull", `Subnet ${nameOf(subnetId)} does not have enough capacity for 1 IP addresses.`);
    }
  }
}

function* checkSubnet({ id, body, estate }: ArmPut, subnetId: string): Generator<ArmError> {
  const network = estate.get(parentId(subnetId) ?? "");
  if (
    network?.location !== undefined &&
    normalizeLocation(network.location) !== normalizeLocation(text(body.location) ?? "")
  ) {
    yield badRequest(
      "InvalidResourceReference",
      `Resource ${subnetId} referenced by resource ${id} was not found. ` +
        "Please make sure that the referenced resource exists, and that both resources are in the same region.",
    );
  }
  if (nameOf(subnetId).toLowerCase() === "gatewaysubnet") {
    yield badRequest("GatewaySubnet", "Subnet with name 'GatewaySubnet' can be used only for the Gateway resource.");
  }
  const delegations = list(estate.get(subnetId)?.properties.delegations).map((entry) =>
    text(propertiesOf(entry).serviceName),
  );
  if (delegations.length > 0) {
    yield badRequest(
      "ResourceNotPermittedOnDelegatedSubnet",
      `Network interface ${nameOf(id)} cannot use subnet ${subnetId}: it is delegated to ${delegations.join(", ")}.`,
    );
  }
}

function addressOf(entry: Wire, before: unknown, estate: EstateView): string | undefined {
  const stated = text(propertiesOf(entry).privateIPAddress);
  if (stated !== undefined) return stated;
  const kept = records(before).find((old) => sameText(old.name, text(entry.name) ?? ""));
  const isSameSubnet = refId(propertiesOf(kept).subnet) === refId(propertiesOf(entry).subnet);
  const subnetId = refId(propertiesOf(entry).subnet);
  return (isSameSubnet ? text(propertiesOf(kept).privateIPAddress) : undefined) ?? freeAddress(estate, subnetId ?? "");
}
