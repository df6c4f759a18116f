import { expect, test } from "vitest";
import type { Estate } from "../../model/estate.ts";
import { readArmInput } from "../../readers/arm-input.ts";
import { readPulumiState } from "../../readers/pulumi-state.ts";
import { readRegisteredResources } from "../../readers/registered-resources.ts";

/** Graph's form, as `az rest` prints the list: https://learn.microsoft.com/graph/api/conditionalaccessroot-list-policies. */
const graphPolicy = {
  id: "22222222-2222-2222-2222-222222222222",
  displayName: "MFA for Cloud PCs",
  state: "enabledForReportingButNotEnforced",
  conditions: {
    clientAppTypes: ["all"],
    signInRiskLevels: [],
    platforms: null,
    locations: { includeLocations: ["All"], excludeLocations: ["AllTrusted"] },
    applications: { includeApplications: ["app-1", "app-2"], excludeApplications: [], includeUserActions: [] },
    users: { includeUsers: ["All"], excludeUsers: [], includeGroups: [], excludeGroups: ["break-glass"] },
  },
  grantControls: { operator: "OR", builtInControls: [], authenticationStrength: { id: "strength" } },
  sessionControls: {
    signInFrequency: { isEnabled: true, frequencyInterval: "timeBased", type: "hours", value: 4 },
    persistentBrowser: { isEnabled: true, mode: "never" },
    cloudAppSecurity: { isEnabled: false },
  },
};

/** The same as Pulumi's azuread registers it. */
const azureadInputs = {
  displayName: "MFA for Cloud PCs",
  state: "enabledForReportingButNotEnforced",
  conditions: {
    clientAppTypes: ["all"],
    locations: { includedLocations: ["All"], excludedLocations: ["AllTrusted"] },
    applications: { includedApplications: ["app-1", "app-2"] },
    users: { includedUsers: ["All"], excludedGroups: ["break-glass"] },
  },
  grantControls: { operator: "OR", authenticationStrengthPolicyId: "strength" },
  sessionControls: { signInFrequency: 4, signInFrequencyPeriod: "hours", persistentBrowserMode: "never" },
};
const azuread = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy";

const read = {
  name: "MFA for Cloud PCs",
  state: "enabledForReportingButNotEnforced",
  includeApplications: ["app-1", "app-2"],
  excludeApplications: [],
  includeUserActions: [],
  users: {
    includeUsers: ["All"],
    includeGroups: [],
    includeRoles: [],
    excludeUsers: [],
    excludeGroups: ["break-glass"],
    excludeRoles: [],
  },
  clientAppTypes: ["all"],
  furtherConditions: ["locations"],
  grantControls: { operator: "OR", builtInControls: [], authenticationStrengthId: "strength" },
};

test("a Conditional Access policy in Graph's form is read", () => {
  const [policy] = armEstate({ value: [graphPolicy] }).conditionalAccessPolicies;
  expect(policy).toMatchObject({
    ...read,
    id: graphPolicy.id,
    signInFrequency: { frequencyInterval: "timeBased", type: "hours", value: 4 },
    furtherSessionControls: ["persistentBrowser"],
  });
});

test("a Conditional Access policy of azuread is read to the same, from a program and from a state", () => {
  const session = { signInFrequency: { type: "hours", value: 4 }, furtherSessionControls: ["persistentBrowserMode"] };
  const registered = readRegisteredResources([{ type: azuread, name: "mfa", id: "", inputs: azureadInputs }]);
  expect(registered.estate.conditionalAccessPolicies).toMatchObject([{ ...read, ...session }]);
  const urn = `urn:pulumi:s::p::${azuread}::mfa`;
  const resources = [{ urn, type: azuread, custom: true, id: "guid", inputs: azureadInputs, outputs: azureadInputs }];
  const state = readPulumiState({ name: "state.json", text: JSON.stringify({ deployment: { resources } }) });
  expect(state.ok && state.estate.conditionalAccessPolicies).toMatchObject([{ ...read, ...session, id: "guid" }]);
  expect(state.ok && state.estate.notRead).toEqual([]);
});

