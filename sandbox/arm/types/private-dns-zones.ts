import { nameOf, parentId, sameId } from "../arm-id.ts";
import type { ArmError, ArmPut } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { badRequest, conflict } from "../refusal.ts";
import { refId } from "../wire.ts";

const linkType = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";

/** Private DNS zones. Source: https://learn.microsoft.com/azure/dns/private-dns-overview (as of 2026-11-21). */
export const privateDnsZones = defineRules({
  type: "Microsoft.Network/privateDnsZones",
  apiVersion: "2024-06-01",
  name: {
    min: 1,
    max: 63 * 4,
    pattern: /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)+$/,
    code: "InvalidZoneName",
    characters: "It must be a DNS name of 2 to 34 labels.",
  },
  place: "global",
  *refuseDelete({ id, estate }) {
    if (!estate.children(id).some((child) => child.type.toLowerCase() === linkType.toLowerCase())) return;
    yield conflict(
      "CannotDeleteResource",
      `Cannot delete resource '${nameOf(id)}' while nested resources 'virtualNetworkLinks' exist. Delete all nested resources before deleting it.`,
    );
  },
  computed: ({ id }) => ({ maxNumberOfRecordSets: 25000, maxNumberOfVirtualNetworkLinks: 1000, internalId: id }),
  replaceOn: [],
  duration: { create: 35, update: 10, delete: 20 },
});

/** Links of a private zone to virtual networks. */
export const privateDnsZoneLinks = defineRules({
  type: linkType,
  apiVersion: "2024-06-01",
  name: networkName,
  place: "global",
  references: [{ path: "properties.virtualNetwork.id", type: "Microsoft.Network/virtualNetworks" }],
  defaults: { registrationEnabled: false },
  *refusePut(put: ArmPut): Generator<ArmError> {
    const { id, body, estate } = put;
    const network = refId(body.properties.virtualNetwork);
    if (network === undefined) {
      yield badRequest("MissingVirtualNetwork", `Virtual network link ${nameOf(id)} must have a virtual network.`);
      return;
    }
    const links = estate
      .list(linkType)
      .filter((other) => !sameId(other.id, id) && sameId(refId(other.properties.virtualNetwork), network));
    const zone = nameOf(parentId(id) ?? "");
    const twin = links.find((other) => nameOf(parentId(other.id) ?? "").toLowerCase() === zone.toLowerCase());
    if (twin !== undefined) {
      yield badRequest(
        "BadRequest",
        `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zone}' and '${nameOf(parentId(twin.id) ?? "")}' zones.`,
      );
    }
    const registering = links.find((other) => other.properties.registrationEnabled === true);
    if (body.properties.registrationEnabled === true && registering !== undefined) {
      yield badRequest(
        "BadRequest",
        `Virtual network ${network} already registers in zone ${nameOf(parentId(registering.id) ?? "")}; a virtual network registers in one zone.`,
      );
    }
  },
  computed: ({ body }) => ({
    virtualNetworkLinkState: "Completed",
    registrationEnabled: body.properties.registrationEnabled ?? false,
  }),
  replaceOn: [],
  duration: { create: 35, update: 15, delete: 15 },
});
