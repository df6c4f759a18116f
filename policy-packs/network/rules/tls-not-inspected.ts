import { isUnknown } from "../../../model/read.ts";
import { type Network, subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Evidence, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { eachSubnet } from "../each-subnet.ts";
import { type InspectingRule, inspectingRules, isNamedBy } from "../inspecting-rule.ts";
import { askEndpoint, endpointNeeds, isTestedBeforeSetup, type Need } from "../judge-endpoints.ts";

/** The services accept no certificate but their own: a connection that a firewall opened ends before anything is said. */
export const tlsNotInspected: Rule = {
  name: "tls-not-inspected",
  pack: "network",
  description: "No firewall opens the TLS of required endpoints that Microsoft asks not to inspect.",
  severity: "high",
  errorTypes: [
    "endpointConnectivityCheckCloudPcUrlNotAllowListed",
    "endpointConnectivityCheckWVDUrlNotAllowListed",
    "endpointConnectivityCheckIntuneUrlNotAllowListed",
    "endpointConnectivityCheckAzureADUrlNotAllowListed",
  ],
  url: "https://learn.microsoft.com/windows-365/enterprise/requirements-network",
  remediation: "Set terminateTLS to false on the application rule that lets these endpoints pass.",
  judge: (design) => {
    const { network } = design;
    const firewalls = network.estate.azureFirewalls;
    if (firewalls.length === 0) return [];
    const inspects = firewalls.some((firewall) => inspectingRules(network, firewall).length > 0);
    return eachSubnet(design, (subnet) => (inspects ? judge(network, subnet) : []));
  },
};

/** A flow that must not be inspected, and the rule of a firewall that lets it pass and inspects it, or may. */
interface Inspected extends InspectingRule {
  readonly need: Need;
  readonly evidence: Evidence;
  readonly firewall: string;
  /** Why it is not known whether it does. */
  readonly open: string | undefined;
}

/** One observation for each application rule: it is one thing to change, however many endpoints it lets pass. */
function judge(network: Network, subnet: CloudPcSubnet): readonly Observation[] {
  const inspected = endpointNeeds(subnet)
    .filter(({ row }) => row.tlsInspection === "forbidden" && isTestedBeforeSetup(row))
    .flatMap((need) => need.row.ports.flatMap((port) => inspectionsOf(network, need, port)));
  return [...Map.groupBy(inspected, ({ rule }) => rule).values()].flatMap((flows) => {
    // What is certain says enough; what may be inspected as well would not be another thing to change.
    const certain = flows.filter(({ open }) => open === undefined);
    return observe(subnet, certain.length > 0 ? certain : flows);
  });
}

function inspectionsOf(network: Network, need: Need, port: string): readonly Inspected[] {
  // Application rules go by names, which have rows of their own; plain HTTP has no TLS to open.
  if (need.row.destination.kind === "prefix" || need.row.protocol !== "Tcp" || port === "80") return [];
  const evidence = askEndpoint(network, need, port);
  const { steps } = evidence.answer;
  const unable = steps.find(({ kind, verdict }) => kind === "TlsInspection" && verdict === "Unknown");
  return steps.flatMap(({ reached, verdict, resourceId, rule, because }) => {
    if (!reached || verdict === "Deny" || !rule) return [];
    const firewall = network.find("azureFirewalls", resourceId);
    if (firewall.kind !== "found") return [];
    const found = inspectingRules(network, firewall.resource).find((each) => isNamedBy(each, rule));
    if (found === undefined) return [];
    const { terminateTls } = found.rule;
    const open = [
      isUnknown(terminateTls) ? terminateTls.unknown : undefined,
      verdict === "Unknown" ? because : unable?.because,
      need.certain ? undefined : "which of them these Cloud PCs need depends on the join type or the Intune location",
    ].find((reason) => reason !== undefined);
    return [{ ...found, need, evidence, firewall: firewall.resource.name, open }];
  });
}

function observe({ place }: CloudPcSubnet, flows: readonly Inspected[]): readonly Observation[] {
  const [first] = flows;
  if (first === undefined) return [];
  const { rule, collection, group, policy, firewall, evidence, open } = first;
  const rows = [...new Set(flows.map(({ need }) => need.row))];
  const base = {
    about: [policy.name, group.name, collection, rule.name].join("/"),
    blamed: subjectOf(group.id),
    errorTypes: [...new Set(rows.flatMap(({ errorType }) => errorType ?? []))],
    evidence,
    remedy: `set terminateTLS of application rule "${rule.name}" in collection "${collection}" to false, or let these endpoints pass by a rule before it that does not inspect`,
  };
  const names = namesOf(rows.map(({ destination }) => destination.value));
  const opens = `application rule "${rule.name}" of firewall "${firewall}" opens the TLS of ${subnetLabel(place)} to ${names}`;
  return open === undefined
    ? [{ ...base, outcome: "fail", message: `${opens}, which Microsoft asks not to inspect` }]
    : [
        {
          ...base,
          outcome: "undecided",
          message: `whether ${opens}, which Microsoft asks not to inspect, is not known: ${open}`,
        },
      ];
}

function namesOf(values: readonly string[]): string {
  const shown = values.slice(0, 3).map((value) => `"${value}"`);
  const more = values.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}
