import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { signInTargetsComplete } from "../../../policy-packs/identity/rules/sign-in-targets-complete.ts";
import { apps, policy, policyFindings, sessionPolicy } from "./policies.ts";

const every = { frequencyInterval: "everyTime" } as const;

describe("sign-in-targets-complete", () => {
  test.each([
    {
      case: "a control on Windows 365 alone",
      policies: [policy({ apps: [apps.windows365, apps.cloudLogin] })],
      findings: [
        'fail: policy "mfa" concerns Windows 365 and Windows Cloud Login, but not Azure Virtual Desktop; without the same controls on all a step of signing in fails',
      ],
    },
    {
      case: "an application that a policy for all leaves out",
      policies: [policy({ apps: ["All"], excludeApplications: [apps.windows365] })],
      findings: [
        'fail: policy "mfa" concerns Azure Virtual Desktop and Microsoft Remote Desktop and Windows Cloud Login, but not Windows 365; without the same controls on all a step of signing in fails',
      ],
    },
    {
      case: "the older application of single sign-on without the newer",
      policies: [policy({ apps: [apps.windows365, apps.avd, apps.remoteDesktop] })],
      findings: [
        'fail: policy "mfa" concerns Windows 365 and Azure Virtual Desktop and Microsoft Remote Desktop, but not Windows Cloud Login, which takes part in single sign-on, as the policies of the input show',
      ],
    },
    {
      case: "two policies that ask different things of the applications",
      policies: [
        policy({ name: "mfa", apps: [apps.windows365] }),
        policy({
          name: "compliant",
          apps: [apps.avd, apps.cloudLogin],
          grantControls: { operator: "OR", builtInControls: ["compliantDevice"] },
        }),
      ],
      findings: [
        'fail: policy "compliant" concerns Azure Virtual Desktop and Windows Cloud Login, but not Windows 365; without the same controls on all a step of signing in fails',
        'fail: policy "mfa" concerns Windows 365, but not Azure Virtual Desktop; without the same controls on all a step of signing in fails',
        'fail: policy "mfa" concerns Windows 365, but not Windows Cloud Login, which takes part in single sign-on, as the policies of the input show',
      ],
    },
    {
      case: "no application of single sign-on at all, as undecided",
      policies: [policy({ apps: [apps.windows365, apps.avd] })],
      findings: [
        'undecided: policy "mfa" concerns Windows 365 and Azure Virtual Desktop, but not Windows Cloud Login; that matters with single sign-on, which the input does not tell',
      ],
    },
    {
      case: "applications that nobody could read, as undecided",
      policies: [policy({ apps: [unknown("it is an output")] })],
      findings: ['undecided: which applications policy "mfa" concerns is not known: it is an output'],
    },
  ])("finds $case", ({ policies, findings }) => {
    expect(policyFindings(signInTargetsComplete, policies)).toEqual(findings);
  });

  test.each([
    { case: "all the applications in one policy", policies: [policy()] },
    { case: "every application there is", policies: [policy({ apps: ["All"] })] },
    {
      case: "two policies that ask the same and together cover all",
      policies: [
        policy({ name: "a", apps: [apps.windows365, apps.avd], signInFrequency: { type: "hours", value: 4 } }),
        policy({ name: "b", apps: [apps.cloudLogin], signInFrequency: every }),
      ],
    },
    {
      case: "a sign-in frequency for Windows Cloud Login alone",
      policies: [policy(), sessionPolicy({ name: "often", apps: [apps.cloudLogin], signInFrequency: every })],
    },
    { case: "a policy that is switched off", policies: [policy({ apps: [apps.windows365], state: "disabled" })] },
    { case: "a policy for other applications", policies: [policy({ apps: ["00000003-0000-0000-c000-000000000000"] })] },
    { case: "a policy for older clients", policies: [policy({ apps: [apps.avd], clientAppTypes: ["other"] })] },
  ])("passes $case", ({ policies }) => {
    expect(policyFindings(signInTargetsComplete, policies)).toEqual([]);
  });
});
