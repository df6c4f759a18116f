import { dnsServersOf } from "../../../model/dns/resolve-name.ts";
import type { AzureFirewall } from "../../../model/estate/firewall.ts";
import { type FirewallLine, firewallLines } from "../../../model/firewall/firewall-lines.ts";
import { viewFirewall } from "../../../model/firewall/firewall-view.ts";
import { firstMatch, type Match } from "../../../model/first-match.ts";
import { headerSpaceOf, intersectFlows } from "../../../model/header-space.ts";
import { privateAddressOf } from "../../../model/path/appliance.ts";
import { parseEndpoint } from "../../../model/path/endpoint.ts";
import type { StepRule } from "../../../model/path/step.ts";
import { protocolSpace } from "../../../model/protocol.ts";
import { type Network, subnetLabel, subnetSpace } from "../../../model/topology/network.ts";
import type { Check, Evidence, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { firewallsBehind } from "../firewalls-behind.ts";
import { askEndpoint, endpointNeeds, type Need } from "../judge-endpoints.ts";

/** All network rules come before all application rules, whatever their priority: a rule can be there, be right, and never be asked. */
export const firewallRulesNotShadowed: Rule = {
  name: "firewall-rules-not-shadowed",
  pack: "network",
  description: "No rule of a firewall denies a required endpoint before the rule that allows it.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/firewall/rule-processing",
  remediation: "Narrow the rule that denies, or put its collection behind that of the rule that allows.",
  judge: ({ network, cloudPcSubnets }) =>
    cloudPcSubnets.flatMap((subnet): readonly Check[] => {
      if (firewallsBehind(network, subnet.place).length === 0) return [];
      const needs = endpointNeeds(subnet).filter(({ row }) => row.requirement === "required");
      const observations = needs.flatMap((need) => need.row.ports.flatMap((port) => observe(network, need, port)));
      return [{ subject: subjectOf(subnet.place.id), observations }];
    }),
};

function observe(network: Network, need: Need, port: string): readonly Observation[] {
  const evidence = askEndpoint(network, need, port);
  return evidence.answer.steps
    .filter(({ kind, verdict }) => kind === "Firewall" && verdict !== "Allow")
    .flatMap(({ resourceId }) => {
      const firewall = network.find("azureFirewalls", resourceId);
      return firewall.kind === "found" ? shadows(network, firewall.resource, need, port, evidence) : [];
    })
    .slice(0, 1);
}

/** A rule that denies, the rule behind it that would allow, and whether it is known that the former matches. */
interface Shadow {
  readonly denies: StepRule;
  readonly allows: StepRule;
  readonly certain: boolean;
}

function shadows(
  network: Network,
  firewall: AzureFirewall,
  need: Need,
  port: string,
  evidence: Evidence,
): readonly Observation[] {
  const lines = linesFor(network, firewall, need);
  const shadow = firstMatch(lines, flowsOf(network, need, port))
    .map((match) => shadowIn(lines, match))
    .find(Boolean);
  if (shadow === undefined) return [];
  const { denies, allows, certain } = shadow;
  const flow = `${subnetLabel(need.subnet.place)} to ${need.row.destination.value}, ${need.row.protocol} ${port}`;
  const base = { about: `${need.row.id} ${need.row.protocol} ${port}`, evidence, blamed: subjectOf(firewall.id) };
  const rules = `${label(denies)} of firewall "${firewall.name}" denies ${flow} before ${label(allows)} allows it`;
  if (!certain || !need.certain) {
    return [{ ...base, outcome: "undecided", message: `whether ${rules} is not known: ${evidence.answer.because}` }];
  }
  const byType = denies.type !== allows.type;
  const remedy = byType
    ? `narrow ${label(denies)}, or allow the endpoint by a network rule before it: application rules come after every network rule`
    : `put collection "${allows.collection ?? ""}" before "${denies.collection ?? ""}", or narrow ${label(denies)}`;
  return [{ ...base, outcome: "fail", message: rules, remedy }];
}

function shadowIn(lines: readonly FirewallLine[], match: Match<FirewallLine["value"]>): Shadow | undefined {
  const { line, maybe, space } = match;
  const denying = [line, ...maybe].find((each) => each?.value.access === "Deny" && each.value.rule !== null);
  const denies = denying?.value.rule;
  if (denying === undefined || !denies) return undefined;
  const later = lines
    .slice(lines.findIndex((each) => each.value === denying.value) + 1)
    .find(({ value, certain }) => value.access === "Allow" && value.rule && intersectFlows(certain, space).length > 0);
  const allows = later?.value.rule;
  return allows ? { denies, allows, certain: denying === line && maybe.length === 0 } : undefined;
}

/** The rules as the firewall reads them for this endpoint. */
function linesFor(network: Network, firewall: AzureFirewall, { subnet, row }: Need): readonly FirewallLine[] {
  const { kind, value } = row.destination;
  const isName = kind === "fqdn" || kind === "wildcardFqdn";
  return firewallLines(network, viewFirewall(network, firewall), {
    destinationTags: tagsOf(network, value),
    clientDns: dnsServersOf(subnet.place),
    proxyAddress: privateAddressOf(network, firewall),
    ...(isName ? { fqdn: value } : {}),
  });
}

function tagsOf(network: Network, value: string): readonly string[] {
  const end = parseEndpoint(network, value);
  return end.ok ? end.value.tags : [];
}

function flowsOf(network: Network, { subnet, row }: Need, port: string) {
  const end = parseEndpoint(network, row.destination.value);
  const [from = 0, to = from] = port.split("-").map(Number);
  return headerSpaceOf({
    source: subnetSpace(subnet.place.subnet),
    protocol: protocolSpace(row.protocol),
    destinationPort: [from, to + 1],
    ...(end.ok ? { destination: end.value.space } : {}),
  });
}

function label({ type, name }: StepRule): string {
  return `${type === "ApplicationRule" ? "application rule" : "network rule"} "${name}"`;
}
