import type { Rule } from "../rule.ts";
import { alternateConnectionsUsable } from "./rules/alternate-connections-usable.ts";
import { breakGlassExcluded } from "./rules/break-glass-excluded.ts";
import { connectionInOneSubscription } from "./rules/connection-in-one-subscription.ts";
import { connectionNamesUnique } from "./rules/connection-names-unique.ts";
import { connectionsWithinLimit } from "./rules/connections-within-limit.ts";
import { deviceRegistrationNotBlocked } from "./rules/device-registration-not-blocked.ts";
import { deviceSyncHealthy } from "./rules/device-sync-healthy.ts";
import { domainAccountUsable } from "./rules/domain-account-usable.ts";
import { domainControllersReachable } from "./rules/domain-controllers-reachable.ts";
import { domainNameValid } from "./rules/domain-name-valid.ts";
import { domainResolves } from "./rules/domain-resolves.ts";
import { groupPoliciesDoNotBlock } from "./rules/group-policies-do-not-block.ts";
import { intuneEnrolmentAllowsWindows } from "./rules/intune-enrolment-allows-windows.ts";
import { intuneReadableByWindows365 } from "./rules/intune-readable-by-windows-365.ts";
import { joinTypeAgrees } from "./rules/join-type-agrees.ts";
import { licencesAvailable } from "./rules/licences-available.ts";
import { organizationalUnitValid } from "./rules/organizational-unit-valid.ts";
import { secretsNotInClear } from "./rules/secrets-not-in-clear.ts";
import { signInFrequencyPeriodic } from "./rules/sign-in-frequency-periodic.ts";
import { signInTargetsComplete } from "./rules/sign-in-targets-complete.ts";
import { singleSignOnKerberos } from "./rules/single-sign-on-kerberos.ts";
import { tenantFactsRecent } from "./rules/tenant-facts-recent.ts";
import { windows365RolesAssigned } from "./rules/windows365-roles-assigned.ts";
import { windows365RolesNoWider } from "./rules/windows365-roles-no-wider.ts";

/** The rules of pack `identity`, by name. */
export const identityRules: readonly Rule[] = [
  alternateConnectionsUsable,
  breakGlassExcluded,
  connectionInOneSubscription,
  connectionNamesUnique,
  connectionsWithinLimit,
  deviceRegistrationNotBlocked,
  deviceSyncHealthy,
  domainAccountUsable,
  domainControllersReachable,
  domainNameValid,
  domainResolves,
  groupPoliciesDoNotBlock,
  intuneEnrolmentAllowsWindows,
  intuneReadableByWindows365,
  joinTypeAgrees,
  licencesAvailable,
  organizationalUnitValid,
  secretsNotInClear,
  signInFrequencyPeriodic,
  signInTargetsComplete,
  singleSignOnKerberos,
  tenantFactsRecent,
  windows365RolesAssigned,
  windows365RolesNoWider,
];
