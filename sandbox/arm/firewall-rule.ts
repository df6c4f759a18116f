import { readRange } from "./addresses.ts";
import type { ArmError } from "./contract.ts";
import { isFqdnTag } from "./fqdn-tags.ts";
import { badRequest } from "./refusal.ts";
import { isServiceTag } from "./service-tags.ts";
import { list, records, sameText, strings, text, type Wire } from "./wire.ts";

/** What the policy a rule lives in can do. */
export interface FirewallCapabilities {
  readonly tier: string;
  readonly isDnsProxyOn: boolean;
}

/**
 * Refuses a rule of a collection by its kind.
 *
 * Codes and wording: the resource provider's own error catalogue as published in a support wiki (2019 names, "rule
 * condition" is today's rule), read 2026-11-21; capabilities: https://learn.microsoft.com/azure/firewall/features-by-sku.
 */
export function* checkFirewallRule(rule: Wire, policy: FirewallCapabilities): Generator<ArmError> {
  if (rule.ruleType === "NetworkRule") yield* checkNetworkRule(rule, policy);
  else if (rule.ruleType === "ApplicationRule") yield* checkApplicationRule(rule, policy);
  else if (rule.ruleType === "NatRule") yield* checkNatRule(rule);
}

function* checkNetworkRule(rule: Wire, policy: FirewallCapabilities): Generator<ArmError> {
  const name = text(rule.name);
  const destinations = ["destinationAddresses", "destinationIpGroups", "destinationFqdns"];
  const fqdns = strings(rule.destinationFqdns);
  if (list(rule.ipProtocols).length === 0) {
    yield badRequest(
      "FirewallPolicyNetworkRuleConditionAtLeastOneProtocolRequired",
      `Firewall Policy Network Rule Condition ${name} should have atleast one protocol specified.`,
    );
  }
  if (!hasSource(rule) || !hasSome(rule, destinations) || list(rule.destinationPorts).length === 0) {
    yield badRequest(
      "FirewallPolicyRuleConditionIpAddressesAndPortsMustBeSpecified",
      `Firewall Policy Rule Condition ${name} should have IP addresses and ports specified. * is used to match all.`,
    );
  }
  yield* checkAddresses(name, [...strings(rule.sourceAddresses), ...strings(rule.destinationAddresses)]);
  yield* checkPorts(name, strings(rule.destinationPorts));
  if (fqdns.length === 0) return;
  if (sameText(policy.tier, "Basic")) {
    yield badRequest(
      "FirewallPolicyNetworkRuleFqdnNotSupported",
      `Firewall Policy Network Rule ${name} has destination FQDNs, which tier Basic does not support.`,
    );
  } else if (!policy.isDnsProxyOn) {
    yield badRequest(
      "FirewallPolicyNetworkRuleFqdnRequiresDnsProxy",
      `Firewall Policy Network Rule ${name} has destination FQDNs: DNS proxy must be enabled in the policy's DNS settings.`,
    );
  }
  const wrong = fqdns.find((fqdn) => !isHostName(fqdn));
  if (wrong !== undefined) {
    yield badRequest(
      "FirewallPolicyNetworkRuleInvalidDestinationFqdn",
      `Firewall Policy Network Rule ${name} has invalid destination fqdn ${wrong}; wildcards are not supported.`,
    );
  }
}

