import type { RuleAddress } from "../estate/resource.ts";
import type { SecurityRule, SecurityRuleProtocol } from "../estate/security-group.ts";
import { type Answer, explain, type Question } from "../explain.ts";
import { viewFirewall } from "../firewall/firewall-view.ts";
import { toPrefixes } from "../ip-space.ts";
import { applianceAt, privateAddressOf } from "../path/appliance.ts";
import { type Endpoint, parseEndpoint } from "../path/endpoint.ts";
import type { Step } from "../path/step.ts";
import { formatAddress, formatPrefix } from "../prefix.ts";
import { isUnknown, knownOr, splitKnown } from "../read.ts";
import { type Network, networkOf, type SubnetPlace } from "../topology/network.ts";
import { applyChange, type Change, freePriority, knownPriorities } from "./change.ts";

/** The one change that lets a denied flow pass. */
export interface Fix {
  readonly summary: string;
  readonly change: Change;
}

interface Asked {
  readonly network: Network;
  readonly question: Question;
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/**
 * Looks for the one rule or route whose addition turns a Deny into an Allow. Each candidate names exactly the flow that was asked
 * (its sources, destination, protocol and port), but for a NAT gateway, which carries a whole subnet, and counts only if the changed estate, asked again, allows it.
 * `undefined` when no single change is enough.
 */
export function smallestFix(network: Network, question: Question, answer: Answer): Fix | undefined {
  const from = parseEndpoint(network, question.from);
  const to = parseEndpoint(network, question.to);
  if (answer.verdict !== "Deny" || !from.ok || !to.ok) return undefined;
  const asked: Asked = { network, question, from: from.value, to: to.value };
  return candidates(asked, answer).find(({ change }) => {
    const changed = networkOf(applyChange(network.estate, change), network.reference);
    const again = explain(changed, question);
    return again.ok && again.value.verdict === "Allow";
  });
}

function candidates(asked: Asked, answer: Answer): readonly Fix[] {
  const step = answer.steps.find((each) => each.reached && each.verdict === "Deny");
  switch (answer.disposition) {
    case "DeniedOutbound":
    case "DeniedInbound":
      return step === undefined ? [] : securityRule(asked, step);
    case "NullRouted":
      return step === undefined ? [] : routes(asked, step);
    case "NoEgress":
      return step === undefined ? [] : natGateways(asked, step);
    case "DeniedByFirewall":
      return step === undefined ? [] : firewallRules(asked, step);
    case "AsymmetricReturn":
      return returnRoutes(asked, answer);
    default:
      return [];
  }
}

function securityRule(asked: Asked, step: Step): readonly Fix[] {
  const group = asked.network.find("networkSecurityGroups", step.resourceId);
  const deciding = step.rule?.priority;
  if (group.kind !== "found" || typeof deciding !== "number" || step.direction === undefined) return [];
  const same = splitKnown(group.resource.securityRules).known.filter((rule) => rule.direction === step.direction);
  const priority = freePriority(knownPriorities(same), Math.min(deciding, 4097), 100);
  const [protocol, sources, destinations] = [ruleProtocol(asked), addressesOf(asked.from), addressesOf(asked.to)];
  if (priority === undefined || protocol === undefined || destinations.length === 0) return [];
  const { port } = asked.question;
  const every = { from: 0, to: 65_535 };
  const rule: SecurityRule = {
    name: `Allow-${asked.question.protocol}${port === undefined ? "" : `-${port}`}-${step.direction}`,
    priority,
    direction: step.direction,
    access: "Allow",
    protocol,
    sourceAddressPrefixes: sources,
    sourceApplicationSecurityGroupIds: [],
    sourcePortRanges: [every],
    destinationAddressPrefixes: destinations,
    destinationApplicationSecurityGroupIds: [],
    destinationPortRanges: [port === undefined ? every : { from: port, to: port }],
  };
  const summary =
    `add to network security group "${group.resource.name}" an ${step.direction.toLowerCase()} rule with priority ${priority} that allows ` +
    `${protocol}${port === undefined ? "" : ` ${port}`} from ${textOf(sources)} to ${textOf(destinations)}`;
  return [{ summary, change: { kind: "addSecurityRule", networkSecurityGroupId: group.resource.id, rule } }];
}

/** A route of the destination's own, past the one that drops it: to the Internet, or where the default route leads. */
function routes(asked: Asked, step: Step): readonly Fix[] {
  const place = asked.network.subnets.find(step.resourceId ?? "");
  const table = asked.network.find("routeTables", place?.subnet.routeTableId);
  const [destination, second] = addressesOf(asked.to);
  if (table.kind !== "found" || destination === undefined || second !== undefined) return [];
  const byDefault = splitKnown(table.resource.routes).known.find(
    (route) =>
      !isUnknown(route.addressPrefix) &&
      route.addressPrefix.kind === "prefix" &&
      route.addressPrefix.prefix.length === 0,
  );
  const viaAppliance =
    byDefault?.nextHopType === "VirtualAppliance" ? knownOr(byDefault.nextHopIpAddress, undefined) : undefined;
  const hops = [
    { nextHopType: "Internet" } as const,
    ...(viaAppliance === undefined
      ? []
      : [{ nextHopType: "VirtualAppliance", nextHopIpAddress: viaAppliance } as const]),
  ];
  return hops.map((hop) => ({
    summary: `add to route table "${table.resource.name}" a route for ${textOf([destination])} with next hop ${hop.nextHopType}`,
    change: {
      kind: "addRoute",
      routeTableId: table.resource.id,
      route: { name: "allow-flow", addressPrefix: destination, ...hop },
    },
  }));
}

function natGateways({ network }: Asked, step: Step): readonly Fix[] {
  const place = network.subnets.find(step.resourceId ?? "");
  if (place === undefined || place.subnet.natGatewayId !== undefined) return [];
  const near = network.estate.natGateways.filter(
    (nat) => nat.location === undefined || nat.location === place.virtualNetwork.location,
  );
  return near.map((nat) => ({
    summary: `attach NAT gateway "${nat.name}" to subnet "${place.subnet.name}", by which all leaves that its rules and routes send to the Internet`,
    change: { kind: "attachNatGateway", subnetId: place.id, natGatewayId: nat.id },
  }));
}

function firewallRules(asked: Asked, step: Step): readonly Fix[] {
  const { network, question, from, to } = asked;
  const firewall = network.find("azureFirewalls", step.resourceId);
  const policy =
    firewall.kind === "found" ? network.find("firewallPolicies", firewall.resource.firewallPolicyId) : undefined;
  const group = policy?.kind === "found" ? policy.resource.ruleCollectionGroups[0] : undefined;
  const { port, protocol } = question;
  if (firewall.kind !== "found" || group === undefined || port === undefined) return [];
  if (protocol !== "Tcp" && protocol !== "Udp") return [];
  const collections = splitKnown(group.ruleCollections).known;
  const deciding = collections.find((each) => each.name === step.rule?.collection);
  const priority = freePriority(knownPriorities(collections), knownOr(deciding?.priority, 65_001), 100);
  if (priority === undefined) return [];
  const name = `allow-${protocol.toLowerCase()}-${port}`;
  const base = { name, sourceAddresses: addressesOf(from), sourceIpGroupIds: [] };
  const ruleHeader = {
    ...base,
    ruleType: "NetworkRule",
    ipProtocols: [protocol === "Tcp" ? "TCP" : "UDP"],
    destinationIpGroupIds: [],
    destinationPorts: [{ from: port, to: port }],
  } as const;
  const where = `firewall policy group "${group.name}"`;
  const change = (rule: Parameters<typeof asRule>[0]) => asRule(rule, group.id, name, priority);
  if (to.kind !== "fqdn") {
    const destinations = addressesOf(to);
    const summary = `add to ${where} a network rule that allows ${protocol} ${port} to ${textOf(destinations)}`;
    return [{ summary, change: change({ ...ruleHeader, destinationAddresses: destinations, destinationFqdns: [] }) }];
  }
  const protocolType = port === 443 ? "Https" : port === 80 ? "Http" : undefined;
  if (protocol === "Tcp" && protocolType !== undefined) {
    const summary = `add to ${where} an application rule that allows "${to.value}" over ${protocolType} ${port}`;
    const rule = {
      ...base,
      ruleType: "ApplicationRule",
      protocols: [{ protocolType, port }],
      destinationAddresses: [],
      targetFqdns: [to.value],
      targetUrls: [],
      fqdnTags: [],
      webCategories: [],
    } as const;
    return [{ summary, change: change(rule) }];
  }
  const proxy = viewFirewall(network, firewall.resource).dnsProxy === true;
  const summary = `add to ${where} a network rule that allows ${protocol} ${port} to "${to.value}"`;
  return proxy
    ? [{ summary, change: change({ ...ruleHeader, destinationAddresses: [], destinationFqdns: [to.value] }) }]
    : [];
}

/** A route that sends the answer, or the flow itself, through the firewall that sees only the other one. */
function returnRoutes(asked: Asked, answer: Answer): readonly Fix[] {
  const { network, from, to } = asked;
  const seen = answer.steps.filter((step) => step.kind === "Firewall").at(-1)?.resourceId;
  const unseen = answer.returnSteps.find((step) => step.nextHop?.azureType === "VirtualAppliance")?.nextHop?.ipAddress;
  const last = network.subnets.find(answer.returnSteps.at(-1)?.resourceId ?? "");
  const firewall = network.find("azureFirewalls", seen);
  if (firewall.kind === "found" && last !== undefined) {
    return applianceRoute(network, last, addressesOf(from), privateAddressOf(network, firewall.resource));
  }
  if (unseen === undefined || unseen === null || from.place === undefined) return [];
  const found = network.estate.azureFirewalls
    .map((each) => privateAddressOf(network, each))
    .find(
      (address) =>
        address !== undefined && formatAddress(address) === unseen && applianceAt(network, address).kind === "firewall",
    );
  return applianceRoute(network, from.place, addressesOf(to), found);
}

function applianceRoute(
  network: Network,
  place: SubnetPlace,
  targets: readonly RuleAddress[],
  address: number | undefined,
): readonly Fix[] {
  const table = network.find("routeTables", place.subnet.routeTableId);
  const [addressPrefix, second] = targets;
  if (table.kind !== "found" || address === undefined || addressPrefix === undefined || second !== undefined) return [];
  const route = {
    name: "through-firewall",
    addressPrefix,
    nextHopType: "VirtualAppliance",
    nextHopIpAddress: address,
  } as const;
  const summary =
    `add to route table "${table.resource.name}" of subnet "${place.subnet.name}" a route for ${textOf(targets)} ` +
    `with next hop VirtualAppliance ${formatAddress(address)}`;
  return [{ summary, change: { kind: "addRoute", routeTableId: table.resource.id, route } }];
}

function asRule(
  rule: Extract<Change, { kind: "addFirewallRule" }>["rule"],
  groupId: string,
  collection: string,
  priority: number,
): Change {
  return { kind: "addFirewallRule", ruleCollectionGroupId: groupId, collection, priority, rule };
}

/** An end as the addresses of a rule: its prefixes, else the tag that holds it; none for a name without a tag, whose addresses change. */
function addressesOf(end: Endpoint): readonly RuleAddress[] {
  const [tag] = end.tags;
  if (end.kind === "serviceTag") return [{ kind: "serviceTag", name: end.value }];
  if (end.kind === "fqdn") return tag === undefined ? [] : [{ kind: "serviceTag", name: tag }];
  return toPrefixes(end.space).map((prefix) => ({ kind: "prefix", prefix }));
}

function ruleProtocol({ question }: Asked): SecurityRuleProtocol | undefined {
  return question.protocol === "Other" ? undefined : question.protocol;
}

function textOf(addresses: readonly RuleAddress[]): string {
  return addresses
    .map((address) =>
      address.kind === "prefix" ? formatPrefix(address.prefix) : address.kind === "serviceTag" ? address.name : "*",
    )
    .join(", ");
}
