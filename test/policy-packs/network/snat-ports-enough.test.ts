import { describe, expect, test } from "vitest";
import type { OutboundRule } from "../../../model/estate/egress.ts";
import type { Estate } from "../../../model/estate.ts";
import { unknown } from "../../../model/read.ts";
import { snatPortsEnough } from "../../../policy-packs/network/rules/snat-ports-enough.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import { allowAll } from "../../model/support/ask.ts";
import { idOf, ip, natGateway, publicIp } from "../../model/support/build.ts";
import { throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { design, findingsOf } from "../design.ts";

const cloudPcs = (cloudPcCount: number, growth = 0) => ({ demands: [{ cloudPcCount, growth }] });
const behindFirewall = { routes: throughFirewall, firewallRules: allowAll };

/** A NAT gateway with one public IP prefix of this size. */
const natPrefix = (prefixLength: number | ReturnType<typeof unknown>) => {
  const id = idOf("publicIPPrefixes", "ippre");
  return {
    more: {
      natGateways: [{ ...natGateway("nat"), publicIpPrefixIds: [id] }],
      publicIPPrefixes: [{ id, name: "ippre", prefixLength }],
    },
  };
};

/** Cloud PCs in the pool of a load balancer whose outbound rule gives each of them ports. */
const balanced = (allocated?: OutboundRule["allocatedOutboundPorts"]) => {
  const lb = idOf("loadBalancers", "lb");
  return {
    cpc: { natGatewayId: undefined } as object,
    more: {
      loadBalancers: [
        {
          id: lb,
          name: "lb",
          skuName: "Standard",
          frontendIpConfigurations: [
            {
              id: `${lb}/frontendIPConfigurations/out`,
              name: "out",
              publicIpAddressId: idOf("publicIPAddresses", "pip-nat"),
            },
          ],
          backendAddressPools: [
            { id: `${lb}/backendAddressPools/cpc`, name: "cpc", addresses: [ip("10.1.1.4")], ipConfigurationIds: [] },
          ],
          loadBalancingRules: [],
          inboundNatRules: [],
          outboundRules: [
            {
              name: "out",
              protocol: "All",
              backendAddressPoolId: `${lb}/backendAddressPools/cpc`,
              frontendIpConfigurationIds: [`${lb}/frontendIPConfigurations/out`],
              ...(allocated === undefined ? {} : { allocatedOutboundPorts: allocated }),
            },
          ],
        },
      ],
    } satisfies Partial<Estate>,
  };
};

describe("snat-ports-enough", () => {
  test.each([
    {
      case: "more Cloud PCs than a NAT gateway's address carries",
      words: cloudPcs(6452),
      finding:
        'fail: NAT gateway "nat" has 64512 SNAT ports (1 public IP address), but 6452 Cloud PCs (growth included) need 64520, 10 each',
    },
    {
      case: "growth beyond what a firewall's address carries before it grows",
      words: { ...behindFirewall, ...cloudPcs(400, 0.25) },
      finding:
        'fail: firewall "fw" has 4992 SNAT ports (1 public IP address, 2 instances), but 500 Cloud PCs (growth included) need 5000, 10 each',
    },
    {
      case: "two subnets that share a NAT gateway",
      words: { ...cloudPcs(3300), subnets: ["spoke/cpc", "spoke/cpc"] },
      finding:
        'fail: NAT gateway "nat" has 64512 SNAT ports (1 public IP address), but 6600 Cloud PCs (growth included) need 66000, 10 each',
    },
    {
      case: "a load balancer that gives each too few",
      words: balanced(8),
      finding: 'fail: load balancer "lb" has 8 SNAT ports for each Cloud PC (outbound rule "out"), but 10 are needed',
    },
    {
      case: "a public IP prefix whose size nobody could read, as undecided",
      words: { ...natPrefix(unknown('parameter "length" has no default')), ...cloudPcs(20_000) },
      finding:
        'undecided: whether NAT gateway "nat" has SNAT ports enough is not known: the size of its public IP prefix is not known; 20000 Cloud PCs (growth included) need 200000, 10 each',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(snatPortsEnough, words)).toEqual([finding]);
  });

  test.each([
    { case: "as many Cloud PCs as a NAT gateway's address carries", words: cloudPcs(6451) },
    { case: "as many as a firewall's address carries", words: { ...behindFirewall, ...cloudPcs(499) } },
    { case: "a public IP prefix of 16 addresses", words: { ...natPrefix(28), ...cloudPcs(100_000) } },
    {
      case: "a prefix of unknown size that is large enough whatever its size",
      words: { ...natPrefix(unknown("not known")), ...cloudPcs(12_000) },
    },
    { case: "a load balancer that gives each enough", words: balanced(16) },
    { case: "a load balancer that leaves the division to Azure", words: balanced() },
    { case: "an unknown number of Cloud PCs", words: {} },
    {
      case: "a firewall whose subnet has a NAT gateway",
      words: {
        ...behindFirewall,
        ...cloudPcs(5000),
        change: (estate: Estate) => ({
          ...estate,
          natGateways: [...estate.natGateways, natGateway("nat-fw", "pip-nat-fw")],
          publicIPAddresses: [...estate.publicIPAddresses, publicIp("pip-nat-fw", "203.0.113.30")],
          virtualNetworks: estate.virtualNetworks.map((each) => ({
            ...each,
            subnets: each.subnets.map((subnet) =>
              subnet.name === "AzureFirewallSubnet"
                ? { ...subnet, natGatewayId: idOf("natGateways", "nat-fw") }
                : subnet,
            ),
          })),
        }),
      },
    },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(snatPortsEnough, words)).toEqual([]);
  });

  test.each([
    {
      case: "one address",
      words: { more: { natGateways: [natGateway("nat")] } },
      remedy: 'give "nat" 1 public IP address',
    },
    { case: "several", words: cloudPcs(6452), remedy: 'give "nat" 2 public IP addresses' },
  ])("says how many addresses are enough: $case", ({ words, remedy }) => {
    expect(runRules([snatPortsEnough], design(words)).findings.map((finding) => finding.remedy)).toEqual([remedy]);
  });

  test("judges each way out once, and does not apply where nobody can leave", () => {
    expect(snatPortsEnough.judge(design()).map(({ subject }) => subject.name)).toEqual(["nat"]);
    expect(snatPortsEnough.judge(design({ subnets: ["spoke/servers"] }))).toEqual([]);
  });
});
