import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { peering, ref, securityGroup, securityRule, virtualNetwork } from "../../support/arm-resources.ts";
import { ask, summary } from "./ask.ts";

describe("peerings", () => {
  const two = (forward: Readonly<Record<string, unknown>>, back: Readonly<Record<string, unknown>>) => [
    virtualNetwork("a", ["10.0.0.0/16"], { default: "10.0.0.0/24" }),
    virtualNetwork("b", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    peering("a", "b", forward),
    peering("b", "a", back),
  ];
  const toPeer: Question = { from: "10.0.0.4", to: "10.1.0.4", protocol: "Tcp", port: 443 };

  test.each([
    { case: "both Connected", forward: {}, back: {}, verdict: "Allow" },
    {
      case: "designed, no state yet",
      forward: { peeringState: undefined },
      back: { peeringState: undefined },
      verdict: "Allow",
    },
    { case: "Initiated on this side", forward: { peeringState: "Initiated" }, back: {}, verdict: "Deny" },
    { case: "Disconnected on the other", forward: {}, back: { peeringState: "Disconnected" }, verdict: "Deny" },
    {
      case: "without network access on the far side",
      forward: {},
      back: { allowVirtualNetworkAccess: false },
      verdict: "Unknown",
    },
    {
      case: "synchronised before the range was added",
      forward: { remoteAddressSpace: { addressPrefixes: ["10.9.0.0/16"] } },
      back: {},
      verdict: "Deny",
    },
  ])("$case: $verdict", ({ forward, back, verdict }) => {
    expect(ask({ resources: two(forward, back) }, toPeer).verdict).toBe(verdict);
  });

  test("without network access traffic crosses where a rule of the user allows it", () => {
    const resources = [
      ...two({}, { allowVirtualNetworkAccess: false }).slice(1),
      virtualNetwork("a", ["10.0.0.0/16"], {
        default: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: ref("networkSecurityGroups", "nsg") },
      }),
      securityGroup("nsg", securityRule("peer", 100, { destinationAddressPrefix: "10.1.0.0/16" })),
    ];
    expect(ask({ resources }, toPeer).verdict).toBe("Allow");
  });

  test("a peering of single subnets is not followed", () => {
    const resources = two({ peerCompleteVnets: false }, { peerCompleteVnets: false });
    expect(ask({ resources }, toPeer).because).toBe(
      'peering "a-to-b" joins single subnets, which this walker does not follow',
    );
  });

  test("a peer that is not in the input leaves private addresses open", () => {
    const resources = two({}, {}).filter((one) => one.name !== "b");
    expect(summary(ask({ resources }, toPeer))).toEqual([
      "Unknown",
      "InsufficientInfo",
      'the peered virtual network "b" is not in the input',
    ]);
  });
});
