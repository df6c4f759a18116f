import { nameOf, parentId, sameId } from "../arm-id.ts";
import { childCascade, childEntries, repeatedName } from "../child-lists.ts";
import type { ArmDelete, ArmError, ArmPut, ArmResource, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { identified } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { checkSecurityRule, type SecurityRuleEntry, securityRuleList } from "../security-rule.ts";
import { stableGuid } from "../stable.ts";
import { propertiesOf, records, text, type Wire } from "../wire.ts";
import { defaultSecurityRules } from "./default-security-rules.ts";

/** Network security groups with their rules inline. */
export const networkSecurityGroups = defineRules({
  type: "Microsoft.Network/networkSecurityGroups",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: asgReferences("properties.securityRules[].properties."),
  notStored: ["defaultSecurityRules", "networkInterfaces", "subnets", "flowLogs"],
  *refusePut(put) {
    const entries = records(put.body.properties.securityRules);
    const twin = repeatedName(entries);
    if (twin !== undefined) {
      yield badRequest(
        "DuplicateResourceName",
        `Network security group ${nameOf(put.id)} has more than one rule named ${twin}.`,
      );
    }
    if (entries.length > rulesMax) {
      yield badRequest(
        "SecurityRulesLimitExceeded",
        `Network security group ${nameOf(put.id)} has ${entries.length} rules; at most ${rulesMax} are allowed.`,
      );
    }
    const rules = entries.map((entry) => ruleEntry(put.id, entry));
    const beside = Array.isArray(put.body.properties.securityRules) ? rules : standalone(put.id, put.estate);
    for (const rule of rules) yield* checkSecurityRule(rule, beside);
  },
  refuseDelete,
  computed: ({ id, body }) => ({
    resourceGuid: stableGuid(id),
    securityRules: identified(id, "securityRules", body.properties.securityRules),
    defaultSecurityRules: defaultSecurityRules(id),
  }),
  cascade: (put) => childCascade(put, securityRuleList),
  present,
  replaceOn: [],
  duration: { create: 5, update: 5, delete: 5 },
});

/** Security rules written one by one; not to be mixed with inline ones. */
export const securityRules = defineRules({
  type: securityRuleList.childType,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "none",
  references: asgReferences("properties."),
  *refusePut({ id, body, estate }: ArmPut) {
    const group = estate.get(parentId(id) ?? "");
    const entries = group === undefined ? [] : childEntries(group, securityRuleList, estate);
    const others = entries.map((entry) => ruleEntry(group?.id ?? "", entry)).filter((other) => !sameId(other.id, id));
    yield* checkSecurityRule({ id, name: nameOf(id), properties: body.properties }, others);
  },
  locks: (id) => [parentId(id) ?? id],
  replaceOn: [],
  duration: { create: 2, update: 2, delete: 11 },
});

/** Rules a group takes. Source: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (as of 2026-11-21). */
const rulesMax = 2000;

function asgReferences(prefix: string) {
  return ["source", "destination"].map((side) => ({
    path: `${prefix}${side}ApplicationSecurityGroups[].id`,
    type: "Microsoft.Network/applicationSecurityGroups",
    sameRegion: true,
    sameSubscription: true,
  }));
}

function ruleEntry(groupId: string, entry: Wire): SecurityRuleEntry {
  const name = text(entry.name) ?? "";
  return { id: `${groupId}/securityRules/${name}`, name, properties: propertiesOf(entry) };
}

function standalone(groupId: string, estate: EstateView): readonly SecurityRuleEntry[] {
  return estate.children(groupId).map((child) => ruleEntry(groupId, child));
}

function* refuseDelete({ id, estate }: ArmDelete): Generator<ArmError> {
  const users = attachedTo(estate, id);
  if (users.length === 0) return;
  yield badRequest(
    "InUseNetworkSecurityGroupCannotBeDeleted",
    `Network security group ${id} cannot be deleted because it is in use by the following resources: ` +
      `${users.map((user) => user.id).join(", ")}. In order to delete the Network security group, remove the association ` +
      "with the resource(s). To learn how to do this, see aka.ms/deletensg.",
  );
}

function attachedTo(estate: EstateView, id: string): readonly ArmResource[] {
  return usersOf(estate, id, "Microsoft.Network/virtualNetworks/subnets", "Microsoft.Network/networkInterfaces");
}

function present(group: ArmResource, estate: EstateView): ArmResource {
  const users = attachedTo(estate, group.id);
  const subnets = users.filter((user) => user.type.toLowerCase().endsWith("/subnets")).map(({ id }) => ({ id }));
  const interfaces = users
    .filter((user) => user.type.toLowerCase().endsWith("/networkinterfaces"))
    .map(({ id }) => ({ id }));
  return {
    ...group,
    properties: {
      ...group.properties,
      securityRules: childEntries(group, securityRuleList, estate),
      ...(subnets.length > 0 ? { subnets } : {}),
      ...(interfaces.length > 0 ? { networkInterfaces: interfaces } : {}),
    },
  };
}
