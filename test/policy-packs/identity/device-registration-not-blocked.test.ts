import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { deviceRegistrationNotBlocked } from "../../../policy-packs/identity/rules/device-registration-not-blocked.ts";
import { apps, policy, policyFindings } from "./policies.ts";

const block = { operator: "OR", builtInControls: ["block"] } as const;
const nobodyLeftOut = { excludeGroups: [] };
const registering = { apps: [], includeUserActions: ["urn:user:registerdevice"] };

describe("device-registration-not-blocked", () => {
  test.each([
    {
      case: "a block of registering devices",
      words: { name: "no-devices", ...registering, grantControls: block, users: nobodyLeftOut },
      finding: 'fail: policy "no-devices" blocks registering devices for all users, from everywhere',
    },
    {
      case: "a block of an application of Cloud PCs",
      words: { name: "no-avd", apps: [apps.avd], grantControls: block, users: nobodyLeftOut },
      finding: 'fail: policy "no-avd" blocks every sign-in to Azure Virtual Desktop for all users, from everywhere',
    },
    {
      case: "a block for all users but some, as undecided",
      words: { name: "contractors", ...registering, grantControls: block },
      finding:
        'undecided: policy "contractors" blocks registering devices; whether its users have Cloud PCs is not in the input',
    },
    {
      case: "a block for a group, as undecided",
      words: { name: "guests", grantControls: block, users: { includeUsers: [], includeGroups: ["guests"] } },
      finding:
        'undecided: policy "guests" blocks every sign-in to Windows 365 and Azure Virtual Desktop and Windows Cloud Login; whether its users have Cloud PCs is not in the input',
    },
    {
      case: "controls that nobody could read, as undecided",
      words: { ...registering, grantControls: { builtInControls: [unknown("it is an output")] } },
      finding: 'undecided: whether policy "mfa" blocks registering devices is not known: it is an output',
    },
    {
      case: "user actions that nobody could read, as undecided",
      words: { apps: [], includeUserActions: [unknown("it is an output")], grantControls: block, users: nobodyLeftOut },
      finding: 'undecided: policy "mfa" blocks registering devices; its user actions could not be read',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(policyFindings(deviceRegistrationNotBlocked, [policy(words)])).toEqual([finding]);
  });

  test.each([
    { case: "MFA for registering devices", words: { ...registering, users: nobodyLeftOut } },
    { case: "a block from some places", words: { grantControls: block, furtherConditions: ["locations"] } },
    {
      case: "a block of clients that know no modern sign-in",
      words: {
        apps: ["All"],
        grantControls: block,
        clientAppTypes: ["exchangeActiveSync", "other"],
        users: nobodyLeftOut,
      },
    },
    {
      case: "a block of other applications",
      words: { apps: ["00000002-0000-0ff1-ce00-000000000000"], grantControls: block, users: nobodyLeftOut },
    },
    {
      case: "a block that is switched off",
      words: { grantControls: block, state: "disabled" as const, users: nobodyLeftOut },
    },
  ])("passes $case", ({ words }) => {
    expect(policyFindings(deviceRegistrationNotBlocked, [policy(words)])).toEqual([]);
  });
});
