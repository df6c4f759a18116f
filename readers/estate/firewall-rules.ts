import type {
  ApplicationProtocol,
  ApplicationRule,
  FirewallIpProtocol,
  FirewallRule,
  NatRule,
  NetworkRule,
  RuleCollection,
} from "../../model/estate/firewall.ts";
import { isUnknown, type Read } from "../../model/read.ts";
import { defined, type Fields } from "./fields.ts";

const ipProtocols: readonly FirewallIpProtocol[] = ["Any", "TCP", "UDP", "ICMP"];

/** A rule collection of a policy: filter or NAT. */
export function readPolicyCollection(fields: Fields): Read<RuleCollection> {
  if (fields.unknown !== undefined) return fields.unknown;
  const name = fields.label("name");
  const type = fields.oneOf("ruleCollectionType", [
    "FirewallPolicyFilterRuleCollection",
    "FirewallPolicyNatRuleCollection",
  ]);
  if (isUnknown(type)) return type;
  const action = fields.object("action")?.oneOf("type", ["Allow", "Deny", "Dnat"]);
  return {
    name,
    priority: fields.required(fields.integer("priority"), `rule collection "${name}": priority`),
    action: fields.required(action, `rule collection "${name}": action`),
    rules: fields.objects("rules").map(readPolicyRule),
  };
}

/** The rule collections of a firewall without a policy, which lie in a list for each kind of rule. */
export function readClassicCollections(fields: Fields): readonly Read<RuleCollection>[] {
  return [
    ...fields.objects("natRuleCollections").map((collection) => readClassicCollection(collection, readNatRule)),
    ...fields.objects("networkRuleCollections").map((collection) => readClassicCollection(collection, readNetworkRule)),
    ...fields
      .objects("applicationRuleCollections")
      .map((collection) => readClassicCollection(collection, readApplicationRule)),
  ];
}

function readClassicCollection(fields: Fields, readRule: (rule: Fields) => FirewallRule): Read<RuleCollection> {
  if (fields.unknown !== undefined) return fields.unknown;
  const name = fields.label("name");
  return {
    name,
    priority: fields.required(fields.integer("priority"), `rule collection "${name}": priority`),
    action: fields.required(
      fields.object("action")?.oneOf("type", ["Allow", "Deny", "Dnat"]),
      `rule collection "${name}": action`,
    ),
    rules: fields.objects("rules").map((rule) => rule.unknown ?? readRule(rule)),
  };
}

function readPolicyRule(fields: Fields): Read<FirewallRule> {
  if (fields.unknown !== undefined) return fields.unknown;
  const type = fields.required(
    fields.oneOf("ruleType", ["NetworkRule", "ApplicationRule", "NatRule"]),
    `rule "${fields.label("name")}": ruleType`,
  );
  switch (type) {
    case "NetworkRule":
      return readNetworkRule(fields);
    case "ApplicationRule":
      return readApplicationRule(fields);
    case "NatRule":
      return readNatRule(fields);
    default:
      return type;
  }
}

function readSource(fields: Fields): Pick<NetworkRule, "name" | "sourceAddresses" | "sourceIpGroupIds"> {
  return {
    name: fields.label("name"),
    sourceAddresses: fields.ruleAddresses("sourceAddresses"),
    sourceIpGroupIds: fields.references("sourceIpGroups"),
  };
}

/** A policy says `ipProtocols`, a classic rule `protocols`. */
function readIpProtocols(fields: Fields): readonly Read<FirewallIpProtocol>[] {
  const list = fields.value("ipProtocols") === undefined ? "protocols" : "ipProtocols";
  return fields.oneOfEach(list, ipProtocols);
}

function readNetworkRule(fields: Fields): NetworkRule {
  return {
    ...readSource(fields),
    ruleType: "NetworkRule",
    ipProtocols: readIpProtocols(fields),
    destinationAddresses: fields.ruleAddresses("destinationAddresses"),
    destinationIpGroupIds: fields.references("destinationIpGroups"),
    destinationFqdns: fields.texts("destinationFqdns"),
    destinationPorts: fields.portRanges("destinationPorts"),
  };
}

function readApplicationRule(fields: Fields): ApplicationRule {
  return {
    ...readSource(fields),
    ruleType: "ApplicationRule",
    protocols: fields.objects("protocols").map(readProtocol),
    destinationAddresses: fields.ruleAddresses("destinationAddresses"),
    targetFqdns: fields.texts("targetFqdns"),
    targetUrls: fields.texts("targetUrls"),
    fqdnTags: fields.texts("fqdnTags"),
    webCategories: fields.texts("webCategories"),
    ...defined({ terminateTls: fields.boolean("terminateTLS") }),
  };
}

function readProtocol(fields: Fields): Read<ApplicationProtocol> {
  if (fields.unknown !== undefined) return fields.unknown;
  const protocolType = fields.required(fields.oneOf("protocolType", ["Http", "Https", "Mssql"]), "protocolType");
  if (isUnknown(protocolType)) return protocolType;
  const port = fields.integer("port") ?? { Http: 80, Https: 443, Mssql: 1433 }[protocolType];
  return isUnknown(port) ? port : { protocolType, port };
}

function readNatRule(fields: Fields): NatRule {
  return {
    ...readSource(fields),
    ruleType: "NatRule",
    ipProtocols: readIpProtocols(fields),
    destinationAddresses: fields.ruleAddresses("destinationAddresses"),
    destinationPorts: fields.portRanges("destinationPorts"),
    ...defined({
      translatedAddress: fields.address("translatedAddress"),
      translatedFqdn: fields.text("translatedFqdn"),
      translatedPort: fields.integer("translatedPort"),
    }),
  };
}
