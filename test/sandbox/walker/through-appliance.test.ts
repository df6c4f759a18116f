import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { networkInterface, ref, routeTable, virtualNetwork } from "../../support/arm-resources.ts";
import { ask } from "./ask.ts";

const out: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

describe("appliances", () => {
  const estate = (ipForwarding: boolean, address = "10.0.9.4") => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables", "routes") },
      dmz: "10.0.9.0/24",
    }),
    routeTable("routes", { default: ["0.0.0.0/0", "VirtualAppliance", address] }),
    networkInterface("nva", "vnet/dmz", "10.0.9.4", { properties: { enableIPForwarding: ipForwarding } }),
  ];

  test.each([
    { case: "forwards, and what it does is not known", resources: estate(true), verdict: "Unknown" },
    { case: "may not forward", resources: estate(false), verdict: "Deny" },
    { case: "is out of reach", resources: estate(true, "10.8.0.4"), verdict: "Deny" },
    { case: "is in no subnet", resources: estate(true, "10.0.200.4"), verdict: "Deny" },
  ])("$case: $verdict", ({ resources, verdict }) => {
    expect(ask({ resources }, out).verdict).toBe(verdict);
  });
});
