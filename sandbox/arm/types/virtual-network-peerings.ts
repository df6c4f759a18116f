import { overlaps, readCidrs } from "../addresses.ts";
import { nameOf, parentId, sameId } from "../arm-id.ts";
import type { ArmError, ArmPut, ArmResource, Cascade, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { record, refId, strings } from "../wire.ts";

const type = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";

/**
 * Peerings: Initiated until the other side exists, then Connected; Disconnected when the other side goes away.
 *
 * The stored `peeringState` says whether the link was ever up; a GET shows what it is now.
 */
export const virtualNetworkPeerings = defineRules({
  type,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "none",
  defaults: {
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: false,
    allowGatewayTransit: false,
    useRemoteGateways: false,
    doNotVerifyRemoteGateways: false,
    peerCompleteVnets: true,
  },
  references: [{ path: "properties.remoteVirtualNetwork.id", type: "Microsoft.Network/virtualNetworks" }],
  notStored: [
    "remoteVirtualNetworkAddressSpace",
    "peeringSyncLevel",
    "remoteBgpCommunities",
    "remoteVirtualNetworkEncryption",
  ],
  refusePut,
  computed,
  cascade,
  present,
  // ARM takes the far network too: two peerings of one hub at once collide there.
  locks: (id, body) => [parentId(id) ?? id, ...remoteIds(body)],
  replaceOn: [],
  duration: { create: 12, update: 12, delete: 12 },
});

function* refusePut(put: ArmPut): Generator<ArmError> {
  const { id, body, previous, estate } = put;
  const remoteId = refId(body.properties.remoteVirtualNetwork);
  const localId = parentId(id) ?? "";
  if (remoteId === undefined) {
    yield badRequest(
      "InvalidRequestFormat",
      "Cannot parse the request. Value for reference id is missing. Path properties.remoteVirtualNetwork.",
    );
    return;
  }
  const before = refId(previous?.properties.remoteVirtualNetwork);
  if (before !== undefined && !sameId(before, remoteId)) {
    yield badRequest(
      "ChangingRemoteVirtualNetworkNotAllowed",
      `Changing remote virtual network on peering ${id} is not allowed.`,
    );
    return;
  }
  if (sameId(remoteId, localId)) {
    yield badRequest(
      "CannotPeerVirtualNetworkWithItself",
      `Cannot create peering ${id}: virtual network ${localId} cannot be peered with itself.`,
    );
    return;
  }
  const twin = peeringsOf(estate, localId).find((other) => !sameId(other.id, id) && sameId(remoteOf(other), remoteId));
  if (twin !== undefined) {
    yield badRequest(
      "AnotherPeeringAlreadyReferencesRemoteVnet",
      `Peering ${twin.id} already references remote virtual network ${remoteId}. ` +
        "Cannot add another peering referencing the same remote virtual network.",
    );
  }
  yield* checkSpaces(put, localId, remoteId);
  yield* checkFarSide(put, localId, remoteId);
  yield* checkGateways(put, localId, remoteId);
}

function* checkSpaces({ id, estate }: ArmPut, localId: string, remoteId: string): Generator<ArmError> {
  const local = space(estate, localId);
  const remote = space(estate, remoteId);
  const shared = local.filter((block) => remote.some((other) => overlaps(block, other)));
  if (shared.length > 0) {
    yield badRequest(
      "VnetAddressSpacesOverlap",
      `Cannot create or update peering ${id}. Virtual networks ${localId} and ${remoteId} cannot be peered because ` +
        `their address spaces overlap. Overlapping address prefixes: ${shared.map((block) => block.canonical).join(", ")}`,
    );
  }
  for (const [near, far, block] of [
    [localId, remoteId, remote],
    [remoteId, localId, local],
  ] as const) {
    const third = peeringsOf(estate, near)
      .map(remoteOf)
      .find(
        (other) =>
          other !== undefined &&
          !sameId(other, far) &&
          space(estate, other).some((one) => block.some((two) => overlaps(one, two))),
      );
    if (third === undefined) continue;
    yield badRequest(
      "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
      `Cannot create or update peering ${id}. Virtual networks ${localId} and ${remoteId} cannot be peered because address ` +
        `space of ${far} overlaps with address space of virtual network ${third} already peered with ${near}.`,
    );
  }
}

function* checkFarSide({ id, estate }: ArmPut, localId: string, remoteId: string): Generator<ArmError> {
  const far = farSide(estate, localId, remoteId);
  if (far === undefined || stateOf(far, estate) !== "Disconnected") return;
  yield badRequest(
    "RemotePeeringIsDisconnected",
    `Cannot create or update peering ${id} because remote peering ${far.id} referencing parent virtual network ${localId} ` +
      "is in Disconnected state. Update or re-create the remote peering to get it back to Initiated state. " +
      "Peering gets Disconnected when remote vnet or remote peering is deleted and re-created.",
  );
}

/** Source: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit (as of 2026-11-21). */
function* checkGateways({ id, body, estate }: ArmPut, localId: string, remoteId: string): Generator<ArmError> {
  const { useRemoteGateways, allowGatewayTransit, doNotVerifyRemoteGateways } = body.properties;
  const far = farSide(estate, localId, remoteId);
  if (allowGatewayTransit !== true && far?.properties.useRemoteGateways === true) {
    yield badRequest(
      "AllowGatewayTransitInUse",
      `Peering ${id} cannot have AllowGatewayTransit flag set to false, because corresponding remote peering ${far.id} has UseRemoteGateways flag set to true.`,
    );
  }
  if (useRemoteGateways !== true) return;
  if (allowGatewayTransit === true) {
    yield badRequest(
      "AllowGatewayTransitAndUseRemoteGatewaysBothSet",
      `Peering ${id} cannot have both AllowGatewayTransit and UseRemoteGateways flags set to true.`,
    );
  }
  if (!hasGateway(estate, remoteId) && doNotVerifyRemoteGateways !== true) {
    yield badRequest(
      "RemoteVnetHasNoGateways",
      `Peering ${id} cannot have UseRemoteGateway flag set to true because remote virtual network ${remoteId} ` +
        "referenced by the peering does not have any gateways.",
    );
  }
  if (hasGateway(estate, localId)) {
    yield badRequest(
      "VnetHasGateways",
      `Peering ${id} cannot have UseRemoteGateways flag set to true because virtual network ${localId} has a gateway of its own.`,
    );
  }
  const other = peeringsOf(estate, localId).find(
    (one) => !sameId(one.id, id) && one.properties.useRemoteGateways === true,
  );
  if (other !== undefined) {
    yield badRequest(
      "OnlyOnePeeringCanUseRemoteGateways",
      `Peering ${id} cannot have UseRemoteGateways flag set to true because peering ${other.id} already has it.`,
    );
  }
  if (far !== undefined && far.properties.allowGatewayTransit !== true) {
    yield badRequest(
      "RemotePeeringAllowGatewayTransitDisabled",
      `Peering ${id} cannot have UseRemoteGateways flag set to true, because corresponding remote peering ${far.id} has AllowGatewayTransit flag set to false.`,
    );
  }
}

function computed({ id, body, previous, estate, query }: ArmPut) {
  const remoteId = refId(body.properties.remoteVirtualNetwork) ?? "";
  const far = farSide(estate, parentId(id) ?? "", remoteId);
  const isSynced = previous === undefined || query?.syncRemoteAddressSpace === "true";
  return {
    peeringState: far === undefined ? "Initiated" : "Connected",
    remoteAddressSpace: isSynced ? currentSpace(estate, remoteId) : previous.properties.remoteAddressSpace,
    resourceGuid: stableGuid(
      [parentId(id) ?? "", remoteId]
        .map((one) => one.toLowerCase())
        .sort()
        .join(),
    ),
  };
}

// Both sides learn that the link is up, so that each can tell Disconnected from never connected.
function cascade({ id, body, estate }: ArmPut): Cascade {
  const far = farSide(estate, parentId(id) ?? "", refId(body.properties.remoteVirtualNetwork) ?? "");
  if (far === undefined) return { put: [], remove: [] };
  return { put: [{ ...far, properties: { ...far.properties, peeringState: "Connected" } }], remove: [] };
}

function present(peering: ArmResource, estate: EstateView): ArmResource {
  const remoteId = remoteOf(peering) ?? "";
  const local = parentId(peering.id) ?? "";
  const isLocalStale = !isSameSpace(peering.properties.remoteAddressSpace, currentSpace(estate, remoteId));
  const far = farSide(estate, local, remoteId);
  const isRemoteStale =
    far !== undefined && !isSameSpace(far.properties.remoteAddressSpace, currentSpace(estate, local));
  return {
    ...peering,
    properties: {
      ...peering.properties,
      peeringState: stateOf(peering, estate),
      peeringSyncLevel: syncLevel(isLocalStale, isRemoteStale),
      remoteVirtualNetworkAddressSpace: currentSpace(estate, remoteId),
    },
  };
}

function syncLevel(isLocalStale: boolean, isRemoteStale: boolean): string {
  if (isLocalStale && isRemoteStale) return "LocalAndRemoteNotInSync";
  if (isLocalStale) return "LocalNotInSync";
  return isRemoteStale ? "RemoteNotInSync" : "FullyInSync";
}

function stateOf(peering: ArmResource, estate: EstateView): string {
  const isUp = farSide(estate, parentId(peering.id) ?? "", remoteOf(peering) ?? "") !== undefined;
  if (isUp) return peering.properties.peeringState === "Connected" ? "Connected" : "Initiated";
  return peering.properties.peeringState === "Connected" ? "Disconnected" : "Initiated";
}

/** The peering that leads back: from the remote network to the local one. */
function farSide(estate: EstateView, localId: string, remoteId: string): ArmResource | undefined {
  return peeringsOf(estate, remoteId).find((peering) => sameId(remoteOf(peering), localId));
}

function peeringsOf(estate: EstateView, networkId: string): readonly ArmResource[] {
  return estate.children(networkId).filter((child) => child.type.toLowerCase() === type.toLowerCase());
}

function remoteOf(peering: ArmResource): string | undefined {
  return refId(peering.properties.remoteVirtualNetwork);
}

function remoteIds(body: ArmResource | undefined): readonly string[] {
  const remote = body && remoteOf(body);
  return remote === undefined ? [] : [remote];
}

function hasGateway(estate: EstateView, networkId: string): boolean {
  return estate
    .children(networkId)
    .filter((child) => nameOf(child.id).toLowerCase() === "gatewaysubnet")
    .some((subnet) => estate.referrers(subnet.id).some((user) => isReadyGateway(user)));
}

function isReadyGateway(user: ArmResource): boolean {
  return (
    user.type.toLowerCase() === "microsoft.network/virtualnetworkgateways" &&
    user.properties.provisioningState === "Succeeded"
  );
}

function currentSpace(estate: EstateView, networkId: string) {
  return { addressPrefixes: strings(record(estate.get(networkId)?.properties.addressSpace).addressPrefixes) };
}

function space(estate: EstateView, networkId: string) {
  return readCidrs(currentSpace(estate, networkId).addressPrefixes);
}

function isSameSpace(a: unknown, b: { readonly addressPrefixes: readonly string[] }): boolean {
  return [...strings(record(a).addressPrefixes)].sort().join() === [...b.addressPrefixes].sort().join();
}
