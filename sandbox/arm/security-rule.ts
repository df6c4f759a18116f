import { readAddress, readCidr } from "./addresses.ts";
import type { ArmError } from "./contract.ts";
import { badRequest } from "./refusal.ts";
import { isServiceTag } from "./service-tags.ts";
import { list, number, sameText, strings, text, type Wire } from "./wire.ts";

/** How a network security group holds its rules. */
export const securityRuleList = {
  list: "securityRules",
  childType: "Microsoft.Network/networkSecurityGroups/securityRules",
};

/** One rule on its way into a group, with the rules that are or will be beside it. */
export interface SecurityRuleEntry {
  readonly id: string;
  readonly name: string;
  readonly properties: Wire;
}

/**
 * Refuses a security rule: priority, twin priorities, addresses, ports.
 *
 * Sources (as of 2026-11-21): https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview; codes and
 * wording from public reports of each code, listed in README.md.
 */
export function* checkSecurityRule(rule: SecurityRuleEntry, others: readonly SecurityRuleEntry[]): Generator<ArmError> {
  const priority = number(rule.properties.priority);
  if (priority === undefined || !Number.isInteger(priority) || priority < 100 || priority > 4096) {
    yield badRequest(
      "SecurityRuleInvalidPriority",
      `Security rule has invalid Priority. Value provided: ${priority} Allowed range 100-4096.`,
    );
  }
  const twin = others.find(
    (other) =>
      !sameText(other.name, rule.name) &&
      other.properties.priority === priority &&
      sameText(other.properties.direction, String(rule.properties.direction)),
  );
  if (twin !== undefined) {
    yield badRequest(
      "SecurityRuleConflict",
      `Security rule ${rule.name} conflicts with rule ${twin.name}. Rules cannot have the same Priority and Direction.`,
    );
  }
  yield* checkAddresses(rule, "source");
  yield* checkAddresses(rule, "destination");
  yield* checkPorts(rule, "source");
  yield* checkPorts(rule, "destination");
}

type Side = "source" | "destination";

function* checkAddresses({ id, name, properties }: SecurityRuleEntry, side: Side): Generator<ArmError> {
  const single = text(properties[`${side}AddressPrefix`]);
  const several = strings(properties[`${side}AddressPrefixes`]);
  const groups = list(properties[`${side}ApplicationSecurityGroups`]);
  const given = [single !== undefined, several.length > 0, groups.length > 0].filter(Boolean).length;
  if (given !== 1) {
    const problem = given === 0 ? "must have one of" : "can have only one of";
    yield badRequest(
      "SecurityRuleInvalidAddressPrefixes",
      `Security rule ${name} ${problem} ${side}AddressPrefix, ${side}AddressPrefixes and ${side}ApplicationSecurityGroups.`,
    );
  }
  if (single !== undefined && single !== "*" && !isServiceTag(single) && !isPrefix(single)) yield invalidPrefix(single);
  for (const prefix of several) {
    if (prefix === "*" || isServiceTag(prefix)) {
      const parameter = side === "source" ? "SourceAddressPrefix" : "DestinationAddressPrefix";
      yield badRequest(
        "SecurityRuleParameterContainsUnsupportedValue",
        `Security rule parameter ${parameter} for rule with Id ${id} cannot specify existing VIRTUALNETWORK, INTERNET, ` +
          `AZURELOADBALANCER, '*' or system tags. Unsupported value used: ${prefix}.`,
      );
    } else if (!isPrefix(prefix)) {
      yield invalidPrefix(prefix);
    }
  }
}

function* checkPorts({ id, name, properties }: SecurityRuleEntry, side: Side): Generator<ArmError> {
  const single = text(properties[`${side}PortRange`]);
  const several = strings(properties[`${side}PortRanges`]);
  if ((single === undefined) === (several.length === 0)) {
    const problem = single === undefined ? "must have one of" : "can have only one of";
    yield badRequest(
      "SecurityRuleInvalidPortRanges",
      `Security rule ${name} ${problem} ${side}PortRange and ${side}PortRanges.`,
    );
  }
  if (several.includes("*")) {
    yield badRequest(
      "SecurityRuleParameterContainsInvalidPortRanges",
      `Security rule parameter ${side}PortRanges for rule with Id ${id} cannot contain '*'. Use ${side}PortRange.`,
    );
  }
  const wrong = [...(single === undefined ? [] : [single]), ...several].find(
    (port) => port !== "*" && !isPortRange(port),
  );
  if (wrong !== undefined) {
    yield badRequest(
      "SecurityRuleInvalidPortRange",
      `Security rule has invalid Port range. Value provided: ${wrong}. ` +
        "Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.",
    );
  }
}

function invalidPrefix(value: string): ArmError {
  return badRequest(
    "SecurityRuleInvalidAddressPrefix",
    `Security rule has invalid Address prefix. Value provided: ${value}`,
  );
}

function isPrefix(value: string): boolean {
  return readAddress(value) !== undefined || readCidr(value)?.isCanonical === true;
}

function isPortRange(value: string): boolean {
  const ports = value.split("-");
  const [from, to = from] = ports.map((port) => (/^\d{1,5}$/.test(port) ? Number(port) : Number.NaN));
  return ports.length <= 2 && from !== undefined && to !== undefined && from <= to && to <= 65535;
}
