import type {
  ConditionalAccessPolicy,
  ConditionalAccessUsers,
  GrantControls,
  SignInFrequency,
} from "../../model/estate/sign-in.ts";
import { isUnknown } from "../../model/read.ts";
import { graphPolicyType } from "../arm/arm-document.ts";
import { defined, type Fields } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";

/** The type token of Pulumi's provider for Entra ID. */
const azureadPolicyType = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy";

/**
 * Conditional Access policies, as Graph gives them and as Pulumi's azuread registers them. Both tell the same under other names:
 * https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy,
 * https://www.pulumi.com/registry/packages/azuread/api-docs/conditionalaccesspolicy (read 2026-11-21).
 */
export function readConditionalAccessPolicies(set: ResourceSet): readonly ConditionalAccessPolicy[] {
  return [...set.of(graphPolicyType), ...set.of(azureadPolicyType)].map(readPolicy);
}

function readPolicy(source: Source): ConditionalAccessPolicy {
  const { fields } = source;
  const conditions = fields.object("conditions");
  const applications = conditions?.object("applications");
  const session = fields.object("sessionControls");
  const states = ["enabled", "disabled", "enabledForReportingButNotEnforced"] as const;
  const displayName = fields.text("displayName");
  return {
    ...resourceOf(source),
    name: displayName === undefined || isUnknown(displayName) ? source.name : displayName,
    state: source.condition ?? fields.required(fields.oneOf("state", states), "state"),
    includeApplications: listOf(applications, "includeApplications", "includedApplications"),
    excludeApplications: listOf(applications, "excludeApplications", "excludedApplications"),
    includeUserActions: listOf(applications, "includeUserActions", "includedUserActions"),
    users: readUsers(conditions?.object("users")),
    clientAppTypes: conditions?.texts("clientAppTypes") ?? [],
    furtherConditions: conditions === undefined ? [] : namesOf(conditions, furtherConditions),
    furtherSessionControls: session === undefined ? [] : namesOf(session, furtherSessionControls),
    ...defined({ grantControls: readGrant(fields.object("grantControls")), signInFrequency: readFrequency(session) }),
  };
}

const furtherConditions = [
  "authenticationFlows",
  "authenticationFlowTransferMethods",
  "clientApplications",
  "devices",
  "insiderRiskLevels",
  "locations",
  "platforms",
  "servicePrincipalRiskLevels",
  "signInRiskLevels",
  "userRiskLevels",
] as const;

/** Under each name that one of the two forms has for it. */
const furtherSessionControls = [
  "applicationEnforcedRestrictions",
  "applicationEnforcedRestrictionsEnabled",
  "cloudAppSecurity",
  "cloudAppSecurityPolicy",
  "persistentBrowser",
  "persistentBrowserMode",
  "secureSignInSession",
] as const;

function readUsers(users: Fields | undefined): ConditionalAccessUsers {
  return {
    includeUsers: listOf(users, "includeUsers", "includedUsers"),
    includeGroups: listOf(users, "includeGroups", "includedGroups"),
    includeRoles: listOf(users, "includeRoles", "includedRoles"),
    excludeUsers: listOf(users, "excludeUsers", "excludedUsers"),
    excludeGroups: listOf(users, "excludeGroups", "excludedGroups"),
    excludeRoles: listOf(users, "excludeRoles", "excludedRoles"),
  };
}

function readGrant(grant: Fields | undefined): GrantControls | undefined {
  if (grant === undefined) return undefined;
  return {
    builtInControls: grant.texts("builtInControls"),
    ...defined({
      operator: grant.oneOf("operator", ["AND", "OR"]),
      authenticationStrengthId:
        grant.text("authenticationStrengthPolicyId") ?? grant.object("authenticationStrength")?.text("id"),
    }),
  };
}

/** Graph has an object of its own for it, azuread fields beside the others. */
function readFrequency(session: Fields | undefined): SignInFrequency | undefined {
  const intervals = ["timeBased", "everyTime"] as const;
  const periods = ["hours", "days"] as const;
  const own = session?.value("signInFrequency");
  if (session === undefined) return undefined;
  if (own?.kind === "object") {
    const frequency = session.object("signInFrequency");
    if (frequency === undefined || frequency.boolean("isEnabled") === false) return undefined;
    return defined({
      frequencyInterval: frequency.oneOf("frequencyInterval", intervals),
      type: frequency.oneOf("type", periods),
      value: frequency.integer("value"),
    });
  }
  const interval = session.oneOf("signInFrequencyInterval", intervals);
  if (own === undefined && interval === undefined) return undefined;
  return defined({
    frequencyInterval: interval,
    type: session.oneOf("signInFrequencyPeriod", periods),
    value: session.integer("signInFrequency"),
  });
}

function listOf(fields: Fields | undefined, graphName: string, azureadName: string) {
  if (fields === undefined) return [];
  return fields.value(graphName) === undefined ? fields.texts(azureadName) : fields.texts(graphName);
}

/** Those that are set to something; an empty list and a switched-off control are not. */
function namesOf(fields: Fields, names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const value = fields.value(name);
    if (value === undefined) return false;
    if (value.kind === "array") return value.items.length > 0;
    if (value.kind === "boolean") return value.value;
    return value.kind !== "object" || fields.object(name)?.boolean("isEnabled") !== false;
  });
}
