import { nameOf } from "../arm-id.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { stableGuid } from "../stable.ts";

/** Application security groups. */
export const applicationSecurityGroups = defineRules({
  type: "Microsoft.Network/applicationSecurityGroups",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  *refuseDelete({ id, estate }) {
    const users = usersOf(
      estate,
      id,
      "Microsoft.Network/networkSecurityGroups",
      "Microsoft.Network/networkSecurityGroups/securityRules",
      "Microsoft.Network/networkInterfaces",
    );
    if (users.length === 0) return;
    yield badRequest(
      "ApplicationSecurityGroupInUse",
      `Application security group ${nameOf(id)} cannot be deleted because it is in use by ${users.map((user) => user.id).join(", ")}.`,
    );
  },
  computed: ({ id }) => ({ resourceGuid: stableGuid(id) }),
  duration: { create: 3, update: 3, delete: 5 },
});
