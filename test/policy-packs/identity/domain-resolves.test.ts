import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { domainResolves } from "../../../policy-packs/identity/rules/domain-resolves.ts";
import { ip } from "../../model/support/build.ts";
import { entra } from "../design.ts";
import { hybrid, identityDesign, identityFindings, predicted } from "./identity-design.ts";

const corp = { domainName: "corp.example.com", dnsServers: [ip("172.20.0.4"), ip("172.20.0.5")] };
const reference = { directories: [corp] };
const kinds = [hybrid];
const connection = { connectionType: "hybridAzureADJoin", adDomainName: "corp.example.com" } as const;

describe("domain-resolves", () => {
  test.each([
    {
      case: "Azure's own DNS, which does not know the domain",
      words: { kinds, reference },
      because:
        'fail: "_ldap._tcp.corp.example.com" from spoke/cpc cannot be resolved: Azure DNS of virtual network "spoke" does not know domain "corp.example.com"',
    },
    {
      case: "DNS servers that Cloud PCs cannot reach",
      words: {
        kinds,
        reference,
        dns: ["172.20.0.4"],
        rules: [{ name: "no-dns", priority: 100, access: "Deny", protocol: "Udp", ports: "53" }] as const,
      },
      because:
        'fail: "_ldap._tcp.corp.example.com" from spoke/cpc cannot be resolved: DNS server 172.20.0.4 cannot be reached: rule "no-dns" denies it (network security group "nsg")',
    },
    {
      case: "a firewall as DNS server whose proxy is off",
      words: { kinds, reference, dns: ["10.0.0.4"] },
      because:
        'fail: "_ldap._tcp.corp.example.com" from spoke/cpc cannot be resolved: firewall "fw" is the DNS server, but its DNS proxy is off',
    },
    {
      case: "a connection that joins a domain, without DNS servers",
      words: { kinds, connections: [connection] },
      because:
        'fail: "_ldap._tcp.corp.example.com" from spoke/cpc cannot be resolved: Azure DNS of virtual network "spoke" does not know domain "corp.example.com"',
    },
  ])("finds $case", ({ words, because }) => {
    expect(identityFindings(domainResolves, words)).toEqual([because]);
    expect(predicted(domainResolves, words)).toEqual(["adJoinCheckFqdnNotFound", "dnsCheckFqdnNotFound"]);
  });

  test.each([
    {
      case: "servers that may or may not answer for the domain",
      words: { kinds, connections: [connection], dns: ["172.20.0.4"] },
      because:
        'undecided: whether "_ldap._tcp.corp.example.com" from spoke/cpc can be resolved is not known: whether DNS server 172.20.0.4 answers for domain "corp.example.com" is not known',
    },
    {
      case: "hybrid join to a domain that nothing names",
      words: { kinds },
      because: "undecided: which domain Cloud PCs join is not known: no connection and no plan of the input names it",
    },
    {
      case: "a domain that nobody could read",
      words: { kinds, connections: [{ ...connection, adDomainName: unknown("it is an output") }] },
      because: "undecided: which domain Cloud PCs join is not known: it is an output",
    },
    {
      case: "an input that tells no join type",
      words: { kinds: [entra, hybrid], kindsAreCertain: false, reference },
      because:
        'undecided: "_ldap._tcp.corp.example.com" from spoke/cpc cannot be resolved: Azure DNS of virtual network "spoke" does not know domain "corp.example.com"; it matters only if Cloud PCs join Active Directory, which the input does not tell',
    },
  ])("is undecided for $case", ({ words, because }) => {
    expect(identityFindings(domainResolves, words)).toEqual([because]);
  });

  test.each([
    { case: "domain controllers as DNS servers", words: { kinds, reference, dns: ["172.20.0.4"] } },
    {
      case: "the next server where the first cannot be reached",
      words: { kinds, reference, dns: ["192.0.2.53", "172.20.0.5"] },
    },
    {
      case: "a firewall as proxy that asks the domain controllers",
      words: {
        kinds,
        reference,
        dns: ["10.0.0.4"],
        policy: { dnsSettings: { enableProxy: true, servers: [ip("172.20.0.4")] } },
      },
    },
    { case: "Entra join, which needs no domain", words: { kinds: [entra], reference } },
  ])("passes $case", ({ words }) => {
    expect(identityFindings(domainResolves, words)).toEqual([]);
  });

  test.each([
    {
      case: "is assumed to serve the domain where it answers",
      dns: ["172.20.0.4"],
      assumed: ["DNS server 172.20.0.4 serves the domain corp.example.com"],
    },
    {
      case: "is the one that could be reached",
      dns: ["192.0.2.53", "172.20.0.5"],
      assumed: ["DNS server 172.20.0.5 serves the domain corp.example.com"],
    },
    { case: "is not assumed to do anything where none answers", dns: [], assumed: [] },
  ])("prints what it takes as given: a DNS server $case", ({ dns, assumed }) => {
    const checks = domainResolves.judge(identityDesign({ kinds, reference, dns }));
    expect(checks.flatMap(({ assumptions = [] }) => assumptions)).toEqual(assumed);
  });
});
