import type { AzureNetworkConnection } from "../../model/estate/governance.ts";
import type { Ipv4Address } from "../../model/estate/resource.ts";
import { isUnknown, knownOr, type Read } from "../../model/read.ts";
import { refersTo } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../cloud-pc-subnet.ts";
import type { Check, Design, Observation } from "../rule.ts";
import { type Subject, subjectOf } from "../subject.ts";
import { connectionSubject } from "./connection-subject.ts";

/** A domain that Cloud PCs of a subnet join, and who says so. */
export interface JoinedDomain {
  readonly name: string;
  /** Servers that answer for the domain, its domain controllers; `undefined` where the input does not tell them. */
  readonly servers: readonly Ipv4Address[] | undefined;
  /** `undefined`: the domain's default container. */
  readonly organizationalUnit: Read<string> | undefined;
  /** What to change when the domain is wrong: a connection, else the subnet. */
  readonly subject: Subject;
  /** Who names it, for messages: `connection "weu"`, `the plan`. */
  readonly source: string;
}

/** A Cloud PC subnet whose Cloud PCs join Active Directory, or may. */
interface HybridSubnet {
  readonly subnet: CloudPcSubnet;
  readonly domains: readonly JoinedDomain[];
  /** Why the domain of a connection is not known. */
  readonly open: readonly string[];
}

/**
 * One check for each Cloud PC subnet whose Cloud PCs join Active Directory. What Entra join needs is none of this. Where the input
 * does not tell the join type, what is found is undecided.
 *
 * @param errorTypes - what Windows 365 would report where not even the domain is known
 * @param assume - what had to be taken as given, in sentences; by default nothing
 */
export function eachHybridSubnet(
  design: Design,
  errorTypes: readonly string[],
  observe: (subnet: CloudPcSubnet, domain: JoinedDomain) => readonly Observation[],
  assume: (subnet: CloudPcSubnet, domain: JoinedDomain) => readonly string[] = () => [],
): readonly Check[] {
  return hybridSubnets(design).map(({ subnet, domains, open }) => {
    const unnamed = domains.length === 0 && open.length === 0 ? [notNamed(errorTypes)] : [];
    const unread = open.map((because) => notRead(because, errorTypes));
    const found = [...unnamed, ...unread, ...domains.flatMap((domain) => observe(subnet, domain))];
    const assumptions = domains.flatMap((domain) => assume(subnet, domain));
    return { ...check(subnet, found), ...(assumptions.length > 0 && { assumptions }) };
  });
}

/** The same for what is asked of a name alone: a subnet for which no domain is named has nothing to judge. */
export function eachNamedDomain(
  design: Design,
  errorTypes: readonly string[],
  observe: (domain: JoinedDomain) => readonly Observation[],
): readonly Check[] {
  return hybridSubnets(design)
    .filter(({ domains, open }) => domains.length > 0 || open.length > 0)
    .map(({ subnet, domains, open }) => {
      const unread = open.map((because) => notRead(because, errorTypes));
      return check(subnet, [...unread, ...domains.flatMap(observe)]);
    });
}

function check(subnet: CloudPcSubnet, found: readonly Observation[]): Check {
  return { subject: subjectOf(subnet.place.id), observations: isCertain(subnet) ? found : found.map(onlyIfHybrid) };
}

function notNamed(errorTypes: readonly string[]): Observation {
  return {
    outcome: "undecided",
    about: "domain",
    message: "which domain Cloud PCs join is not known: no connection and no plan of the input names it",
    errorTypes,
    remedy: "add the Azure network connection to the input, as Graph prints it",
  };
}

function notRead(because: string, errorTypes: readonly string[]): Observation {
  return {
    outcome: "undecided",
    about: "domain",
    message: `which domain Cloud PCs join is not known: ${because}`,
    errorTypes,
  };
}

function onlyIfHybrid(observation: Observation): Observation {
  const message = `${observation.message}; it matters only if Cloud PCs join Active Directory, which the input does not tell`;
  return { ...observation, outcome: "undecided", message };
}

function isHybrid({ kinds }: CloudPcSubnet): boolean {
  return kinds.some(({ joinType }) => joinType === "hybridAzureADJoin");
}

function isCertain({ kinds, kindsAreCertain }: CloudPcSubnet): boolean {
  return kindsAreCertain || kinds.every(({ joinType }) => joinType === "hybridAzureADJoin");
}

function hybridSubnets(design: Design): readonly HybridSubnet[] {
  return design.cloudPcSubnets.filter(isHybrid).map((subnet) => ({ subnet, ...domainsOf(design, subnet) }));
}

/** Of connections, else of the plan, else of the input as a whole. */
function domainsOf({ network }: Design, subnet: CloudPcSubnet): Pick<HybridSubnet, "domains" | "open"> {
  const { directories } = network.reference;
  const serversOf = (name: string) =>
    directories.find(({ domainName }) => domainName.toLowerCase() === name.toLowerCase())?.dnsServers;
  const connections = network.estate.azureNetworkConnections.filter(
    ({ subnetId, connectionType }) =>
      refersTo(subnetId, subnet.place.id) && knownOr(connectionType, "hybridAzureADJoin") === "hybridAzureADJoin",
  );
  const subject = subjectOf(subnet.place.id);
  const planned = (subnet.connections ?? []).flatMap(({ joinType, adDomainName, organizationalUnit }) =>
    joinType === "hybridAzureADJoin" && adDomainName !== undefined
      ? [{ name: adDomainName, organizationalUnit, subject, source: "the plan" }]
      : [],
  );
  const general = directories.map(({ domainName: name }) => ({
    name,
    organizationalUnit: undefined,
    subject,
    source: "the plan",
  }));
  const named = [...connections.flatMap(domainOfConnection), ...planned];
  const found = (named.length > 0 ? named : general).map((domain) => ({ ...domain, servers: serversOf(domain.name) }));
  const open = connections.flatMap(({ adDomainName }) => (isUnknown(adDomainName) ? [adDomainName.unknown] : []));
  return { domains: distinct(found), open };
}

function domainOfConnection(connection: AzureNetworkConnection): readonly Omit<JoinedDomain, "servers">[] {
  const name = knownOr(connection.adDomainName, undefined);
  if (name === undefined) return [];
  const subject = connectionSubject(connection);
  return [{ name, organizationalUnit: connection.organizationalUnit, subject, source: `connection "${subject.name}"` }];
}

/** Pools of one subnet may join one domain in the same organizational unit. */
function distinct(domains: readonly JoinedDomain[]): readonly JoinedDomain[] {
  const keyOf = ({ name, organizationalUnit }: JoinedDomain) =>
    JSON.stringify([name.toLowerCase(), organizationalUnit ?? null]).toLowerCase();
  return [...new Map(domains.toReversed().map((domain) => [keyOf(domain), domain])).values()].toReversed();
}
