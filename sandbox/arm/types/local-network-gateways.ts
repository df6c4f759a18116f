import { overlaps, readAddress, readCidrs } from "../addresses.ts";
import { nameOf } from "../arm-id.ts";
import { checkPrefix } from "../check-prefix.ts";
import type { ArmError, ArmPut } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { number, record, strings, text } from "../wire.ts";

/** The on-premises side of a site-to-site VPN. Source: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq (as of 2026-11-21). */
export const localNetworkGateways = defineRules({
  type: "Microsoft.Network/localNetworkGateways",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  refusePut,
  *refuseDelete({ id, estate }) {
    const users = usersOf(estate, id, "Microsoft.Network/connections");
    if (users.length === 0) return;
    yield badRequest(
      "LocalNetworkGatewayInUse",
      `Local network gateway ${id} cannot be deleted because it is used by connection(s) ${users.map((user) => user.id).join(", ")}.`,
    );
  },
  computed: ({ id }) => ({ resourceGuid: stableGuid(id) }),
  replaceOn: [],
  duration: { create: 12, update: 12, delete: 11 },
});

const prefixesMax = 1000;
const reservedAsns = new Set([8074, 8075, 12076, 23456, 65515, 65517, 65518, 65519, 65520]);

function* refusePut({ id, body }: ArmPut): Generator<ArmError> {
  const { gatewayIpAddress, fqdn, bgpSettings } = body.properties;
  const address = text(gatewayIpAddress);
  const prefixes = strings(record(body.properties.localNetworkAddressSpace).addressPrefixes);
  if ((address === undefined) === (text(fqdn) === undefined)) {
    yield badRequest(
      "LocalNetworkGatewayAddressInvalid",
      `Local network gateway ${nameOf(id)} must have either gatewayIpAddress or fqdn.`,
    );
  }
  if (address !== undefined && readAddress(address) === undefined) {
    yield badRequest(
      "InvalidIPAddressFormat",
      `Gateway IP address '${address}' of local network gateway ${nameOf(id)} is not a valid IP address.`,
    );
  }
  for (const prefix of prefixes) yield* checkPrefix(prefix, id);
  const blocks = readCidrs(prefixes);
  const twin = blocks.find((block, index) => blocks.slice(0, index).some((other) => overlaps(block, other)));
  if (twin !== undefined) {
    yield badRequest(
      "LocalNetworkGatewayPrefixesOverlap",
      `Address prefix ${twin.canonical} of local network gateway ${nameOf(id)} overlaps with another of its prefixes.`,
    );
  }
  if (prefixes.length === 0 && bgpSettings === undefined) {
    yield badRequest(
      "LocalNetworkGatewayAddressSpaceRequired",
      `Local network gateway ${nameOf(id)} must have address prefixes unless it uses BGP.`,
    );
  }
  if (prefixes.length > prefixesMax) {
    yield badRequest(
      "LocalNetworkGatewayPrefixLimitExceeded",
      `Local network gateway ${nameOf(id)} has ${prefixes.length} address prefixes; at most ${prefixesMax} are allowed.`,
    );
  }
  const asn = number(record(bgpSettings).asn);
  if (
    asn !== undefined &&
    (reservedAsns.has(asn) || (asn >= 64496 && asn <= 64511) || (asn >= 65535 && asn <= 65551))
  ) {
    yield badRequest(
      "BgpAsnReserved",
      `ASN ${asn} of local network gateway ${nameOf(id)} is reserved and cannot be used on premises.`,
    );
  }
}
