import { describe, expect, test } from "vitest";
import { domainControllersReachable } from "../../../policy-packs/identity/rules/domain-controllers-reachable.ts";
import { ip } from "../../model/support/build.ts";
import { entra } from "../design.ts";
import { hybrid, identityFindings, predicted } from "./identity-design.ts";

const reference = {
  directories: [{ domainName: "corp.example.com", dnsServers: [ip("172.20.0.4"), ip("172.20.0.5")] }],
};
const inHub = { directories: [{ domainName: "corp.example.com", dnsServers: [ip("10.0.2.4")] }] };
const kinds = [hybrid];
const deny = (name: string, more: object) => ({ name, priority: 100, access: "Deny" as const, ...more });

describe("domain-controllers-reachable", () => {
  test.each([
    {
      case: "one port of one protocol",
      words: { kinds, reference: inHub, rules: [deny("no-kerberos", { protocol: "Udp", ports: "88" })] },
      findings: [
        'fail: spoke/cpc to domain controller 10.0.2.4, Udp 88, is denied: rule "no-kerberos" denies it (network security group "nsg")',
      ],
    },
    {
      case: "a part of the dynamic ports",
      words: { kinds, reference: inHub, rules: [deny("no-rpc", { protocol: "Tcp", ports: "60000-60010" })] },
      findings: [
        'fail: spoke/cpc to domain controller 10.0.2.4, Tcp part of 49152-65535, is denied: rule "no-rpc" denies it (network security group "nsg")',
      ],
    },
    {
      case: "one of two domain controllers",
      words: { kinds, reference, rules: [deny("no-second", { to: "172.20.0.5" })] },
      findings: [
        'fail: spoke/cpc to domain controller 172.20.0.5, Tcp 53, 88, 135, 389, 445, 464, 3268, 49152-65535 and Udp 53, 88, 123, 389, 464, is denied: rule "no-second" denies it (network security group "nsg")',
      ],
    },
    {
      case: "a firewall that has no rule for it",
      words: {
        kinds,
        reference: { directories: [{ domainName: "corp.example.com", dnsServers: [ip("172.20.0.4")] }] },
        routes: { "172.20.0.0/16": "VirtualAppliance 10.0.0.4" },
        gatewayRoutes: { "10.1.0.0/16": "VirtualAppliance 10.0.0.4" },
      },
      findings: [
        'fail: spoke/cpc to domain controller 172.20.0.4, Tcp 53, 88, 135, 389, 445, 464, 3268, 49152-65535 and Udp 53, 88, 123, 389, 464, is denied: no rule of firewall "fw" matches, so it denies by default',
      ],
    },
  ])("finds $case", ({ words, findings }) => {
    expect(identityFindings(domainControllersReachable, words)).toEqual(findings);
    expect(predicted(domainControllersReachable, words)).toEqual(["adJoinCheckServerNotOperational"]);
  });

  test("is undecided where no domain controller is in the input", () => {
    const connections = [{ connectionType: "hybridAzureADJoin", adDomainName: "corp.example.com" }] as const;
    expect(identityFindings(domainControllersReachable, { kinds, connections })).toEqual([
      'undecided: whether spoke/cpc reaches the domain controllers of "corp.example.com" is not known: their addresses are not in the input',
    ]);
  });

  test.each([
    { case: "domain controllers in the hub, over the peering", words: { kinds, reference: inHub } },
    { case: "domain controllers behind the gateway", words: { kinds, reference } },
    {
      case: "closed ports that no join uses",
      words: { kinds, reference: inHub, rules: [deny("no-web", { protocol: "Tcp", ports: ["80", "443", "636"] })] },
    },
    {
      case: "Entra join, which needs no domain controller",
      words: { kinds: [entra], reference: inHub, rules: [deny("no-kerberos", { ports: "88" })] },
    },
  ])("passes $case", ({ words }) => {
    expect(identityFindings(domainControllersReachable, words)).toEqual([]);
  });
});