test("the sign-in frequency of every time is read in both forms, and one that is switched off is none", () => {
  const every = {
    ...graphPolicy,
    sessionControls: { signInFrequency: { isEnabled: true, frequencyInterval: "everyTime" } },
  };
  const off = { ...graphPolicy, id: "off", sessionControls: { signInFrequency: { isEnabled: false, value: 4 } } };
  const policies = armEstate([every, off]).conditionalAccessPolicies;
  expect(policies.map(({ signInFrequency }) => signInFrequency)).toEqual([
    { frequencyInterval: "everyTime" },
    undefined,
  ]);
  const inputs = { ...azureadInputs, sessionControls: { signInFrequencyInterval: "everyTime" } };
  const registered = readRegisteredResources([{ type: azuread, name: "mfa", id: "", inputs }]);
  expect(registered.estate.conditionalAccessPolicies[0]?.signInFrequency).toEqual({ frequencyInterval: "everyTime" });
});

test("a secret in clear is told by its place, and its value is kept nowhere", () => {
  const secret = "correct horse battery staple";
  const estate = armEstate([
    vpnConnection("to-berlin", secret),
    { ...vpnConnection("masked", "****") },
    { ...vpnConnection("stand-in", "<shared key>") },
    { ...vpnConnection("empty", "") },
    { id: "c", displayName: "weu", subnetId: "x", adDomainPassword: secret },
  ]);
  expect(estate.clearSecrets).toEqual([
    {
      id: vpnId("to-berlin"),
      property: "sharedKey",
      place: { file: "a.json", line: 7, path: "[0].properties.sharedKey" },
    },
    { id: "c", property: "adDomainPassword", place: { file: "a.json", line: 38, path: "[4].adDomainPassword" } },
  ]);
  expect(JSON.stringify(estate)).not.toContain(secret);
});

test("a secure parameter of a template, a secret of a state and what a program hands over are not in clear", () => {
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    parameters: { key: { type: "securestring" } },
    resources: [{ ...vpnConnection("to-berlin", "[parameters('key')]"), id: undefined }],
  };
  expect(armEstate(template).clearSecrets).toEqual([]);
  const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
  const type = "azure-native:network:VirtualNetworkGatewayConnection";
  const urn = `urn:pulumi:s::p::${type}::vpn`;
  const id = vpnId("to-berlin");
  const text = JSON.stringify({
    deployment: { resources: [{ urn, type, custom: true, id, inputs: { sharedKey: mark } }] },
  });
  const state = readPulumiState({ name: "state.json", text });
  expect(state.ok && state.estate.clearSecrets).toEqual([]);
  const inputs = { sharedKey: "unwrapped for the program" };
  expect(readRegisteredResources([{ type, name: "vpn", id, inputs }]).estate.clearSecrets).toEqual([]);
});

function vpnId(name: string): string {
  return `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/connections/${name}`;
}

function vpnConnection(name: string, sharedKey: string) {
  return { id: vpnId(name), name, type: "Microsoft.Network/connections", properties: { sharedKey } };
}

function armEstate(document: unknown): Estate {
  const reading = readArmInput([{ name: "a.json", text: JSON.stringify(document, undefined, 2) }]);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.estate;
}

test("a provisioning policy is read in Graph's form and from a program, in the order of its connections", () => {
  const domainJoinConfigurations = [
    { domainJoinType: "azureADJoin", onPremisesConnectionId: "weu", regionName: null },
    { domainJoinType: "azureADJoin", onPremisesConnectionId: "neu" },
    { domainJoinType: "azureADJoin", regionName: "automatic" },
  ];
  const wanted = {
    name: "staff",
    domainJoinConfigurations: [
      { domainJoinType: "azureADJoin", onPremisesConnectionId: "weu" },
      { domainJoinType: "azureADJoin", onPremisesConnectionId: "neu" },
      { domainJoinType: "azureADJoin" },
    ],
  };
  const inputs = { displayName: "staff", domainJoinConfigurations };
  expect(armEstate({ value: [{ id: "p", ...inputs }] }).provisioningPolicies).toMatchObject([{ id: "p", ...wanted }]);
  const type = "windows365:index:CloudPcProvisioningPolicy";
  const registered = readRegisteredResources([{ type, name: "staff-policy", id: "", inputs }]);
  expect(registered.estate.provisioningPolicies).toMatchObject([wanted]);
});
