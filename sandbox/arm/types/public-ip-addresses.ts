import { nameOf } from "../arm-id.ts";
import type { ArmError, ArmPut, ArmResource, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { ipConfigurationsUsing } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { allocateAddress, isAddressIn } from "../public-addresses.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { record, refId, sameText, text, type Wire } from "../wire.ts";

/** Public IP addresses; new ones are Standard or StandardV2, and those are static. */
export const publicIpAddresses = defineRules({
  type: "Microsoft.Network/publicIPAddresses",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [
    {
      path: "properties.publicIPPrefix.id",
      type: "Microsoft.Network/publicIPPrefixes",
      sameRegion: true,
      sameSubscription: true,
    },
  ],
  defaults: { publicIPAddressVersion: "IPv4", publicIPAllocationMethod: "Dynamic", idleTimeoutInMinutes: 4 },
  notStored: ["ipConfiguration", "natGateway"],
  refusePut,
  *refuseDelete({ id, estate }) {
    const holder = holders(estate, id)[0];
    if (holder === undefined) return;
    yield badRequest(
      "PublicIPAddressCannotBeDeleted",
      `Public IP address ${id} can not be deleted since it is still allocated to resource ${holder}. In order to delete ` +
        "the public IP, disassociate/detach the Public IP address from the resource. To learn how to do this, see aka.ms/deletepublicip.",
    );
  },
  computed,
  present,
  // Source: provider/pkg/gen/replacement.go of pulumi-azure-native, read 2026-11-21.
  replaceOn: ["location", "properties.publicIPAddressVersion", "properties.publicIPPrefix", "sku"],
  duration: { create: 5, update: 5, delete: 11 },
});

function* refusePut({ id, body, previous, estate }: ArmPut): Generator<ArmError> {
  const sku = text(record(body.sku).name) ?? "Basic";
  const isDynamic = !sameText(body.properties.publicIPAllocationMethod, "Static");
  // Basic addresses were retired on 2025-09-30: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance (as of 2026-11-21).
  if (sameText(sku, "Basic") && previous === undefined) {
    yield badRequest(
      "IPv4BasicSkuPublicIpCountLimitReached",
      "Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.",
    );
  } else if (!sameText(sku, "Basic") && isDynamic) {
    yield badRequest(
      "StandardSkuPublicIPAddressesCannotHaveDynamicAllocation",
      `Public IP address ${nameOf(id)} has SKU ${sku}: it must have static allocation.`,
    );
  }
  const before = text(record(previous?.sku).name);
  if (before !== undefined && !sameText(sku, before)) {
    yield badRequest(
      "PublicIPAddressSkuCannotBeChanged",
      `SKU of public IP address ${nameOf(id)} cannot be changed from ${before} to ${sku}.`,
    );
  }
  yield* checkZones(id, body, previous);
  const prefixId = refId(body.properties.publicIPPrefix);
  const prefixSku = text(record(prefixId === undefined ? undefined : estate.get(prefixId)?.sku).name);
  if (prefixSku !== undefined && !sameText(sku, prefixSku)) {
    yield badRequest(
      "PublicIPPrefixSkuMismatch",
      `Public IP address ${nameOf(id)} has SKU ${sku}, its prefix has ${prefixSku}.`,
    );
  }
}

function* checkZones(id: string, body: ArmResource, previous: ArmResource | undefined): Generator<ArmError> {
  if (previous === undefined || JSON.stringify(previous.zones ?? []) === JSON.stringify(body.zones ?? [])) return;
  yield badRequest(
    "ResourceAvailabilityZonesCannotBeModified",
    `Resource ${id} has an existing availability zone constraint ${JSON.stringify(previous.zones ?? [])} and the request has ` +
      `availability zone constraint ${JSON.stringify(body.zones ?? [])}, which do not match. Zones cannot be added/updated/removed once the resource is created.`,
  );
}

function computed({ id, body, previous, estate }: ArmPut): Wire {
  const prefixId = refId(body.properties.publicIPPrefix);
  const prefix = text(prefixId === undefined ? undefined : estate.get(prefixId)?.properties.ipPrefix);
  const kept = text(previous?.properties.ipAddress);
  const isKept = kept !== undefined && (prefix === undefined || isAddressIn(kept, prefix));
  const isStatic = sameText(body.properties.publicIPAllocationMethod, "Static");
  return {
    resourceGuid: stableGuid(id),
    ...(isStatic ? { ipAddress: isKept ? kept : allocateAddress(id, prefix, estate) } : {}),
  };
}

function holders(estate: EstateView, id: string): readonly string[] {
  const nats = usersOf(estate, id, "Microsoft.Network/natGateways").map((nat) => nat.id);
  return [...ipConfigurationsUsing(estate, id), ...nats];
}

function present(address: ArmResource, estate: EstateView): ArmResource {
  const nat = usersOf(estate, address.id, "Microsoft.Network/natGateways")[0];
  const configuration = ipConfigurationsUsing(estate, address.id)[0];
  return {
    ...address,
    properties: {
      ...address.properties,
      ...(configuration === undefined ? {} : { ipConfiguration: { id: configuration } }),
      ...(nat === undefined ? {} : { natGateway: { id: nat.id } }),
    },
  };
}
