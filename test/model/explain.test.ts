import { describe, expect, test } from "vitest";
import { type Answer, explain, type Question } from "../../model/explain.ts";
import { prefix } from "../../model/prefix.ts";
import { noReferenceData, type ReferenceData } from "../../model/reference-data.ts";
import { networkOf } from "../../model/topology/network.ts";
import { applicationRule, idOf, ip, networkInterface, networkRule } from "./support/build.ts";
import { type HubAndSpoke, hubAndSpoke, throughFirewall } from "./support/hub-and-spoke.ts";

interface Case extends HubAndSpoke, Partial<Question> {
  readonly to: string;
  readonly reference?: Partial<ReferenceData>;
}

function ask({ from = "spoke/cpc", to, protocol = "Tcp", port, reference, ...words }: Case): Answer {
  const network = networkOf(hubAndSpoke(words), { ...noReferenceData, ...reference });
  const answer = explain(network, { from, to, protocol, ...(port === undefined ? {} : { port }) });
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

const web = { port: 443 };
const wvd: Partial<ReferenceData> = { serviceTagsOf: () => ["WindowsVirtualDesktop"] };
const allowAll = [{ rules: [networkRule({ protocols: ["Any"] })] }];

describe("explain", () => {
  test.each<Case & { case: string; says: string; because: string }>([
    {
      case: "out by the NAT gateway",
      to: "192.0.2.1",
      ...web,
      says: "Allow ExitsNetwork",
      because: 'leaves by NAT gateway "nat"',
    },
    {
      case: "a NAT gateway carries no ICMP",
      to: "192.0.2.1",
      protocol: "Icmp",
      says: "Deny NoEgress",
      because: 'NAT gateway "nat" carries TCP and UDP, not Icmp',
    },
    {
      case: "a private subnet without egress",
      to: "192.0.2.1",
      ...web,
      cpc: { natGatewayId: undefined as never },
      says: "Deny NoEgress",
      because: 'subnet "cpc" is private and has no NAT gateway, public IP address or outbound rule',
    },
    {
      case: "an NSG rule",
      to: "192.0.2.1",
      ...web,
      rules: [{ name: "no", priority: 100, access: "Deny" }],
      says: "Deny DeniedOutbound",
      because: 'rule "no" denies it (network security group "nsg")',
    },
    {
      case: "a null route",
      to: "192.0.2.1",
      ...web,
      routes: { "192.0.2.0/24": "None" },
      says: "Deny NullRouted",
      because: 'user route "route-0" 192.0.2.0/24 drops it in subnet "cpc"',
    },
    {
      case: "a private address that nobody knows",
      to: "192.168.7.7",
      ...web,
      rules: [{ name: "any", priority: 100, access: "Allow" }],
      says: "Deny NullRouted",
      because: 'system route 192.168.0.0/16 drops it in subnet "cpc"',
    },
    {
      case: "a machine of the same network",
      to: "10.1.2.5",
      ...web,
      says: "Allow Delivered",
      because: "system route 10.1.0.0/16 sends it to VirtualNetwork",
    },
    {
      case: "the hub",
      to: "10.0.2.5",
      port: 389,
      says: "Allow Delivered",
      because: "system route 10.0.0.0/16 sends it to VirtualNetworkPeering",
    },
    {
      case: "peering is not transitive",
      to: "10.2.1.5",
      ...web,
      rules: [{ name: "any", priority: 100, access: "Allow" }],
      says: "Deny NullRouted",
      because: 'system route 10.0.0.0/8 drops it in subnet "cpc"',
    },
    {
      case: "no access over the peering",
      to: "10.0.2.5",
      ...web,
      spokePeering: { allowVirtualNetworkAccess: false },
      says: "Deny DeniedOutbound",
      because: 'default rule "DenyAllOutBound" denies it (network security group "nsg")',
    },
    {
      case: "on-premises through the borrowed gateway",
      to: "172.20.1.1",
      ...web,
      says: "Allow ExitsNetwork",
      because: "gateway route 172.20.0.0/16 sends it to VirtualNetworkGateway",
    },
    {
      case: "an address no subnet holds",
      to: "10.1.200.1",
      ...web,
      says: "Deny NoRoute",
      because: 'no subnet of virtual network "spoke" holds 10.1.200.1/32',
    },
    {
      case: "the platform's DNS, in spite of a deny and a default route",
      to: "168.63.129.16",
      protocol: "Udp",
      port: 53,
      rules: [{ name: "no", priority: 100, access: "Deny" }],
      routes: throughFirewall,
      says: "Allow Delivered",
      because: 'network security groups do not apply to the platform\'s addresses (network security group "nsg")',
    },
    {
      case: "a denied platform tag",
      to: "168.63.129.16",
      protocol: "Udp",
      port: 53,
      rules: [{ name: "no", priority: 100, access: "Deny", to: "AzurePlatformDNS" }],
      says: "Deny DeniedOutbound",
      because: 'rule "no" denies it (network security group "nsg")',
    },
  ])("$case", ({ says, because, ...asked }) => {
    const answer = ask(asked);
    expect(`${answer.verdict} ${answer.disposition}`).toBe(says);
    const reasons = [answer.because, ...answer.steps.map((step) => step.because)];
    expect(reasons).toContain(because);
    if (answer.verdict !== "Allow") expect(answer.because).toBe(because);
  });

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

  test("Windows activation has a platform rule of its own until a default user route switches it off", () => {
    const denied: Case = { to: "kms.example.com", port: 1688, rules: [{ name: "no", priority: 100, access: "Deny" }] };
    expect([ask(denied).verdict, ask({ ...denied, port: 1689 }).verdict]).toEqual(["Unknown", "Deny"]);
    expect(ask({ ...denied, routes: { "0.0.0.0/0": "Internet" } }).verdict).toBe("Deny");
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

  test("layers behind the first deny are told, but not reached", () => {
    const answer = ask({ to: "192.0.2.1", ...web, rules: [{ name: "no", priority: 100, access: "Deny" }] });
    expect(answer.steps.map((step) => [step.kind, step.verdict, step.reached])).toEqual([
      ["SecurityRules", "Deny", true],
      ["Route", "Allow", false],
      ["Egress", "Allow", false],
    ]);
  });

  test("a set whose members differ is told in parts, with the smallest flow of each", () => {
    const answer = ask({
      to: "192.0.2.0/24",
      ...web,
      rules: [{ name: "no", priority: 100, access: "Deny", to: "192.0.2.64/26" }],
    });
    expect(answer.verdict).toBe("Deny");
    expect(answer.parts.map((part) => [part.verdict, part.to, part.witness])).toEqual([
      ["Deny", "192.0.2.64/26", { from: "10.1.1.0", to: "192.0.2.64", port: 443 }],
      ["Allow", "192.0.2.0/26, 192.0.2.128/25", { from: "10.1.1.0", to: "192.0.2.0", port: 443 }],
    ]);
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

  test.each<{ case: string; answer: Case; basis: string }>([
    { case: "prefixes and routes", answer: { to: "192.0.2.1", ...web }, basis: "geometry" },
    {
      case: "a tag that Microsoft says covers the name",
      answer: {
        to: "a.example.com",
        ...web,
        reference: wvd,
        rules: [
          { priority: 100, access: "Allow", to: "WindowsVirtualDesktop" },
          { priority: 200, access: "Deny" },
        ],
      },
      basis: "documentedTag",
    },
    {
      case: "a snapshot of DNS",
      answer: {
        to: "a.example.com",
        ...web,
        reference: { publicName: () => ({ addresses: [ip("192.0.2.1")], asOf: "2026-11-20" }) },
      },
      basis: "resolvedSnapshot",
    },
    {
      case: "a snapshot of a tag",
      answer: {
        to: "192.0.2.1",
        ...web,
        reference: { serviceTag: () => ({ prefixes: [prefix("192.0.2.0/24")], asOf: "2026-11-20" }) },
        rules: [
          { priority: 100, access: "Allow", to: "Storage" },
          { priority: 200, access: "Deny" },
        ],
      },
      basis: "resolvedSnapshot",
    },
  ])("an Allow says that it rests on $case", ({ answer, basis }) => {
    const { verdict, basis: found } = ask(answer);
    expect([verdict, found]).toEqual(["Allow", basis]);
  });

  test("the Internet reaches a machine only at a public address that a rule opens", () => {
    const machine = (rules: HubAndSpoke["rules"]) =>
      ask({
        from: "198.51.100.7",
        to: "10.1.1.9",
        port: 3389,
        ...(rules === undefined ? {} : { rules }),
        more: {
          networkInterfaces: [
            networkInterface("vm", "spoke/cpc", "10.1.1.9", {
              ip: { publicIpAddressId: idOf("publicIPAddresses", "pip-fw") },
            }),
          ],
        },
      });
    expect([machine([]).verdict, machine([]).disposition]).toEqual(["Deny", "DeniedInbound"]);
    expect(
      machine([{ priority: 100, access: "Allow", direction: "Inbound", from: "Internet", ports: "3389" }]).verdict,
    ).toBe("Allow");
    expect(ask({ from: "198.51.100.7", to: "10.1.1.8", port: 3389 }).disposition).toBe("NoRoute");
  });

  test("with a default route to the firewall a public address no longer answers", () => {
    const answer = ask({
      from: "198.51.100.7",
      to: "10.1.1.9",
      port: 3389,
      routes: throughFirewall,
      rules: [{ priority: 100, access: "Allow", direction: "Inbound", from: "Internet", ports: "3389" }],
      more: {
        networkInterfaces: [
          networkInterface("vm", "spoke/cpc", "10.1.1.9", {
            ip: { publicIpAddressId: idOf("publicIPAddresses", "pip-nat") },
          }),
        ],
      },
    });
    expect([answer.verdict, answer.disposition]).toEqual(["Deny", "AsymmetricReturn"]);
  });

  test.each([
    {
      from: "spoke/nope",
      to: "192.0.2.1",
      says: 'subnet "spoke/nope" is not in the input; it has hub/AzureFirewallSubnet, hub/GatewaySubnet, hub/dc, spoke/cpc, spoke/servers, two/apps',
    },
    { from: "spoke/cpc", to: "192.0.2.256", says: '"192.0.2.256" has "256", which is more than 255' },
    {
      from: "spoke/cpc",
      to: "10.1.1.4/24",
      says: 'prefix "10.1.1.4/24" has host bits set; did you mean "10.1.1.0/24"?',
    },
  ])("refuses $from to $to", ({ from, to, says }) => {
    const answer = explain(networkOf(hubAndSpoke(), noReferenceData), { from, to, protocol: "Tcp", port: 443 });
    expect(answer).toEqual({ ok: false, message: says });
  });
});
