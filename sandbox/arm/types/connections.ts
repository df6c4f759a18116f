import { nameOf } from "../arm-id.ts";
import type { ArmError, ArmPut, ArmResource } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { badRequest } from "../refusal.ts";
import { normalizeLocation } from "../regions.ts";
import { stableGuid } from "../stable.ts";
import { number, record, records, refId, sameText, text, type Wire } from "../wire.ts";

/**
 * Gateway connections. A GET never shows the shared key, so it is not kept.
 * Source: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq (as of 2026-11-21) (text of 2026-06-04).
 */
export const connections = defineRules({
  type: "Microsoft.Network/connections",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [
    {
      path: "properties.virtualNetworkGateway1.id",
      type: "Microsoft.Network/virtualNetworkGateways",
      sameSubscription: true,
    },
    { path: "properties.virtualNetworkGateway2.id", type: "Microsoft.Network/virtualNetworkGateways" },
    { path: "properties.localNetworkGateway2.id", type: "Microsoft.Network/localNetworkGateways" },
    { path: "properties.peer.id", type: "Microsoft.Network/expressRouteCircuits" },
  ],
  defaults: {
    routingWeight: 0,
    enableBgp: false,
    usePolicyBasedTrafficSelectors: false,
    useLocalAzureIpAddress: false,
    expressRouteGatewayBypass: false,
    connectionMode: "Default",
    dpdTimeoutSeconds: 0,
  },
  notStored: ["sharedKey", "authorizationKey", "egressBytesTransferred", "ingressBytesTransferred"],
  refusePut,
  computed: ({ id, body }) => ({
    resourceGuid: stableGuid(id),
    connectionStatus: "Unknown",
    ...(sameText(body.properties.connectionType, "IPsec")
      ? { connectionProtocol: text(body.properties.connectionProtocol) ?? "IKEv2" }
      : {}),
  }),
  locks: (_id, body) =>
    ["virtualNetworkGateway1", "virtualNetworkGateway2"]
      .map((end) => refId(body?.properties[end]))
      .filter((id) => id !== undefined),
  replaceOn: [],
  duration: { create: 20, update: 20, delete: 20 },
});

function* refusePut({ id, body, previous, estate }: ArmPut): Generator<ArmError> {
  const { connectionType, virtualNetworkGateway2, localNetworkGateway2, peer, connectionProtocol } = body.properties;
  const gateway = estate.get(refId(body.properties.virtualNetworkGateway1) ?? "");
  const farEnd: Readonly<Record<string, readonly [string, unknown]>> = {
    ipsec: ["localNetworkGateway2", localNetworkGateway2],
    vnet2vnet: ["virtualNetworkGateway2", virtualNetworkGateway2],
    expressroute: ["peer", peer],
  };
  const end = farEnd[String(connectionType).toLowerCase()];
  if (end !== undefined && refId(end[1]) === undefined) {
    yield badRequest(
      "ConnectionFarEndRequired",
      `Connection ${nameOf(id)} of type ${text(connectionType)} must have ${end[0]}.`,
    );
  }
  if (gateway !== undefined) yield* checkGateway(id, body, gateway);
  yield* checkSharedKey(id, body.properties.sharedKey);
  yield* checkIpsecPolicies(id, records(body.properties.ipsecPolicies), gateway);
  const before = text(previous?.properties.connectionProtocol);
  if (before !== undefined && text(connectionProtocol) !== undefined && !sameText(connectionProtocol, before)) {
    yield badRequest(
      "ConnectionProtocolCannotBeChanged",
      `Connection protocol of ${nameOf(id)} cannot be changed from ${before}.`,
    );
  }
}

function* checkGateway(id: string, body: ArmResource, gateway: ArmResource): Generator<ArmError> {
  const isExpressRoute = sameText(body.properties.connectionType, "ExpressRoute");
  if (sameText(gateway.properties.gatewayType, "ExpressRoute") !== isExpressRoute) {
    yield badRequest(
      "ConnectionTypeNotSupported",
      `Connection ${nameOf(id)} of type ${text(body.properties.connectionType)} is not supported by gateway ${gateway.name} of type ${text(gateway.properties.gatewayType)}.`,
    );
  }
  if (normalizeLocation(text(gateway.location) ?? "") !== normalizeLocation(text(body.location) ?? "")) {
    yield badRequest(
      "ConnectionLocationMismatch",
      `Connection ${nameOf(id)} must be in the location of its gateway, ${text(gateway.location)}.`,
    );
  }
}

// The key itself is never repeated: messages reach logs.
function* checkSharedKey(id: string, key: unknown): Generator<ArmError> {
  if (key === undefined || key === null) return;
  const isValid =
    typeof key === "string" && key.length >= 1 && key.length <= 128 && /^[\x21-\x7e]*$/.test(key) && !/[-~]/.test(key);
  if (isValid) return;
  yield badRequest(
    "InvalidSharedKey",
    `Shared key of connection ${nameOf(id)} must have 1 to 128 printable ASCII characters without space, hyphen or tilde.`,
  );
}

function* checkIpsecPolicies(
  id: string,
  policies: readonly Wire[],
  gateway: ArmResource | undefined,
): Generator<ArmError> {
  if (policies.length === 0) return;
  if (policies.length > 1) {
    yield badRequest(
      "IpsecPolicyLimitExceeded",
      `Connection ${nameOf(id)} has ${policies.length} IPsec policies; one is allowed.`,
    );
  }
  if (sameText(record(gateway?.properties.sku).name, "Basic")) {
    yield badRequest(
      "IpsecPolicyNotSupported",
      `Connection ${nameOf(id)}: gateway SKU Basic does not support IPsec policies.`,
    );
  }
  for (const policy of policies) {
    const encryption = text(policy.ipsecEncryption) ?? "";
    if (/^GCMAES/i.test(encryption) && !sameText(policy.ipsecIntegrity, encryption)) {
      yield badRequest(
        "IpsecPolicyIntegrityMismatch",
        `Connection ${nameOf(id)}: IPsec encryption ${encryption} needs the same IPsec integrity, not ${text(policy.ipsecIntegrity)}.`,
      );
    }
    if ((number(policy.saLifeTimeSeconds) ?? 0) < 300 || (number(policy.saDataSizeKilobytes) ?? 0) < 1024) {
      yield badRequest(
        "IpsecPolicyLifetimeInvalid",
        `Connection ${nameOf(id)}: SA lifetimes must be at least 300 seconds and 1024 kilobytes.`,
      );
    }
  }
}
