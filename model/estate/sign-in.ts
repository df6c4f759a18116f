import type { Read } from "../read.ts";
import type { Resource } from "./resource.ts";

/**
 * A Conditional Access policy of Entra ID, in the words of Graph (`conditionalAccessPolicy`). `name` is its display name.
 * https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy (read 2026-11-21).
 */
export interface ConditionalAccessPolicy extends Resource {
  readonly state: Read<"enabled" | "disabled" | "enabledForReportingButNotEnforced">;
  /** Application ids, or `All`, `None`, `Office365`. */
  readonly includeApplications: readonly Read<string>[];
  readonly excludeApplications: readonly Read<string>[];
  /** Such as `urn:user:registerdevice`. */
  readonly includeUserActions: readonly Read<string>[];
  readonly users: ConditionalAccessUsers;
  /** Kinds of clients: `all`, `browser`, `mobileAppsAndDesktopClients`, `exchangeActiveSync`, `other`. */
  readonly clientAppTypes: readonly Read<string>[];
  /** Names of the conditions besides applications, users and clients that narrow it: `locations`, `platforms`, `signInRiskLevels`. */
  readonly furtherConditions: readonly string[];
  /** Absent: the policy has session controls only. */
  readonly grantControls?: GrantControls;
  readonly signInFrequency?: SignInFrequency;
  /** Names of the session controls besides the sign-in frequency: `persistentBrowser`. */
  readonly furtherSessionControls: readonly string[];
}

/** Whom a policy concerns. Members are object ids, or `All`, `None`, `GuestsOrExternalUsers`. */
export interface ConditionalAccessUsers {
  readonly includeUsers: readonly Read<string>[];
  readonly includeGroups: readonly Read<string>[];
  readonly includeRoles: readonly Read<string>[];
  readonly excludeUsers: readonly Read<string>[];
  readonly excludeGroups: readonly Read<string>[];
  readonly excludeRoles: readonly Read<string>[];
}

/** What has to be fulfilled to get in. */
export interface GrantControls {
  readonly operator?: Read<"AND" | "OR">;
  /** `block`, `mfa`, `compliantDevice`, `domainJoinedDevice`, … */
  readonly builtInControls: readonly Read<string>[];
  readonly authenticationStrengthId?: Read<string>;
}

/** How often a user signs in again. */
export interface SignInFrequency {
  /** @default "timeBased" */
  readonly frequencyInterval?: Read<"timeBased" | "everyTime">;
  readonly type?: Read<"hours" | "days">;
  readonly value?: Read<number>;
}
