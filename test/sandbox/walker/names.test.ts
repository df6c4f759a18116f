import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import {
  child,
  firewall,
  firewallPolicy,
  idOf,
  peering,
  ref,
  resource,
  securityGroup,
  securityRule,
  virtualNetwork,
} from "../../support/arm-resources.ts";
import { ask, summary } from "./ask.ts";

const dnsRecords = {
  "www.contoso.com": ["203.0.113.20"],
  "both.contoso.com": ["203.0.113.20", "203.0.113.21"],
  "account.blob.core.windows.net": ["account.privatelink.blob.core.windows.net"],
  "account.privatelink.blob.core.windows.net": ["203.0.113.40"],
  "none.contoso.com": [],
};

const www: Question = { from: "10.0.0.4", to: "www.contoso.com", protocol: "Tcp", port: 443 };

/** A network with the given DNS servers, a peered network with servers, and a resolver's inbound endpoint there. */
function estate(dnsServers: readonly string[], ...more: readonly ReturnType<typeof resource>[]) {
  return [
    virtualNetwork(
      "vnet",
      ["10.0.0.0/16"],
      { default: "10.0.0.0/24", outbound: "10.0.8.0/28" },
      { dhcpOptions: { dnsServers } },
    ),
    virtualNetwork("hub", ["10.1.0.0/16"], {
      dns: { addressPrefix: "10.1.0.0/24", networkSecurityGroup: ref("networkSecurityGroups", "dns-nsg") },
      inbound: "10.1.1.0/28",
      AzureFirewallSubnet: "10.1.2.0/26",
    }),
    peering("vnet", "hub"),
    peering("hub", "vnet"),
    securityGroup(
      "dns-nsg",
      securityRule("no-dns-to-10", 100, {
        direction: "Inbound",
        access: "Deny",
        destinationAddressPrefix: "10.1.0.10",
        destinationPortRange: "53",
      }),
    ),
    child(["dnsResolvers", "resolver", "inboundEndpoints", "in"], {
      ipConfigurations: [{ privateIpAddress: "10.1.1.4", subnet: ref("virtualNetworks", "hub", "subnets", "inbound") }],
    }),
    resource("dnsResolvers", "resolver", { virtualNetwork: ref("virtualNetworks", "hub") }),
    ...more,
  ];
}

/** A private zone with an A record of the given address, linked to networks. */
function zone(name: string, label: string, address: string, links: readonly string[], link: object = {}) {
  return [
    resource("privateDnsZones", name, {}),
    child(["privateDnsZones", name, "A", label], { ttl: 3600, aRecords: [{ ipv4Address: address }] }),
    ...links.map((network) =>
      child(["privateDnsZones", name, "virtualNetworkLinks", network], {
        virtualNetwork: ref("virtualNetworks", network),
        ...link,
      }),
    ),
  ];
}

function forwarding(domainName: string, target: string, state = "Enabled") {
  return [
    child(["dnsResolvers", "resolver", "outboundEndpoints", "out"], {
      subnet: ref("virtualNetworks", "vnet", "subnets", "outbound"),
    }),
    resource("dnsForwardingRulesets", "ruleset", {
      dnsResolverOutboundEndpoints: [{ id: idOf("dnsResolvers", "resolver", "outboundEndpoints", "out") }],
    }),
    child(["dnsForwardingRulesets", "ruleset", "virtualNetworkLinks", "vnet"], {
      virtualNetwork: ref("virtualNetworks", "vnet"),
    }),
    child(["dnsForwardingRulesets", "ruleset", "forwardingRules", "rule"], {
      domainName,
      targetDnsServers: [{ ipAddress: target, port: 53 }],
      forwardingRuleState: state,
    }),
  ];
}

const proxyOf = (tier: string, dnsSettings: object) => [
  firewall("fw", "hub", "10.1.2.4", { sku: { name: "AZFW_VNet", tier } }),
  firewallPolicy("fw", { dnsSettings }),
];

describe("a name resolves", () => {
  test.each([
    { case: "with Azure-provided DNS", resources: estate([]), verdict: "Allow" },
    { case: "with 168.63.129.16 written out", resources: estate(["168.63.129.16"]), verdict: "Allow" },
    { case: "with a reachable own server", resources: estate(["10.1.0.4"]), verdict: "Allow" },
    { case: "not with an own server whose NSG denies port 53", resources: estate(["10.1.0.10"]), verdict: "Deny" },
    {
      case: "with the second server when the first is not reached",
      resources: estate(["10.1.0.10", "10.1.0.4"]),
      verdict: "Allow",
    },
    { case: "not with a server that no route reaches", resources: estate(["10.7.0.4"]), verdict: "Deny" },
    { case: "with an inbound endpoint", resources: estate(["10.1.1.4"]), verdict: "Allow" },
    {
      case: "with a firewall's DNS proxy",
      resources: estate(["10.1.2.4"], ...proxyOf("Standard", { enableProxy: true })),
      verdict: "Allow",
    },
    {
      case: "not with a firewall whose proxy is off",
      resources: estate(["10.1.2.4"], ...proxyOf("Standard", {})),
      verdict: "Deny",
    },
    {
      case: "not with a Basic firewall",
      resources: estate(["10.1.2.4"], ...proxyOf("Basic", { enableProxy: true })),
      verdict: "Deny",
    },
    {
      case: "with a proxy that asks a reachable server",
      resources: estate(["10.1.2.4"], ...proxyOf("Standard", { enableProxy: true, servers: ["10.1.0.4"] })),
      verdict: "Allow",
    },
    {
      case: "not with a proxy whose server is closed to it",
      resources: estate(["10.1.2.4"], ...proxyOf("Standard", { enableProxy: true, servers: ["10.1.0.10"] })),
      verdict: "Deny",
    },
  ])("$case: $verdict", ({ resources, verdict }) => {
    const answer = ask({ resources, dnsRecords }, www);
    expect([answer.verdict, answer.disposition]).toEqual([
      verdict,
      verdict === "Allow" ? "ExitsNetwork" : "NameNotResolvable",
    ]);
  });

  test.each([
    {
      to: "unread.contoso.com",
      verdict: "Unknown",
      because: 'the public address of "unread.contoso.com" is not in the input',
    },
    { to: "none.contoso.com", verdict: "Deny", because: '"none.contoso.com" has no address in public DNS' },
  ])("as public DNS says: $to $verdict", ({ to, verdict, because }) => {
    const answer = ask({ resources: estate([]), dnsRecords }, { ...www, to });
    expect([answer.verdict, answer.because]).toEqual([verdict, because]);
  });
});