function* checkApplicationRule(rule: Wire, policy: FirewallCapabilities): Generator<ArmError> {
  const name = text(rule.name);
  const isPremium = sameText(policy.tier, "Premium");
  if (records(rule.protocols).length === 0) {
    yield badRequest(
      "FirewallPolicyApplicationRuleConditionAtLeastOneProtocolRequired",
      `Firewall Policy Application Rule Condition ${name} should have atleast one protocol specified.`,
    );
  }
  if (!hasSource(rule) || !hasSome(rule, ["targetFqdns", "fqdnTags", "targetUrls", "webCategories"])) {
    yield badRequest(
      "FirewallPolicyRuleAtLeastOneRuleConditionRequired",
      `Invalid Rule ${name}. Source and target must be defined.`,
    );
  }
  if (list(rule.targetFqdns).length > 0 && list(rule.fqdnTags).length > 0) {
    yield badRequest(
      "FirewallPolicyApplicationRuleConditionHasBothTargetFqdnAndFqdnTags",
      `Firewall Policy Application Rule Condition ${name} has both Target Fqdns and FqdnTags`,
    );
  }
  yield* checkAddresses(name, strings(rule.sourceAddresses));
  const fqdn = strings(rule.targetFqdns).find((one) => one !== "*" && !isHostName(one.replace(/^\*\.?/, "")));
  if (fqdn !== undefined) {
    yield badRequest(
      "FirewallPolicyApplicationRuleConditionInvalidTargetFqdn",
      `Firewall Policy Application Rule Condition ${name} has invalid target fqdn ${fqdn}`,
    );
  }
  const tag = strings(rule.fqdnTags).find((one) => !isFqdnTag(one));
  if (tag !== undefined) {
    yield badRequest(
      "FirewallPolicyApplicationRuleInvalidFqdnTag",
      `Firewall Policy Application Rule Condition ${name} has invalid FQDN tag ${tag}`,
    );
  }
  if ((rule.terminateTLS === true || list(rule.targetUrls).length > 0) && !isPremium) {
    yield badRequest(
      "FirewallPolicyPremiumFeature",
      `Firewall Policy Application Rule ${name} uses TLS termination or target URLs, which need tier Premium.`,
    );
  }
  if (list(rule.webCategories).length > 0 && sameText(policy.tier, "Basic")) {
    yield badRequest(
      "FirewallPolicyWebCategoriesNotSupported",
      `Firewall Policy Application Rule ${name} uses web categories, which tier Basic does not support.`,
    );
  }
}

function* checkNatRule(rule: Wire): Generator<ArmError> {
  const name = text(rule.name);
  if (list(rule.destinationAddresses).length !== 1) {
    yield badRequest(
      "FirewallPolicyNatRuleInvalidDnatDestinationAddress",
      `Firewall Policy Nat Rule ${name}: Invalid DNat destination address. Multiple values are not supported.`,
    );
  }
  if (!/^\d{1,5}$/.test(text(rule.translatedPort) ?? "") || list(rule.destinationPorts).length !== 1) {
    yield badRequest(
      "FirewallPolicyNatRuleInvalidDnatPortOrRangeFormat",
      `Firewall Policy Nat Rule ${name}: Invalid DNat port value or range. Multiple values, * and ranges are not supported for DNAT translated port.`,
    );
  }
  if ((text(rule.translatedAddress) === undefined) === (text(rule.translatedFqdn) === undefined) || !hasSource(rule)) {
    yield badRequest(
      "FirewallPolicyNatRuleIPAddressesAndPortsMustBeSpecified",
      `Firewall Policy Nat Rule ${name} should have IP addresses and ports specified.`,
    );
  }
  yield* checkAddresses(name, [...strings(rule.sourceAddresses), ...strings(rule.destinationAddresses)]);
}

function* checkAddresses(name: string | undefined, addresses: readonly string[]): Generator<ArmError> {
  const wrong = addresses.find(
    (address) => address !== "*" && !isServiceTag(address) && readRange(address) === undefined,
  );
  if (wrong === undefined) return;
  yield badRequest(
    "FirewallPolicyRuleConditionInvalidIpAddressOrRangeFormat",
    `Firewall Policy Rule Condition ${name}: Invalid IP address value or range ${wrong}.`,
  );
}

function* checkPorts(name: string | undefined, ports: readonly string[]): Generator<ArmError> {
  const wrong = ports.find((port) => port !== "*" && !isPortRange(port));
  if (wrong === undefined) return;
  yield badRequest(
    "FirewallPolicyRuleConditionInvalidPortOrRangeFormat",
    `Firewall Policy Rule Condition ${name}: Invalid port value or range ${wrong}. Ports must be in [1, 65535]`,
  );
}

function hasSource(rule: Wire): boolean {
  return hasSome(rule, ["sourceAddresses", "sourceIpGroups"]);
}

function hasSome(rule: Wire, properties: readonly string[]): boolean {
  return properties.some((property) => list(rule[property]).length > 0);
}

function isHostName(value: string): boolean {
  return /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*$/.test(
    value,
  );
}

function isPortRange(value: string): boolean {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(value);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  return match !== null && from >= 1 && from <= to && to <= 65535;
}
