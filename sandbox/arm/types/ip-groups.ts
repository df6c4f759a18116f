import { readRange } from "../addresses.ts";
import { nameOf } from "../arm-id.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { strings } from "../wire.ts";

const groupType = "Microsoft.Network/firewallPolicies/ruleCollectionGroups";

/** Source: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (as of 2026-11-21) (text of 2026-08-04). */
const addressesMax = 5000;

/** IP groups of firewall rules. */
export const ipGroups = defineRules({
  type: "Microsoft.Network/ipGroups",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  notStored: ["firewalls", "firewallPolicies"],
  *refusePut({ id, body }) {
    const addresses = strings(body.properties.ipAddresses);
    const wrong = addresses.find((address) => readRange(address) === undefined);
    if (wrong !== undefined) yield badRequest("InvalidAddressPrefixFormat", `IP Prefix ${wrong} is invalid.`);
    if (addresses.length > addressesMax) {
      yield badRequest(
        "IpGroupsLimitExceeded",
        `IpGroups '${nameOf(id)}' has ${addresses.length} addresses; at most ${addressesMax} are allowed.`,
      );
    }
  },
  *refuseDelete({ id, estate }) {
    if (usersOf(estate, id, groupType).length === 0) return;
    yield badRequest(
      "IpGroupsHasResourceReferences",
      `IpGroups '${id}' cannot be deleted since there are other Azure Resources using this resource.`,
    );
  },
  present: (group, estate) => {
    const policies = new Set(
      usersOf(estate, group.id, groupType).map((user) => user.id.split("/").slice(0, -2).join("/")),
    );
    return {
      ...group,
      properties: { ...group.properties, firewallPolicies: [...policies].map((id) => ({ id })), firewalls: [] },
    };
  },
  replaceOn: [],
  duration: { create: 8, update: 20, delete: 8 },
});