describe("private zones", () => {
  const blob: Question = { ...www, to: "account.blob.core.windows.net" };
  const privatelink = "privatelink.blob.core.windows.net";

  test.each([
    {
      case: "linked to the network",
      resources: estate([], ...zone(privatelink, "account", "10.1.0.7", ["vnet"])),
      disposition: "Delivered",
    },
    {
      case: "linked elsewhere",
      resources: estate([], ...zone(privatelink, "account", "10.1.0.7", ["hub"])),
      disposition: "ExitsNetwork",
    },
    {
      case: "linked to the network of the inbound endpoint",
      resources: estate(["10.1.1.4"], ...zone(privatelink, "account", "10.1.0.7", ["hub"])),
      disposition: "Delivered",
    },
    {
      case: "linked, without the record",
      resources: estate([], ...zone(privatelink, "other", "10.1.0.7", ["vnet"])),
      disposition: "NameNotResolvable",
    },
    {
      case: "linked, without the record, falling back",
      resources: estate(
        [],
        ...zone(privatelink, "other", "10.1.0.7", ["vnet"], { resolutionPolicy: "NxDomainRedirect" }),
      ),
      disposition: "ExitsNetwork",
    },
    {
      case: "not asked by an own server",
      resources: estate(["10.1.0.4"], ...zone(privatelink, "account", "10.1.0.7", ["vnet"])),
      disposition: "ExitsNetwork",
    },
  ])("$case: $disposition", ({ resources, disposition }) => {
    expect(ask({ resources, dnsRecords }, blob).disposition).toBe(disposition);
  });
});

describe("the names of a domain", () => {
  const domain: Question = { from: "10.0.0.4", to: "dc1.corp.contoso.com", protocol: "Tcp", port: 389 };
  const dnsServers = { "10.1.0.4": { "dc1.corp.contoso.com": ["10.1.0.4"] } };

  test.each([
    { case: "the network asks the domain's server", resources: estate(["10.1.0.4"]), disposition: "Delivered" },
    {
      case: "a forwarding rule leads to it",
      resources: estate([], ...forwarding("corp.contoso.com.", "10.1.0.4")),
      disposition: "Delivered",
    },
    {
      case: "a rule for another domain",
      resources: estate([], ...forwarding("fabrikam.com.", "10.1.0.4")),
      disposition: "InsufficientInfo",
    },
    {
      case: "a disabled rule",
      resources: estate([], ...forwarding("corp.contoso.com.", "10.1.0.4", "Disabled")),
      disposition: "InsufficientInfo",
    },
    {
      case: "a rule whose target is closed",
      resources: estate([], ...forwarding("corp.contoso.com.", "10.1.0.10")),
      disposition: "NameNotResolvable",
    },
    {
      case: "rulesets do not act on networks with own servers",
      resources: estate(["10.1.0.5"], ...forwarding("corp.contoso.com.", "10.1.0.4")),
      disposition: "InsufficientInfo",
    },
  ])("$case: $disposition", ({ resources, disposition }) => {
    expect(ask({ resources, dnsRecords, dnsServers }, domain).disposition).toBe(disposition);
  });

  test("a server that is known not to have the name fails the resolution", () => {
    const answer = ask(
      { resources: estate(["10.1.0.4"]), dnsRecords, dnsServers },
      { ...domain, to: "dc9.corp.contoso.com" },
    );
    expect(summary(answer)).toEqual([
      "Deny",
      "NameNotResolvable",
      'DNS server 10.1.0.4 does not know "dc9.corp.contoso.com"',
    ]);
  });
});

test("a name with several addresses is open when they end differently", () => {
  const resources = [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: ref("networkSecurityGroups", "nsg") },
    }),
    securityGroup("nsg", securityRule("one", 100, { access: "Deny", destinationAddressPrefix: "203.0.113.21" })),
  ];
  expect(ask({ resources, dnsRecords }, www).verdict).toBe("Allow");
  expect(summary(ask({ resources, dnsRecords }, { ...www, to: "both.contoso.com" }))).toEqual([
    "Unknown",
    "InsufficientInfo",
    'the addresses of "both.contoso.com" end differently',
  ]);
});
