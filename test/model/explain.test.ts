import { describe, expect, test } from "vitest";
import { explain } from "../../model/explain.ts";
import { prefix } from "../../model/prefix.ts";
import { noReferenceData } from "../../model/reference-data.ts";
import { networkOf } from "../../model/topology/network.ts";
import { ask, type Case, web, wvd } from "./support/ask.ts";
import { idOf, ip, networkInterface } from "./support/build.ts";
import { type HubAndSpoke, hubAndSpoke, throughFirewall } from "./support/hub-and-spoke.ts";

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

  test.each([
    {
      end: "AzureLoadBalancer",
      to: "spoke/cpc",
      verdict: "Allow",
      because: 'default rule "AllowVnetInBound"',
    },
    {
      end: "168.63.129.16",
      to: "spoke/cpc",
      verdict: "Allow",
      because: 'default rule "AllowVnetInBound"',
    },
    { end: "168.63.129.16", to: "203.0.113.9", verdict: "Unknown", because: "no virtual network of the input holds" },
  ])("a flow from $end to $to is $verdict", ({ end, to, verdict, because }) => {
    const answer = ask({ from: end, to, port: 443 });
    expect([answer.verdict, answer.because]).toEqual([verdict, expect.stringContaining(because)]);
  });

  test.each(["AzurePlatformDNS", "AzureLoadBalancer", "168.63.129.16"])("the host answers at %s", (to) => {
    expect(ask({ to, protocol: "Udp", port: 53, rules: [{ priority: 100, access: "Deny" }] }).verdict).toBe("Allow");
  });

  test.each([
    { to: "168.63.129.16", port: 80, verdict: "Allow" },
    { to: "168.63.129.16", port: 32_526, verdict: "Allow" },
    { to: "168.63.129.16", port: 443, verdict: "Unknown" },
    { to: "168.63.129.16", port: undefined, verdict: "Unknown" },
    { to: "169.254.169.254", port: 80, verdict: "Allow" },
  ])("the host is documented to answer at some ports: $to $port", ({ to, port, verdict }) => {
    expect(ask({ to, ...(port === undefined ? {} : { port }) }).verdict).toBe(verdict);
  });

  test("a rule that denies the load balancer denies its probes", () => {
    const deny = { priority: 100, access: "Deny", direction: "Inbound", from: "AzureLoadBalancer" } as const;
    expect(ask({ from: "AzureLoadBalancer", to: "spoke/cpc", port: 443, rules: [deny] }).disposition).toBe(
      "DeniedInbound",
    );
  });

  test.each([
    { from: "10.1.1.4", subnet: "spoke/cpc" },
    { from: "10.1.1.0/25", subnet: "spoke/cpc" },
    { from: "10.1.0.0/16", subnet: undefined },
    { from: "198.51.100.1", subnet: undefined },
  ])("a flow from $from names the subnet that holds it: $subnet", ({ from, subnet }) => {
    expect(ask({ from, to: "192.0.2.1", port: 443 }).flow.from.subnet).toBe(subnet);
  });

  test("VirtualNetwork is no end of a flow", () => {
    expect(() => ask({ from: "VirtualNetwork", to: "spoke/cpc" })).toThrow(
      '"VirtualNetwork" means something else in each subnet; name an address, a prefix or a subnet',
    );
  });

  test("Windows activation has a platform rule of its own until a default user route switches it off", () => {
    const denied: Case = { to: "kms.example.com", port: 1688, rules: [{ name: "no", priority: 100, access: "Deny" }] };
    expect([ask(denied).verdict, ask({ ...denied, port: 1689 }).verdict]).toEqual(["Unknown", "Deny"]);
    expect(ask({ ...denied, routes: { "0.0.0.0/0": "Internet" } }).verdict).toBe("Deny");
  });

  test.each([
    { case: "TCP 25", asked: { to: "192.0.2.1", port: 25 }, taken: true },
    { case: "every port", asked: { to: "192.0.2.1" }, taken: true },
    { case: "another port", asked: { to: "192.0.2.1", port: 587 }, taken: false },
    { case: "UDP 25", asked: { to: "192.0.2.1", port: 25, protocol: "Udp" as const }, taken: false },
    { case: "TCP 25 inside", asked: { to: "10.1.2.5", port: 25 }, taken: false },
  ])("mail to the Internet rests on the type of the subscription: $case", ({ asked, taken }) => {
    const assumption = "the type of the subscription permits outbound SMTP (TCP 25) to the Internet";
    const answer = ask(asked);
    expect([answer.verdict, answer.assumptions.includes(assumption)]).toEqual(["Allow", taken]);
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
      ["Deny", "192.0.2.64/26", { from: "10.1.1.4", to: "192.0.2.64", port: 443 }],
      ["Allow", "192.0.2.0/26, 192.0.2.128/25", { from: "10.1.1.4", to: "192.0.2.0", port: 443 }],
    ]);
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
    {
      from: "spoke/cpc",
      to: "https://x.example.org/",
      says: '"https://x.example.org/" is a URL; give its host name, "x.example.org"',
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
