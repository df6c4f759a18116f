import { describe, expect, test } from "vitest";
import type { Direction } from "../../../model/estate/security-group.ts";
import { type HeaderBox, headerSpaceOf } from "../../../model/header-space.ts";
import { formatIpSpace, prefixSpace } from "../../../model/ip-space.ts";
import { prefix } from "../../../model/prefix.ts";
import { type Protocol, protocolSpace } from "../../../model/protocol.ts";
import { unknown } from "../../../model/read.ts";
import type { ReferenceData } from "../../../model/reference-data.ts";
import { evaluateSecurityGroup } from "../../../model/rules/security-rules.ts";
import {
  network,
  networkInterface,
  peering,
  place,
  type RuleWords,
  routeTable,
  securityGroup,
  virtualNetwork,
} from "../support/build.ts";

interface Question {
  readonly rules: readonly RuleWords[];
  readonly from?: string;
  readonly to: string;
  readonly protocol?: Protocol;
  readonly port?: number;
  readonly direction?: Direction;
  readonly routes?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly reference?: Partial<ReferenceData>;
}

/** What the NSG "nsg" of subnet "vnet/cpc" says, as `Allow by rule` for each different part. */
function says(question: Question): readonly string[] {
  const nsg = securityGroup("nsg", question.rules);
  const of = network(
    {
      networkSecurityGroups: [nsg],
      routeTables: question.routes === undefined ? [] : [routeTable("rt", question.routes)],
      virtualNetworks: [
        virtualNetwork(
          "vnet",
          "10.0.0.0/16",
          { cpc: ["10.0.1.0/24", question.routes === undefined ? { nsg: "nsg" } : { nsg: "nsg", routes: "rt" }] },
          { virtualNetworkPeerings: [peering("vnet", "hub")] },
        ),
        virtualNetwork("hub", "10.1.0.0/16", {}, { virtualNetworkPeerings: [peering("hub", "vnet")] }),
      ],
      networkInterfaces: [
        networkInterface("member", "vnet/cpc", "10.0.1.9", {
          ip: {
            applicationSecurityGroupIds: [
              "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationSecurityGroups/web",
            ],
          },
        }),
      ],
    },
    question.reference,
  );
  const box: Partial<HeaderBox> = {
    source: prefixSpace(prefix(question.from ?? "10.0.1.4/32")),
    destination: prefixSpace(prefix(question.to)),
    protocol: protocolSpace(question.protocol ?? "Tcp"),
    ...(question.port === undefined ? {} : { destinationPort: [question.port, question.port + 1] }),
  };
  const asked = {
    direction: question.direction ?? "Outbound",
    place: place(of, "vnet/cpc"),
    destinationTags: question.tags ?? [],
  };
  const decisions = evaluateSecurityGroup(of, nsg, asked, headerSpaceOf(box));
  return decisions.map((d) => `${d.access} by ${d.rule?.name ?? d.because}`).sort();
}

const web: RuleWords = { name: "web", priority: 100, access: "Allow", protocol: "Tcp", ports: "443" };

