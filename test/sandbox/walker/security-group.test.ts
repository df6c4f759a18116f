import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { ref, routeTable, securityGroup, securityRule, virtualNetwork } from "../../support/arm-resources.ts";
import { ask, summary } from "./ask.ts";

const out: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

describe("security groups", () => {
  const guarded = (...rules: readonly Readonly<Record<string, unknown>>[]) => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: ref("networkSecurityGroups", "nsg") },
    }),
    securityGroup("nsg", ...rules),
  ];
  const deny = (more: Readonly<Record<string, unknown>>) => securityRule("deny", 200, { access: "Deny", ...more });

  test.each([
    { case: "only default rules", rules: [], verdict: "Allow" },
    { case: "a deny of the tag Internet", rules: [deny({ destinationAddressPrefix: "Internet" })], verdict: "Deny" },
    { case: "a deny shadowed by an allow", rules: [securityRule("allow", 100, {}), deny({})], verdict: "Allow" },
    { case: "a deny for UDP", rules: [deny({ protocol: "Udp" })], verdict: "Allow" },
    { case: "a deny for the next port", rules: [deny({ destinationPortRange: "444-500" })], verdict: "Allow" },
    {
      case: "a deny for a range with the port",
      rules: [deny({ destinationPortRanges: ["1-442", "443"], destinationPortRange: "" })],
      verdict: "Deny",
    },
    { case: "a deny for another source port", rules: [deny({ sourcePortRange: "1-1023" })], verdict: "Allow" },
    { case: "a deny for another source", rules: [deny({ sourceAddressPrefix: "10.0.0.5" })], verdict: "Allow" },
    { case: "an inbound deny", rules: [deny({ direction: "Inbound" })], verdict: "Allow" },
    {
      case: "a deny for a tag of unknown content",
      rules: [deny({ destinationAddressPrefix: "Sql" })],
      verdict: "Unknown",
    },
    {
      case: "a deny for VirtualNetwork without a default route",
      rules: [deny({ destinationAddressPrefix: "VirtualNetwork" })],
      verdict: "Allow",
    },
    {
      case: "a deny for an application security group nobody is in",
      rules: [
        deny({ sourceAddressPrefix: "", sourceApplicationSecurityGroups: [ref("applicationSecurityGroups", "asg")] }),
      ],
      verdict: "Allow",
    },
  ])("$case: $verdict", ({ rules, verdict }) => {
    expect(ask({ resources: guarded(...rules) }, out).verdict).toBe(verdict);
  });

  test("a group that is not in the input leaves the answer open", () => {
    const resources = guarded().filter((one) => one.name !== "nsg");
    expect(summary(ask({ resources }, out))).toEqual([
      "Unknown",
      "InsufficientInfo",
      'network security group "nsg" is not in the input',
    ]);
  });

  test("a later certain denial outweighs an earlier doubt", () => {
    const resources = [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        default: {
          addressPrefix: "10.0.0.0/24",
          defaultOutboundAccess: false,
          networkSecurityGroup: ref("networkSecurityGroups", "gone"),
        },
      }),
    ];
    expect(ask({ resources }, out).disposition).toBe("NoEgress");
  });

  test.each([
    {
      prefix: "0.0.0.0/0",
      nextHop: ["Internet"] as const,
      verdict: "Unknown",
      because: '"might also contain default routes"',
    },
    {
      prefix: "203.0.113.0/24",
      nextHop: ["Internet"] as const,
      verdict: "Deny",
      because: "prefixes of user routes belong to the tag",
    },
    {
      prefix: "198.51.100.0/24",
      nextHop: ["Internet"] as const,
      verdict: "Allow",
      because: "another prefix does not hold it",
    },
  ])("VirtualNetwork denied beside a route for $prefix: $verdict, $because", ({ prefix, nextHop, verdict }) => {
    const resources = [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        default: {
          addressPrefix: "10.0.0.0/24",
          networkSecurityGroup: ref("networkSecurityGroups", "nsg"),
          routeTable: ref("routeTables", "routes"),
        },
      }),
      securityGroup("nsg", deny({ destinationAddressPrefix: "VirtualNetwork" })),
      routeTable("routes", { route: [prefix, ...nextHop] }),
    ];
    expect(ask({ resources }, out).verdict).toBe(verdict);
  });
});
