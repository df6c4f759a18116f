import { describe, expect, test } from "vitest";
import { changeJson } from "../../../cli/report/change-json.ts";
import type { SecurityRule } from "../../../model/estate/security-group.ts";
import type { Change } from "../../../model/fix/change.ts";
import { prefix } from "../../../model/prefix.ts";
import { unknown } from "../../../model/read.ts";

const group = { ruleCollectionGroupId: "/g", collection: "c", priority: 100 };
const sources = { sourceAddresses: [{ kind: "prefix", prefix: prefix("10.1.0.0/24") } as const], sourceIpGroupIds: [] };

const changes: readonly { readonly case: string; readonly change: Change; readonly json: object }[] = [
  {
    case: "a NAT gateway by the ids of both ends",
    change: { kind: "attachNatGateway", subnetId: "/s", natGatewayId: "/n" },
    json: { kind: "attachNatGateway", subnetId: "/s", natGatewayId: "/n" },
  },
  {
    case: "an application rule with its names and protocols",
    change: {
      kind: "addFirewallRule",
      ...group,
      rule: {
        name: "r",
        ruleType: "ApplicationRule",
        ...sources,
        targetFqdns: ["a.example.org"],
        targetUrls: [],
        protocols: [{ protocolType: "Https", port: 443 }],
        destinationAddresses: [],
        fqdnTags: [],
        webCategories: [],
      },
    },
    json: {
      ruleCollection: {
        name: "c",
        priority: 100,
        action: { type: "Allow" },
        rules: [
          {
            ruleType: "ApplicationRule",
            name: "r",
            sourceAddresses: ["10.1.0.0/24"],
            protocols: [{ protocolType: "Https", port: 443 }],
            targetFqdns: ["a.example.org"],
          },
        ],
      },
    },
  },
  {
    case: "a network rule to names, without the fields that it does not set",
    change: {
      kind: "addFirewallRule",
      ...group,
      rule: {
        name: "r",
        ruleType: "NetworkRule",
        ...sources,
        ipProtocols: ["TCP"],
        destinationAddresses: [],
        destinationIpGroupIds: [],
        destinationFqdns: ["a.example.org"],
        destinationPorts: [{ from: 1688, to: 1688 }],
      },
    },
    json: {
      ruleCollection: {
        rules: [
          {
            ruleType: "NetworkRule",
            name: "r",
            sourceAddresses: ["10.1.0.0/24"],
            ipProtocols: ["TCP"],
            destinationFqdns: ["a.example.org"],
            destinationPorts: ["1688"],
          },
        ],
      },
    },
  },
  {
    case: "a route to an appliance, and null for what is not known",
    change: {
      kind: "addRoute",
      routeTableId: "/t",
      route: {
        name: "r",
        addressPrefix: { kind: "serviceTag", name: "AzureMonitor" },
        nextHopType: unknown("parameter"),
        nextHopIpAddress: prefix("10.0.1.4/32").base,
      },
    },
    json: {
      routeTableId: "/t",
      route: {
        name: "r",
        properties: { addressPrefix: "AzureMonitor", nextHopType: null, nextHopIpAddress: "10.0.1.4" },
      },
    },
  },
];

describe("changeJson", () => {
  test.each(changes)("writes $case", ({ change, json }) => {
    expect(changeJson(change)).toMatchObject(json);
  });

  test("writes several prefixes and ports in ARM's plural fields", () => {
    const rule: SecurityRule = {
      name: "r",
      priority: 100,
      direction: "Outbound",
      access: "Allow",
      protocol: "*",
      sourceAddressPrefixes: ["10.0.0.0/24", "10.0.2.0/24"].map(
        (text) => ({ kind: "prefix", prefix: prefix(text) }) as const,
      ),
      sourceApplicationSecurityGroupIds: [],
      sourcePortRanges: [{ from: 0, to: 65_535 }],
      destinationAddressPrefixes: [{ kind: "any" }],
      destinationApplicationSecurityGroupIds: [],
      destinationPortRanges: [
        { from: 80, to: 80 },
        { from: 443, to: 445 },
      ],
    };
    expect(changeJson({ kind: "addSecurityRule", networkSecurityGroupId: "/n", rule })).toMatchObject({
      securityRule: {
        properties: {
          sourceAddressPrefixes: ["10.0.0.0/24", "10.0.2.0/24"],
          sourcePortRange: "*",
          destinationAddressPrefix: "*",
          destinationPortRanges: ["80", "443-445"],
        },
      },
    });
  });
});
