import type { Rule } from "../../rule.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { hybridChecks } from "../../tenant/hybrid-checks.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { tenantSubject } from "../../tenant/tenant-subject.ts";
import type { BlockingSetting } from "../../tenant-facts.ts";

const blocked = "groupPolicySettingCheckFailed";

/** The names under which the Group Policy editor shows the settings. */
const titles: Readonly<Record<BlockingSetting, string>> = {
  denyWriteToFixedDrivesWithoutBitLocker: "Deny write access to fixed drives not protected by BitLocker",
  denyWriteToRemovableDrivesWithoutBitLocker: "Deny write access to removable drives not protected by BitLocker",
  disallowStorageOfNetworkCredentials:
    "Network access: Do not allow storage of passwords and credentials for network authentication",
};

/** Provisioning writes to drives and stores credentials on the Cloud PC, which these settings forbid from the first start on. */
export const groupPoliciesDoNotBlock: Rule = {
  name: "group-policies-do-not-block",
  pack: "identity",
  description:
    "No group policy that reaches Cloud PCs keeps provisioning from writing to drives or storing credentials.",
  severity: "high",
  errorTypes: [],
  tenantErrorTypes: [blocked],
  url: "https://learn.microsoft.com/troubleshoot/windows-365/troubleshoot-azure-network-connection",
  remediation: "Exclude the organizational unit of the Cloud PCs from the group policy, or take the setting out of it.",
  judge: (design) => {
    const tenant = factsOf(design, "groupPolicies");
    const policies = tenant?.groupPolicies;
    if (tenant === undefined || policies === undefined) return [];
    return hybridChecks(design, () => {
      const observations = policies.flatMap(({ name, blocks }) =>
        blocks.map((setting) =>
          tenantObservation(
            tenant,
            "fail",
            `${name} ${setting}`,
            [blocked],
            `group policy "${name}" sets "${titles[setting]}", which stops provisioning`,
          ),
        ),
      );
      return [{ subject: tenantSubject(tenant), observations }];
    });
  },
};
