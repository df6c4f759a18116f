import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { signInFrequencyPeriodic } from "../../../policy-packs/identity/rules/sign-in-frequency-periodic.ts";
import { apps, policy, policyFindings, sessionPolicy } from "./policies.ts";

const every = { frequencyInterval: "everyTime" } as const;

describe("sign-in-frequency-periodic", () => {
  test.each([
    {
      case: "every time at all the applications",
      policies: [policy({ signInFrequency: every })],
      finding:
        'fail: policy "mfa" asks for a new sign-in every time at Windows 365 and Azure Virtual Desktop, where only a period works',
    },
    {
      case: "every time at every application there is",
      policies: [sessionPolicy({ apps: ["All"], excludeApplications: [apps.avd], signInFrequency: every })],
      finding: 'fail: policy "mfa" asks for a new sign-in every time at Windows 365, where only a period works',
    },
    {
      case: "what nobody could read, as undecided",
      policies: [policy({ signInFrequency: { frequencyInterval: unknown("it is an output") } })],
      finding: 'undecided: how often policy "mfa" asks for a new sign-in is not known: it is an output',
    },
  ])("finds $case", ({ policies, finding }) => {
    expect(policyFindings(signInFrequencyPeriodic, policies)).toEqual([finding]);
  });

  test.each([
    { case: "every time at Windows Cloud Login", words: { apps: [apps.cloudLogin], signInFrequency: every } },
    { case: "every time at the older application", words: { apps: [apps.remoteDesktop], signInFrequency: every } },
    { case: "a period at all", words: { signInFrequency: { type: "hours", value: 4 } as const } },
    { case: "no sign-in frequency", words: {} },
    { case: "a policy that is switched off", words: { signInFrequency: every, state: "disabled" as const } },
  ])("passes $case", ({ words }) => {
    expect(policyFindings(signInFrequencyPeriodic, [policy(words)])).toEqual([]);
  });
});
