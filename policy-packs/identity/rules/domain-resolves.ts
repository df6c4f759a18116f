import { formatAddress } from "../../../model/prefix.ts";
import { isUnknown } from "../../../model/read.ts";
import { type Network, networkOf, subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import { askFlow } from "../../network/ask-flow.ts";
import type { Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { eachHybridSubnet, type JoinedDomain } from "../hybrid-subnets.ts";

const errorTypes = ["dnsCheckFqdnNotFound", "adJoinCheckFqdnNotFound"];

/** Windows finds domain controllers by DNS: Azure's own DNS knows nothing of a domain, unless something forwards to who does. */
export const domainResolves: Rule = {
  name: "domain-resolves",
  pack: "identity",
  description:
    "Cloud PCs that join Active Directory can resolve the domain with the DNS servers of their virtual network.",
  severity: "critical",
  errorTypes,
  url: "https://learn.microsoft.com/windows-365/enterprise/troubleshoot-azure-network-connection",
  remediation:
    "Set the DNS servers of the virtual network to servers that resolve the domain, and let Cloud PCs reach them.",
  judge: ({ network, ...design }) =>
    eachHybridSubnet(
      { network, ...design },
      errorTypes,
      (subnet, domain) => observe(network, subnet, domain),
      (subnet, domain) => assume(network, subnet, domain),
    ),
};

/** Nothing in Azure shows that a server serves the domain: the input says so. */
function assume(network: Network, subnet: CloudPcSubnet, domain: JoinedDomain): readonly string[] {
  const record = recordOf(domain);
  if (record === undefined) return [];
  const { step } = askForName(withDirectory(network, domain), subnet.place.id, record);
  if (step?.verdict !== "Allow") return [];
  return (domain.servers ?? [])
    .map(formatAddress)
    .filter((server) => step.because.includes(`DNS server ${server} answers for domain`))
    .map((server) => `DNS server ${server} serves the domain ${domain.name}`);
}

/** What Windows looks up; undefined for a name of another shape, which rule domain-name-valid speaks of: no DNS server has it. */
function recordOf({ name }: JoinedDomain): string | undefined {
  const record = `_ldap._tcp.${name}`;
  return /^([a-z0-9_-]+\.)+[a-z0-9-]+$/i.test(record) ? record : undefined;
}

function observe(network: Network, subnet: CloudPcSubnet, domain: JoinedDomain): readonly Observation[] {
  const record = recordOf(domain);
  if (record === undefined) return [];
  const { evidence, step } = askForName(withDirectory(network, domain), subnet.place.id, record);
  if (step === undefined || step.verdict === "Allow") return [];
  const { virtualNetwork } = subnet.place;
  const base = { about: domain.name, blamed: subjectOf(virtualNetwork.id), errorTypes, evidence };
  const name = `"${record}" from ${subnetLabel(subnet.place)}`;
  if (step.verdict === "Unknown") {
    return [
      { ...base, outcome: "undecided", message: `whether ${name} can be resolved is not known: ${step.because}` },
    ];
  }
  const because = step.because.replace(/^"[^"]*" cannot be resolved: /, "");
  const servers = virtualNetwork.dnsServers.map((server) =>
    isUnknown(server) ? server.unknown : formatAddress(server),
  );
  const known = domain.servers === undefined ? "" : `: ${domain.servers.map(formatAddress).join(", ")}`;
  const wanted = `servers that answer for "${domain.name}"${known}`;
  const remedy =
    servers.length === 0
      ? `set dnsServers of virtual network "${virtualNetwork.name}" to ${wanted}`
      : `make the DNS servers of virtual network "${virtualNetwork.name}" (${servers.join(", ")}) resolve the domain, or set them to ${wanted}`;
  return [{ ...base, outcome: "fail", message: `${name} cannot be resolved: ${because}`, remedy }];
}

/** The step of the answer that speaks of the name: what happens to the flow after that is not asked here. */
function askForName(network: Network, from: string, to: string) {
  const evidence = askFlow(network, { from, to, protocol: "Tcp", port: 389 });
  return { evidence, step: evidence.answer.steps.find(({ kind }) => kind === "Dns") };
}

/** Public DNS does not have an Active Directory domain, also where the input names none of its servers. */
function withDirectory(network: Network, { name, servers }: JoinedDomain): Network {
  if (servers !== undefined) return network;
  return network.memo("network with domain", name.toLowerCase(), () => {
    const directories = [...network.reference.directories, { domainName: name, dnsServers: [] }];
    return networkOf(network.estate, { ...network.reference, directories });
  });
}
