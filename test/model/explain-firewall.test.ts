import { describe, expect, test } from "vitest";
import { allowAll, ask, type Case, web, wvd } from "./support/ask.ts";
import { applicationRule, idOf, ip, networkRule } from "./support/build.ts";
import { throughFirewall } from "./support/hub-and-spoke.ts";

describe("explain", () => {
  test.each<Case & { case: string; says: string; because: string }>([
    {
      case: "nothing matches",
      to: "192.0.2.1",
      ...web,
      says: "Deny DeniedByFirewall",
      because: 'no rule of firewall "fw" matches, so it denies by default',
    },
    {
      case: "a network rule",
      to: "192.0.2.1",
      ...web,
      firewallRules: allowAll,
      says: "Allow ExitsNetwork",
      because: 'leaves by a public IP address of firewall "fw"',
    },
    {
      case: "an application rule by name",
      to: "a.example.com",
      ...web,
      firewallRules: [{ rules: [applicationRule({ fqdns: ["*.example.com"] })] }],
      says: "Allow ExitsNetwork",
      because: 'application rule "app" of firewall "fw" allows it',
    },
    {
      case: "a wildcard does not cover the bare domain",
      to: "example.com",
      ...web,
      firewallRules: [{ rules: [applicationRule({ fqdns: ["*.example.com"] })] }],
      says: "Deny DeniedByFirewall",
      because: 'no rule of firewall "fw" matches, so it denies by default',
    },
    {
      case: "an application rule on another port",
      to: "a.example.com",
      port: 1688,
      firewallRules: [{ rules: [applicationRule({ fqdns: ["*"] })] }],
      says: "Deny DeniedByFirewall",
      because: 'no rule of firewall "fw" matches, so it denies by default',
    },
    {
      case: "a network deny comes before an application allow, whatever the numbers",
      to: "a.example.com",
      ...web,
      firewallRules: [
        { priority: 100, rules: [applicationRule({ fqdns: ["*"] })] },
        { priority: 900, action: "Deny", rules: [networkRule({ name: "block" })] },
      ],
      says: "Deny DeniedByFirewall",
      because: 'network rule "block" of firewall "fw" denies it',
    },
    {
      case: "an FQDN tag",
      to: "a.example.com",
      ...web,
      firewallRules: [{ rules: [applicationRule({ tags: ["Windows365"] })] }],
      reference: { fqdnTag: () => ["*.example.com"] },
      says: "Allow ExitsNetwork",
      because: 'application rule "app" of firewall "fw" allows it',
    },
    {
      case: "an FQDN network rule with the proxy",
      to: "kms.example.com",
      port: 1688,
      dns: ["10.0.0.4"],
      policy: { dnsSettings: { enableProxy: true, servers: [] } },
      firewallRules: [{ rules: [networkRule({ fqdns: ["kms.example.com"], ports: "1688" })] }],
      says: "Allow ExitsNetwork",
      because: 'network rule "net" of firewall "fw" allows it',
    },
    {
      case: "an FQDN network rule without the proxy",
      to: "kms.example.com",
      port: 1688,
      firewallRules: [{ rules: [networkRule({ fqdns: ["kms.example.com"], ports: "1688" })] }],
      says: "Deny DeniedByFirewall",
      because: 'no rule of firewall "fw" matches, so it denies by default',
    },
    {
      case: "an FQDN network rule whose clients ask another server",
      to: "kms.example.com",
      port: 1688,
      policy: { dnsSettings: { enableProxy: true, servers: [] } },
      firewallRules: [{ rules: [networkRule({ fqdns: ["kms.example.com"], ports: "1688" })] }],
      says: "Unknown InsufficientInfo",
      because:
        'whether rule "net" of firewall "fw" decides is not known: rule "net" names "kms.example.com", but clients do not use the firewall as their DNS server',
    },
    {
      case: "an FQDN network rule on Basic",
      to: "kms.example.com",
      port: 1688,
      policy: { skuTier: "Basic", dnsSettings: { enableProxy: true, servers: [] } },
      firewallRules: [{ rules: [networkRule({ fqdns: ["kms.example.com"], ports: "1688" })] }],
      says: "Deny DeniedByFirewall",
      because: 'no rule of firewall "fw" matches, so it denies by default',
    },
    {
      case: "an address where only names are allowed",
      to: "192.0.2.1",
      ...web,
      firewallRules: [{ rules: [applicationRule({ fqdns: ["*"] })] }],
      says: "Unknown InsufficientInfo",
      because:
        'whether rule "app" of firewall "fw" decides is not known: application rule "app" looks at the host name, and the flow names an address',
    },
    {
      case: "ICMP to the Internet",
      to: "192.0.2.1",
      protocol: "Icmp",
      firewallRules: allowAll,
      says: "Deny DeniedByFirewall",
      because: 'firewall "fw" carries only TCP and UDP to the Internet',
    },
    {
      case: "RDP direct by a service-tag route",
      to: "rdp.example.com",
      ...web,
      routes: { ...throughFirewall, WindowsVirtualDesktop: "Internet" },
      reference: wvd,
      says: "Allow ExitsNetwork",
      because: 'leaves by NAT gateway "nat"',
    },
    {
      case: "RDP direct without egress",
      to: "rdp.example.com",
      ...web,
      routes: { ...throughFirewall, WindowsVirtualDesktop: "Internet" },
      cpc: { natGatewayId: undefined as never },
      reference: wvd,
      says: "Deny NoEgress",
      because: 'subnet "cpc" is private and has no NAT gateway, public IP address or outbound rule',
    },
    {
      case: "another spoke through the firewall, both ways",
      to: "10.2.1.5",
      ...web,
      rules: [{ priority: 100, access: "Allow", to: "10.2.0.0/16" }],
      firewallRules: allowAll,
      says: "Allow Delivered",
      because: 'network rule "net" of firewall "fw" allows it',
    },
    {
      case: "a private address that only the default route covers, if the tag VirtualNetwork may hold it",
      to: "10.2.1.5",
      ...web,
      firewallRules: allowAll,
      says: "Unknown InsufficientInfo",
      because:
        'rule "AllowVnetOutBound" decides if the tag VirtualNetwork contains the default route, rule "DenyAllOutBound" if not; Microsoft says that it might (network security group "nsg")',
    },
    {
      case: "a spoke that takes no forwarded traffic",
      to: "10.2.1.5",
      ...web,
      rules: [{ priority: 100, access: "Allow", to: "10.2.0.0/16" }],
      spokePeering: { allowForwardedTraffic: false },
      firewallRules: allowAll,
      says: "Deny NoRoute",
      because: 'peering "to-hub" of "two" does not allow forwarded traffic',
    },
    {
      case: "an appliance that nobody knows",
      to: "10.2.1.5",
      ...web,
      firewallRules: allowAll,
      routes: { "10.2.0.0/16": "VirtualAppliance 10.0.0.99" },
      says: "Unknown InsufficientInfo",
      because:
        "what the appliance at 10.0.0.99 does is not known (no firewall, network interface or load balancer of the input has this address)",
    },
    {
      case: "on-premises through the firewall, but back past it",
      to: "172.20.1.1",
      ...web,
      propagate: false,
      firewallRules: allowAll,
      says: "Deny AsymmetricReturn",
      because:
        'the way back from subnet "GatewaySubnet" goes straight to the source and does not pass firewall "fw", which saw the flow',
    },
    {
      case: "on-premises through the firewall, both ways",
      to: "172.20.1.1",
      ...web,
      propagate: false,
      gatewayRoutes: { "10.1.0.0/16": "VirtualAppliance 10.0.0.4" },
      firewallRules: allowAll,
      says: "Allow ExitsNetwork",
      because: 'gateway "gw" knows it from local network gateway "site"',
    },
    {
      case: "on-premises straight, but back through the firewall",
      to: "172.20.1.1",
      ...web,
      gatewayRoutes: { "10.1.0.0/16": "VirtualAppliance 10.0.0.4" },
      firewallRules: allowAll,
      says: "Deny AsymmetricReturn",
      because: 'the way back from subnet "GatewaySubnet" passes firewall "fw", which did not see the flow',
    },
    {
      case: "an appliance a person vouches for",
      to: "192.0.2.1",
      ...web,
      routes: { "0.0.0.0/0": "VirtualAppliance 10.0.2.9" },
      reference: {
        attestations: [
          { applianceIp: ip("10.0.2.9"), destinations: [], reason: "reviewed", owner: "netops", expires: "2027-01-01" },
        ],
      },
      says: "Allow ExitsNetwork",
      because: "netops vouches until 2027-01-01 that 10.0.2.9 passes it: reviewed",
    },
    {
      case: "an appliance out of reach",
      to: "192.0.2.1",
      ...web,
      routes: { "0.0.0.0/0": "VirtualAppliance 10.2.1.9" },
      says: "Deny NoRoute",
      because: 'next hop 10.2.1.9 is neither in virtual network "spoke" nor in one peered with it',
    },
  ])("through the firewall: $case", ({ says, because, ...asked }) => {
    const answer = ask({ routes: throughFirewall, ...asked });
    expect(`${answer.verdict} ${answer.disposition}`).toBe(says);
    expect([answer.because, ...answer.steps.map((step) => step.because)]).toContain(because);
    if (answer.verdict !== "Allow") expect(answer.because).toBe(because);
  });

  test.each([
    {
      case: "Premium with a certificate authority",
      policy: { skuTier: "Premium", hasCertificateAuthority: true } as const,
      verdict: "Allow",
    },
    { case: "Standard, which cannot", policy: { hasCertificateAuthority: true } as const, verdict: "Unknown" },
  ])("TLS inspection is a step of its own: $case", ({ policy, verdict }) => {
    const firewallRules = [{ rules: [applicationRule({ fqdns: ["*"], terminateTls: true })] }];
    const { steps } = ask({ to: "a.example.com", ...web, routes: throughFirewall, firewallRules, policy });
    expect(steps.find((step) => step.kind === "TlsInspection")?.verdict).toBe(verdict);
  });

  test("a spoke of a virtual hub with routing intent goes through the hub's firewall", () => {
    const spoke = idOf("virtualNetworks", "spoke");
    const fw = idOf("azureFirewalls", "hub-fw");
    const policy = idOf("firewallPolicies", "policy");
    const none = { ipConfigurations: [], hubPublicIpAddresses: [], ruleCollections: [], additionalProperties: {} };
    const hub = {
      id: idOf("virtualHubs", "vhub"),
      name: "vhub",
      connections: [
        {
          id: "c",
          name: "c",
          remoteVirtualNetworkId: spoke,
          enableInternetSecurity: true,
          propagatedRouteTableIds: [],
          propagatedLabels: [],
          staticRoutes: [],
        },
      ],
      routeTables: [],
      routingPolicies: [{ name: "internet", destinations: ["Internet"], nextHopId: fw }],
      gatewayIds: [],
    };
    const answer = ask({
      to: "192.0.2.1",
      ...web,
      firewallRules: allowAll,
      more: {
        virtualHubs: [hub],
        azureFirewalls: [{ id: fw, name: "hub-fw", skuName: "AZFW_Hub", firewallPolicyId: policy, ...none }],
      },
    });
    expect([answer.verdict, answer.steps.find((step) => step.kind === "Firewall")?.at, answer.because]).toEqual([
      "Allow",
      "hub-fw",
      'leaves by firewall "hub-fw"',
    ]);
  });
});