describe("evaluateSecurityGroup", () => {
  test.each<Question & { case: string; answer: string }>([
    {
      case: "the default rule lets a subnet reach the Internet",
      rules: [],
      to: "192.0.2.1/32",
      port: 443,
      answer: "Allow by AllowInternetOutBound",
    },
    {
      case: "the default rule lets virtual networks talk",
      rules: [],
      to: "10.0.7.7/32",
      port: 443,
      answer: "Allow by AllowVnetOutBound",
    },
    {
      case: "a peer belongs to VirtualNetwork",
      rules: [],
      to: "10.1.0.4/32",
      port: 443,
      answer: "Allow by AllowVnetOutBound",
    },
    {
      case: "a private address that nobody knows is in no tag",
      rules: [],
      to: "10.99.0.4/32",
      port: 443,
      answer: "Deny by DenyAllOutBound",
    },
    {
      case: "nothing comes in from the Internet",
      rules: [],
      from: "192.0.2.9/32",
      to: "10.0.1.4/32",
      port: 3389,
      direction: "Inbound",
      answer: "Deny by DenyAllInBound",
    },
    {
      case: "a load balancer probe comes in",
      rules: [],
      from: "168.63.129.16/32",
      to: "10.0.1.4/32",
      port: 80,
      direction: "Inbound",
      answer: "Allow by AllowVnetInBound",
    },
    {
      case: "the lower number wins",
      rules: [{ name: "no", priority: 200, access: "Deny" }, web],
      to: "192.0.2.1/32",
      port: 443,
      answer: "Allow by web",
    },
    {
      case: "the deny behind it takes the rest",
      rules: [{ name: "no", priority: 200, access: "Deny" }, web],
      to: "192.0.2.1/32",
      port: 80,
      answer: "Deny by no",
    },
    {
      case: "a rule of the other direction says nothing",
      rules: [{ ...web, access: "Deny", direction: "Inbound" }],
      to: "192.0.2.1/32",
      port: 443,
      answer: "Allow by AllowInternetOutBound",
    },
    {
      case: "the protocol must match",
      rules: [{ ...web, access: "Deny" }],
      to: "192.0.2.1/32",
      port: 443,
      protocol: "Udp",
      answer: "Allow by AllowInternetOutBound",
    },
    {
      case: "a rule with ports says nothing about ICMP",
      rules: [{ ...web, access: "Deny", protocol: "*" }],
      to: "192.0.2.1/32",
      protocol: "Icmp",
      answer: "Allow by AllowInternetOutBound",
    },
    {
      case: "a rule for any port and protocol covers ESP",
      rules: [{ name: "no", priority: 100, access: "Deny" }],
      to: "192.0.2.1/32",
      protocol: "Esp",
      answer: "Deny by no",
    },
    {
      case: "a denied Internet includes Azure's public addresses",
      rules: [{ name: "no", priority: 100, access: "Deny", to: "Internet" }],
      to: "20.0.0.1/32",
      port: 443,
      answer: "Deny by no",
    },
    {
      case: "a member of an application security group",
      rules: [{ name: "asg", priority: 100, access: "Deny", fromGroups: ["web"] }],
      from: "10.0.1.9/32",
      to: "192.0.2.1/32",
      port: 443,
      answer: "Deny by asg",
    },
    {
      case: "others are not members",
      rules: [{ name: "asg", priority: 100, access: "Deny", fromGroups: ["web"] }],
      to: "192.0.2.1/32",
      port: 443,
      answer: "Allow by AllowInternetOutBound",
    },
    {
      case: "a default user route leaves VirtualNetwork open, but both readings allow",
      rules: [],
      routes: { "0.0.0.0/0": "VirtualAppliance 10.1.0.4" },
      to: "192.0.2.1/32",
      port: 443,
      answer: "Allow by AllowInternetOutBound",
    },
    {
      case: "the prefix of a user route belongs to VirtualNetwork",
      rules: [{ name: "no", priority: 100, access: "Deny", to: "VirtualNetwork" }],
      routes: { "198.51.100.0/24": "None" },
      to: "198.51.100.7/32",
      port: 443,
      answer: "Deny by no",
    },
    {
      case: "a tag that covers the destination, as documented",
      rules: [
        { name: "no", priority: 4000, access: "Deny" },
        { ...web, to: "WindowsVirtualDesktop" },
      ],
      tags: ["WindowsVirtualDesktop"],
      to: "0.0.0.0/0",
      port: 443,
      answer: "Allow by web",
    },
    {
      case: "a regional tag belongs to its global one",
      rules: [
        { name: "no", priority: 4000, access: "Deny" },
        { ...web, to: "Storage" },
      ],
      tags: ["Storage.WestEurope"],
      to: "192.0.2.0/24",
      port: 443,
      answer: "Allow by web",
    },
  ])("$case", ({ answer, ...question }) => {
    expect(says(question)).toEqual([answer]);
  });

  test.each<Question & { case: string; answer: string }>([
    {
      case: "a tag without prefixes",
      rules: [{ name: "no", priority: 100, access: "Deny", to: "Storage" }],
      to: "192.0.2.1/32",
      port: 443,
      answer: 'Unknown by whether rule "no" decides is not known: the prefixes of service tag "Storage" are not known',
    },
    {
      case: "the two readings of VirtualNetwork",
      rules: [{ name: "no", priority: 100, access: "Deny", to: "VirtualNetwork" }],
      routes: { "0.0.0.0/0": "VirtualAppliance 10.1.0.4" },
      to: "192.0.2.1/32",
      port: 443,
      answer:
        'Unknown by rule "no" decides if the tag VirtualNetwork contains the default route, rule "AllowInternetOutBound" if not; Microsoft says that it might',
    },
    {
      case: "a rule whose priority is not known",
      rules: [{ name: "no", priority: unknown('parameter "p" has no default'), access: "Deny" }],
      to: "192.0.2.1/32",
      port: 443,
      answer: 'Unknown by whether rule "no" decides is not known: parameter "p" has no default',
    },
    {
      case: "an address that could not be read",
      rules: [{ name: "no", priority: 100, access: "Deny", to: [unknown('parameter "to" has no default')] }],
      to: "192.0.2.1/32",
      port: 443,
      answer: 'Unknown by whether rule "no" decides is not known: parameter "to" has no default',
    },
  ])("is Unknown for $case", ({ answer, ...question }) => {
    expect(says(question)).toEqual([answer]);
  });

  test("an unread deny that a later rule repeats leaves nothing open", () => {
    const rules: RuleWords[] = [
      { name: "maybe", priority: 100, access: "Deny", to: "Storage" },
      { name: "no", priority: 200, access: "Deny" },
    ];
    expect(says({ rules, to: "192.0.2.1/32", port: 443 })).toEqual(["Deny by no"]);
  });

  test("a set is cut where the rules differ, exactly", () => {
    const rules: RuleWords[] = [{ name: "no", priority: 100, access: "Deny", to: "192.0.2.64/26" }];
    const nsg = securityGroup("nsg", rules);
    const of = network({
      networkSecurityGroups: [nsg],
      virtualNetworks: [virtualNetwork("vnet", "10.0.0.0/16", { cpc: ["10.0.1.0/24", { nsg: "nsg" }] })],
    });
    const asked = { direction: "Outbound", place: place(of, "vnet/cpc"), destinationTags: [] } as const;
    const space = headerSpaceOf({
      source: prefixSpace(prefix("10.0.1.0/24")),
      destination: prefixSpace(prefix("192.0.2.0/24")),
    });
    const parts = evaluateSecurityGroup(of, nsg, asked, space).map(
      (d) => `${d.access} ${d.space.map((box) => formatIpSpace(box.destination)).join(" ")}`,
    );
    expect(parts).toEqual(["Deny 192.0.2.64/26", "Allow 192.0.2.0/26, 192.0.2.128/25"]);
  });

  test("a dated snapshot of a tag decides, and the answer says so", () => {
    const nsg = securityGroup("nsg", [
      { ...web, to: "Storage" },
      { name: "no", priority: 200, access: "Deny" },
    ]);
    const of = network(
      {
        networkSecurityGroups: [nsg],
        virtualNetworks: [virtualNetwork("vnet", "10.0.0.0/16", { cpc: ["10.0.1.0/24", { nsg: "nsg" }] })],
      },
      { serviceTag: () => ({ prefixes: [prefix("192.0.2.0/24")], asOf: "2026-06-14" }) },
    );
    const asked = { direction: "Outbound", place: place(of, "vnet/cpc"), destinationTags: [] } as const;
    const ask = (to: string) =>
      evaluateSecurityGroup(
        of,
        nsg,
        asked,
        headerSpaceOf({
          source: prefixSpace(prefix("10.0.1.4/32")),
          destination: prefixSpace(prefix(to)),
          protocol: protocolSpace("Tcp"),
          destinationPort: [443, 444],
        }),
      ).map((d) => [d.access, d.basis]);
    expect(ask("192.0.2.1/32")).toEqual([["Allow", "resolvedSnapshot"]]);
    expect(ask("198.51.100.1/32")).toEqual([["Deny", "resolvedSnapshot"]]);
  });
});
