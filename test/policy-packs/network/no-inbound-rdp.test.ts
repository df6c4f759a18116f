import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { noInboundRdp } from "../../../policy-packs/network/rules/no-inbound-rdp.ts";
import { allowAll } from "../../model/support/ask.ts";
import type { RuleWords } from "../../model/support/build.ts";
import { design, findingsOf } from "../design.ts";

const inbound = (words: Partial<RuleWords>): RuleWords => ({
  name: "in",
  priority: 100,
  access: "Deny",
  direction: "Inbound",
  ...words,
});
const closed = inbound({ name: "closed", priority: 4000 });
const rdp = (from: string, protocol: RuleWords["protocol"] = "Tcp") =>
  inbound({ name: "rdp", access: "Allow", protocol, from, ports: "3389" });
const find = (...rules: readonly RuleWords[]) => findingsOf(noInboundRdp, { rules });
const letIn = 'rule "rdp" allows it (network security group "nsg")';

describe("no-inbound-rdp", () => {
  test("fails an allow from a peer, by TCP and by UDP alike", () => {
    expect(find(rdp("10.0.2.0/24", "*"), closed)).toEqual([
      `fail: RDP from virtual network "hub" (10.0.2.0/24) to spoke/cpc, Tcp 3389, is let in: ${letIn}`,
      `fail: RDP from virtual network "hub" (10.0.2.0/24) to spoke/cpc, Udp 3389, is let in: ${letIn}`,
    ]);
  });

  test("fails an allow from another spoke that the firewall lets through", () => {
    expect(
      findingsOf(noInboundRdp, {
        rules: [rdp("10.2.1.0/24"), closed],
        routes: { "10.2.0.0/16": "VirtualAppliance 10.0.0.4" },
        firewallRules: allowAll,
      }),
    ).toEqual([`fail: RDP from virtual network "two" (10.2.1.0/24) to spoke/cpc, Tcp 3389, is let in: ${letIn}`]);
  });

  test("fails an allow from on-premises", () => {
    expect(find(rdp("172.20.0.0/16"), closed)).toEqual([
      `fail: RDP from the other side of gateway "gw" (172.20.0.0/16) to spoke/cpc, Tcp 3389, is let in: ${letIn}`,
    ]);
  });

  test("fails an allow from the next subnet in a range of ports", () => {
    expect(find({ ...rdp("10.1.2.0/24"), ports: "3000-4000" }, closed)).toEqual([
      `fail: RDP from virtual network "spoke" (10.1.2.0/24) to spoke/cpc, Tcp 3389, is let in: ${letIn}`,
    ]);
  });

  test("fails the default rules, which let in the virtual network, its peers and on-premises", () => {
    const from = find().map((line) => /^fail: RDP from (.+) to spoke.cpc/.exec(line)?.[1]);
    expect([...new Set(from)]).toEqual([
      'the other side of gateway "gw" (172.20.0.0/16)',
      'virtual network "hub" (10.0.0.0/16)',
      'virtual network "spoke" (10.1.0.0/16)',
    ]);
  });

  test("leaves a rule undecided that may allow or deny", () => {
    expect(find({ ...rdp("172.20.0.0/16"), access: unknown("not known") }, closed)).toEqual([
      'undecided: RDP from the other side of gateway "gw" (172.20.0.0/16) to spoke/cpc, Tcp 3389, is not known to be denied: whether rule "rdp" decides is not known: its access is not known (network security group "nsg")',
    ]);
  });

  test("leaves addresses undecided that the group lets in and nothing in the input has", () => {
    expect(find(rdp("10.9.0.0/24"), closed)).toEqual([
      "undecided: RDP from addresses that are not in the input (10.9.0.0/24) to spoke/cpc, Tcp 3389, is not known to be denied: no subnet and no gateway of the input knows 10.9.0.0/24",
    ]);
  });

  test.each([
    {
      case: "a rule, by its name",
      words: { rules: [rdp("172.20.0.0/16"), closed] },
      remedy: 'remove rule "rdp" from network security group "nsg", or narrow it',
      blamed: "nsg",
    },
    {
      case: "a default rule, before which another is needed",
      words: { rules: [] },
      remedy: 'add a rule to network security group "nsg" that denies it, before default rule "AllowVnetInBound"',
      blamed: "nsg",
    },
    {
      case: "a group that is missing",
      words: { subnets: ["spoke/servers"] },
      remedy: 'attach a network security group to subnet "servers" that denies it',
      blamed: "spoke/servers",
    },
  ])("says to change $case", ({ words, remedy, blamed }) => {
    const [check] = noInboundRdp.judge(design(words));
    expect(check?.observations.at(-1)).toMatchObject({ outcome: "fail", remedy, blamed: { name: blamed } });
  });

  test.each([
    { case: "a group that denies everything inbound", rules: [closed] },
    { case: "a group that denies RDP alone", rules: [inbound({ ports: "3389" })] },
    { case: "an allow that a deny shadows", rules: [inbound({ priority: 90 }), rdp("10.0.0.0/8")] },
    { case: "an allow for another port", rules: [{ ...rdp("10.0.0.0/8"), ports: "3390" }, closed] },
    { case: "an allow for a public address: the Internet is for another rule", rules: [rdp("192.0.2.0/24"), closed] },
    { case: "an allow from another spoke, from which no route leads here", rules: [rdp("10.2.1.0/24"), closed] },
    { case: "an allow outbound", rules: [{ ...rdp("*"), direction: "Outbound" as const }, closed] },
  ])("passes $case", ({ rules }) => {
    expect(find(...rules)).toEqual([]);
  });
});
