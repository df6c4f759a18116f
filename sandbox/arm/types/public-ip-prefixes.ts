import { nameOf } from "../arm-id.ts";
import type { ArmError, ArmPut } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { allocatePrefix } from "../public-addresses.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";
import { number, record, sameText, text } from "../wire.ts";

/** Public IP prefixes. Source of the sizes: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-address-prefix (as of 2026-11-21). */
export const publicIpPrefixes = defineRules({
  type: "Microsoft.Network/publicIPPrefixes",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  defaults: { publicIPAddressVersion: "IPv4" },
  notStored: ["publicIPAddresses"],
  refusePut,
  *refuseDelete({ id, estate }) {
    const users = usersOf(estate, id, "Microsoft.Network/publicIPAddresses", "Microsoft.Network/natGateways");
    if (users.length === 0) return;
    yield badRequest(
      "PublicIpPrefixInUse",
      `Public IP prefix ${nameOf(id)} cannot be deleted because it is in use by ${users.map((user) => user.id).join(", ")}.`,
    );
  },
  computed: ({ id, body, previous, estate }) => ({
    resourceGuid: stableGuid(id),
    ipPrefix:
      text(previous?.properties.ipPrefix) ?? allocatePrefix(id, number(body.properties.prefixLength) ?? 28, estate),
  }),
  present: (prefix, estate) => {
    const ids = usersOf(estate, prefix.id, "Microsoft.Network/publicIPAddresses").map(({ id }) => ({ id }));
    return ids.length === 0 ? prefix : { ...prefix, properties: { ...prefix.properties, publicIPAddresses: ids } };
  },
  duration: { create: 5, update: 5, delete: 11 },
});

function* refusePut({ id, body, previous }: ArmPut): Generator<ArmError> {
  const length = number(body.properties.prefixLength);
  if (!(text(record(body.sku).name) ?? "").startsWith("Standard")) {
    yield badRequest(
      "PublicIPPrefixSkuInvalid",
      `Public IP prefix ${nameOf(id)} must have SKU Standard or StandardV2.`,
    );
  }
  if (length === undefined || length < 28 || length > 31) {
    yield badRequest(
      "PublicIPPrefixLengthInvalid",
      `Public IP prefix ${nameOf(id)} has prefix length ${length}; IPv4 prefixes are /28 to /31.`,
    );
  }
  const before = number(previous?.properties.prefixLength);
  if (before !== undefined && before !== length) {
    yield badRequest(
      "PublicIPPrefixLengthCannotBeChanged",
      `Prefix length of public IP prefix ${nameOf(id)} cannot be changed from ${before} to ${length}.`,
    );
  }
  if (sameText(body.properties.publicIPAddressVersion, "IPv6")) {
    yield badRequest(
      "SandboxDoesNotImitateIPv6",
      `The sandbox does not imitate IPv6 (public IP prefix ${nameOf(id)}).`,
    );
  }
}
