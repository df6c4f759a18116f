import { nameOf } from "../arm-id.ts";
import type { ArmError, ArmPut, ArmResource, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { checkStandardPublicIp } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { idsAt, usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { number, record, sameText, strings, text } from "../wire.ts";

const subnetType = "Microsoft.Network/virtualNetworks/subnets";

/** NAT gateways. Source: https://learn.microsoft.com/azure/nat-gateway/nat-overview (as of 2026-11-21) (text of 2026). */
export const natGateways = defineRules({
  type: "Microsoft.Network/natGateways",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [
    {
      path: "properties.publicIpAddresses[].id",
      type: "Microsoft.Network/publicIPAddresses",
      sameRegion: true,
      sameSubscription: true,
    },
    {
      path: "properties.publicIpPrefixes[].id",
      type: "Microsoft.Network/publicIPPrefixes",
      sameRegion: true,
      sameSubscription: true,
    },
  ],
  defaults: { idleTimeoutInMinutes: 4 },
  notStored: ["subnets"],
  refusePut,
  *refuseDelete({ id, estate }) {
    const users = usersOf(estate, id, subnetType);
    if (users.length === 0) return;
    yield badRequest(
      "InUseNatGatewayCannotBeDeleted",
      `NAT gateway ${id} cannot be deleted because it is in use by ${users.map((user) => user.id).join(", ")}.`,
    );
  },
  computed: ({ id }) => ({ resourceGuid: stableGuid(id) }),
  present: (nat, estate) => {
    const subnets = usersOf(estate, nat.id, subnetType).map(({ id }) => ({ id }));
    return subnets.length === 0 ? nat : { ...nat, properties: { ...nat.properties, subnets } };
  },
  duration: { create: 12, update: 12, delete: 11 },
});

const addressesMax = 16;

function* refusePut(put: ArmPut): Generator<ArmError> {
  const { id, body, previous, estate } = put;
  const sku = text(record(body.sku).name);
  if (sku === undefined) {
    yield badRequest("NatGatewaySkuRequired", `NAT gateway ${nameOf(id)} must have a SKU: Standard or StandardV2.`);
  }
  if (strings(body.zones).length > 1 && sameText(sku, "Standard")) {
    yield badRequest(
      "NatGatewayZonesInvalid",
      `NAT gateway ${nameOf(id)} with SKU Standard can be in one zone at most.`,
    );
  }
  if (previous !== undefined && JSON.stringify(previous.zones ?? []) !== JSON.stringify(body.zones ?? [])) {
    yield badRequest(
      "ResourceAvailabilityZonesCannotBeModified",
      `Resource ${id} has an existing availability zone constraint. Zones cannot be added/updated/removed once the resource is created.`,
    );
  }
  const addresses = idsAt(body, "properties.publicIpAddresses[].id").map((entry) => entry.id);
  const prefixes = idsAt(body, "properties.publicIpPrefixes[].id").map((entry) => entry.id);
  for (const address of addresses) {
    yield* checkStandardPublicIp(put, address);
    yield* checkZone(put, estate.get(address));
    yield* checkSameSku(put, estate.get(address), sku);
  }
  const count = addresses.length + prefixes.reduce((sum, prefix) => sum + prefixSize(estate, prefix), 0);
  if (count > addressesMax) {
    yield badRequest(
      "NatGatewayPublicIPLimitExceeded",
      `NAT gateway ${nameOf(id)} has ${count} public IP addresses; at most ${addressesMax} are allowed.`,
    );
  }
}

// A zonal NAT gateway takes an address of its own zone; a zone-redundant address has all zones.
function* checkZone({ id, body }: ArmPut, address: ArmResource | undefined): Generator<ArmError> {
  const zone = strings(body.zones)[0];
  const zones = strings(address?.zones);
  if (zone === undefined || zones.length === 0 || zones.includes(zone)) return;
  yield badRequest(
    "NatGatewayZoneMismatch",
    `NAT gateway ${nameOf(id)} is in zone ${zone}, its public IP address ${address?.name} in zone ${zones.join(", ")}.`,
  );
}

function* checkSameSku({ id }: ArmPut, address: ArmResource | undefined, sku: string | undefined): Generator<ArmError> {
  const other = text(record(address?.sku).name);
  if (sku === undefined || other === undefined || sameText(sku, other)) return;
  yield badRequest(
    "NatGatewaySkuMismatch",
    `NAT gateway ${nameOf(id)} has SKU ${sku}, its public IP address ${address?.name} has ${other}.`,
  );
}

function prefixSize(estate: EstateView, id: string): number {
  return 2 ** (32 - (number(estate.get(id)?.properties.prefixLength) ?? 32));
}
