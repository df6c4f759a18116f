import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { breakGlassExcluded } from "../../../policy-packs/identity/rules/break-glass-excluded.ts";
import { policy, policyFindings, sessionPolicy } from "./policies.ts";

describe("break-glass-excluded", () => {
  test.each([
    {
      case: "a policy for all users that leaves out nobody",
      words: { users: { excludeGroups: [] } },
      finding:
        'fail: policy "mfa" concerns all users and leaves out nobody; when it is wrong, nobody can sign in to mend it',
    },
    {
      case: "one that only reports, as policies start",
      words: { state: "enabledForReportingButNotEnforced" as const, users: { excludeGroups: [] } },
      finding:
        'fail: policy "mfa" concerns all users and leaves out nobody; when it is wrong, nobody can sign in to mend it',
    },
    {
      case: "one that leaves out guests, who mend nothing",
      words: { users: { excludeGroups: [], excludeUsers: ["GuestsOrExternalUsers"] } },
      finding:
        'fail: policy "mfa" concerns all users and leaves out nobody; when it is wrong, nobody can sign in to mend it',
    },
    {
      case: "an exclusion that nobody could read, as undecided",
      words: { users: { excludeGroups: [unknown("it is known only after the deployment")] } },
      finding: 'undecided: whom policy "mfa" leaves out is not known: it is known only after the deployment',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(policyFindings(breakGlassExcluded, [policy(words)])).toEqual([finding]);
  });

  test.each([
    { case: "a group that is left out", policies: [policy()] },
    { case: "a user who is left out", policies: [policy({ users: { excludeGroups: [], excludeUsers: ["admin"] } })] },
    {
      case: "a policy for a group, which does not concern everybody",
      policies: [policy({ users: { includeUsers: [], includeGroups: ["staff"], excludeGroups: [] } })],
    },
    {
      case: "a policy that only asks for a new sign-in after a while",
      policies: [sessionPolicy({ users: { excludeGroups: [] }, signInFrequency: { type: "hours", value: 4 } })],
    },
    { case: "a policy for other applications", policies: [policy({ apps: ["other"], users: { excludeGroups: [] } })] },
  ])("passes $case", ({ policies }) => {
    expect(policyFindings(breakGlassExcluded, policies)).toEqual([]);
  });
});
