import { describe, expect, test } from "vitest";
import { ask, type Case, web } from "./support/ask.ts";
import { idOf, ip } from "./support/build.ts";

describe("explain", () => {
  test.each<Case & { case: string; says: string; because: string }>([
    {
      case: "Azure DNS resolves public names",
      to: "a.example.com",
      ...web,
      says: "Allow ExitsNetwork",
      because: "public DNS has the name",
    },
    {
      case: "a server that cannot be reached",
      to: "a.example.com",
      ...web,
      dns: ["192.168.9.9"],
      says: "Deny NameNotResolvable",
      because:
        '"a.example.com" cannot be resolved: DNS server 192.168.9.9 cannot be reached: default rule "DenyAllOutBound" denies it (network security group "nsg")',
    },
    {
      case: "a firewall whose proxy is off",
      to: "a.example.com",
      ...web,
      dns: ["10.0.0.4"],
      says: "Deny NameNotResolvable",
      because: '"a.example.com" cannot be resolved: firewall "fw" is the DNS server, but its DNS proxy is off',
    },
    {
      case: "Azure DNS does not know the domain",
      to: "dc1.corp.example.com",
      port: 389,
      reference: { directories: [{ domainName: "corp.example.com", dnsServers: [ip("10.0.2.4")] }] },
      says: "Deny NameNotResolvable",
      because:
        '"dc1.corp.example.com" cannot be resolved: Azure DNS of virtual network "spoke" does not know domain "corp.example.com"',
    },
    {
      case: "the domain's own server",
      to: "dc1.corp.example.com",
      port: 389,
      dns: ["10.0.2.4"],
      reference: { directories: [{ domainName: "corp.example.com", dnsServers: [ip("10.0.2.4")] }] },
      says: "Allow ExitsNetwork",
      because: 'DNS server 10.0.2.4 answers for domain "corp.example.com"',
    },
  ])("names: $case", ({ says, because, ...asked }) => {
    const answer = ask(asked);
    expect(`${answer.verdict} ${answer.disposition}`).toBe(says);
    expect(answer.steps[0]?.because).toBe(because);
  });

  test("a private zone sends a name to its private endpoint", () => {
    const answer = ask({
      to: "store.example.com",
      ...web,
      more: {
        privateDnsZones: [
          {
            id: idOf("privateDnsZones", "privatelink.example.com"),
            name: "privatelink.example.com",
            virtualNetworkLinks: [{ id: "link", name: "link", virtualNetworkId: idOf("virtualNetworks", "spoke") }],
            recordSets: [{ name: "store", type: "A", addresses: [ip("10.1.2.9")] }],
          },
        ],
      },
    });
    expect([answer.verdict, answer.disposition, answer.steps[0]?.because]).toEqual([
      "Allow",
      "Delivered",
      'private zone "privatelink.example.com" has the name',
    ]);
  });

  test.each([
    {
      case: "a link that says so hands a missing name to public DNS",
      resolutionPolicy: "NxDomainRedirect" as const,
      verdict: "Allow",
    },
    { case: "else a name that the zone lacks does not exist", resolutionPolicy: "Default" as const, verdict: "Deny" },
  ])("$case", ({ resolutionPolicy, verdict }) => {
    const link = { id: "link", name: "link", virtualNetworkId: idOf("virtualNetworks", "spoke"), resolutionPolicy };
    const recordSets = [{ name: "other", type: "A" as const, addresses: [ip("10.1.2.9")] }];
    const zone = {
      id: idOf("privateDnsZones", "example.com"),
      name: "example.com",
      virtualNetworkLinks: [link],
      recordSets,
    };
    expect(ask({ to: "a.example.com", ...web, more: { privateDnsZones: [zone] } }).verdict).toBe(verdict);
  });

  test("a name that may have a denied address is Unknown, and one whose every address is denied is Deny", () => {
    const some = ask({
      to: "a.example.com",
      ...web,
      rules: [{ name: "no", priority: 100, access: "Deny", to: "192.0.2.0/24" }],
    });
    const all = ask({
      to: "a.example.com",
      ...web,
      rules: [{ name: "no", priority: 100, access: "Deny", to: "Internet" }],
    });
    expect([some.verdict, some.disposition, all.verdict]).toEqual(["Unknown", "InsufficientInfo", "Deny"]);
  });
});
