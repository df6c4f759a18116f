import { readAddress, readCidr } from "../addresses.ts";
import { nameOf, sameId } from "../arm-id.ts";
import type { ArmDelete, ArmError, ArmPut } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { record, refId, sameText, strings, text } from "../wire.ts";

const type = "Microsoft.Network/firewallPolicies";

/** Firewall policies. Source: https://learn.microsoft.com/azure/firewall/features-by-sku and .../dns-settings (as of 2026-11-21). */
export const firewallPolicies = defineRules({
  type,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [{ path: "properties.basePolicy.id", type }],
  defaults: { sku: { tier: "Standard" }, threatIntelMode: "Alert" },
  notStored: ["firewalls", "childPolicies", "ruleCollectionGroups"],
  refusePut,
  refuseDelete,
  present: (policy, estate) => ({
    ...policy,
    properties: {
      ...policy.properties,
      firewalls: usersOf(estate, policy.id, "Microsoft.Network/azureFirewalls").map(({ id }) => ({ id })),
      childPolicies: usersOf(estate, policy.id, type).map(({ id }) => ({ id })),
      ruleCollectionGroups: estate
        .children(policy.id)
        .filter(isGroup)
        .map(({ id }) => ({ id })),
    },
  }),
  locks: (_id, body) => {
    const base = refId(body?.properties.basePolicy);
    return base === undefined ? [] : [base];
  },
  replaceOn: [],
  duration: { create: 12, update: 30, delete: 11 },
});

function* refusePut({ id, body, estate }: ArmPut): Generator<ArmError> {
  const { dnsSettings, intrusionDetection, transportSecurity, threatIntelMode, basePolicy } = body.properties;
  const tier = text(record(body.properties.sku).tier) ?? "Standard";
  const isBasic = sameText(tier, "Basic");
  if (isBasic && dnsSettings !== undefined) {
    yield badRequest(
      "FirewallPolicyDnsSettingsNotSupported",
      `Firewall Policy ${nameOf(id)} of tier Basic does not support DNS settings.`,
    );
  }
  if (isBasic && sameText(threatIntelMode, "Deny")) {
    yield badRequest(
      "FirewallPolicyThreatIntelModeNotSupported",
      `Firewall Policy ${nameOf(id)} of tier Basic supports threat intelligence mode Alert only.`,
    );
  }
  for (const [name, value] of Object.entries({ intrusionDetection, transportSecurity })) {
    if (value !== undefined && !sameText(tier, "Premium")) {
      yield badRequest(
        "FirewallPolicyPremiumFeature",
        `Firewall Policy ${nameOf(id)} of tier ${tier} does not support ${name}; it needs tier Premium.`,
      );
    }
  }
  yield* checkAddresses(id, strings(record(dnsSettings).servers), strings(record(body.properties.snat).privateRanges));
  const base = estate.get(refId(basePolicy) ?? "");
  if (base !== undefined && refId(base.properties.basePolicy) !== undefined) {
    yield badRequest(
      "FirewallPolicyBasePolicyCannotInheritFromAnother",
      `Base Firewall Policy ${base.id} cannot inherit rule groups from another Firewall Policy.`,
    );
  }
  if (base !== undefined && sameId(base.id, id)) {
    yield badRequest("FirewallPolicyBasePolicyInvalid", `Firewall Policy ${id} cannot be its own base policy.`);
  }
}

const dnsServersMax = 15;

function* checkAddresses(
  id: string,
  servers: readonly string[],
  privateRanges: readonly string[],
): Generator<ArmError> {
  const wrong = servers.find((server) => readAddress(server) === undefined);
  if (wrong !== undefined) {
    yield badRequest(
      "InvalidIPAddressFormat",
      `Firewall Policy ${nameOf(id)}: DNS server '${wrong}' is not a valid IP address.`,
    );
  }
  if (servers.length > dnsServersMax) {
    yield badRequest(
      "FirewallPolicyDnsServersLimitExceeded",
      `Firewall Policy ${nameOf(id)} has ${servers.length} DNS servers; at most ${dnsServersMax} are allowed.`,
    );
  }
  const range = privateRanges.find(
    (one) => one !== "IANAPrivateRanges" && readAddress(one) === undefined && readCidr(one)?.isCanonical !== true,
  );
  if (range !== undefined) {
    yield badRequest("InvalidAddressPrefixFormat", `IP Prefix ${range} is invalid.`);
  }
}

function* refuseDelete({ id, estate }: ArmDelete): Generator<ArmError> {
  if (usersOf(estate, id, "Microsoft.Network/azureFirewalls").length > 0) {
    yield badRequest(
      "FirewallPolicyHasAzureFirewallReferences",
      `Firewall Policy '${id}' cannot be deleted since there are Azure Firewalls using this policy.`,
    );
  }
  if (usersOf(estate, id, type).length > 0) {
    yield badRequest(
      "FirewallPolicyHasChildPolicyReferences",
      `Firewall Policy '${id}' cannot be deleted since there are other policies that inherit from this policy.`,
    );
  }
}

function isGroup(child: { readonly type: string }): boolean {
  return child.type.toLowerCase().endsWith("/rulecollectiongroups");
}
