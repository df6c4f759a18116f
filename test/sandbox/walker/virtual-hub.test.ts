import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { child, idOf, ref, resource, virtualNetwork } from "../../support/arm-resources.ts";
import { ask } from "./ask.ts";

const out: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

describe("virtual hubs", () => {
  const hub = ["virtualHubs", "vhub"] as const;
  const firewallId = idOf("azureFirewalls", "hubfw");
  const estate = (secured: boolean, destinations: readonly string[]) => [
    virtualNetwork("a", ["10.0.0.0/16"], { default: "10.0.0.0/24" }),
    virtualNetwork("b", ["10.1.0.0/16"], { default: "10.1.0.0/24" }),
    resource("virtualHubs", "vhub", { addressPrefix: "10.100.0.0/23" }),
    ...["a", "b"].map((name) =>
      child([...hub, "hubVirtualNetworkConnections", name], {
        remoteVirtualNetwork: ref("virtualNetworks", name),
        enableInternetSecurity: secured,
      }),
    ),
    child([...hub, "routingIntent", "intent"], {
      routingPolicies: destinations.map((destination) => ({
        name: destination,
        destinations: [destination],
        nextHop: firewallId,
      })),
    }),
    resource("azureFirewalls", "hubfw", {
      sku: { name: "AZFW_Hub", tier: "Standard" },
      virtualHub: ref(...hub),
      hubIPAddresses: {
        privateIPAddress: "10.100.0.4",
        publicIPs: { count: 1, addresses: [{ address: "192.0.2.20" }] },
      },
      firewallPolicy: ref("firewallPolicies", "policy"),
    }),
    resource("firewallPolicies", "policy", {}),
    child(["firewallPolicies", "policy", "ruleCollectionGroups", "group"], {
      priority: 200,
      ruleCollections: [
        {
          name: "https",
          priority: 100,
          action: { type: "Allow" },
          rules: [
            {
              ruleType: "NetworkRule",
              name: "https",
              ipProtocols: ["TCP"],
              sourceAddresses: ["*"],
              destinationAddresses: ["*"],
              destinationPorts: ["443"],
            },
          ],
        },
      ],
    }),
  ];
  const bothPolicies = ["Internet", "PrivateTraffic"];

  test.each([
    { to: "203.0.113.9", port: 443, secured: true, intent: bothPolicies, verdict: "Allow", at: "hubfw" },
    { to: "203.0.113.9", port: 80, secured: true, intent: bothPolicies, verdict: "Deny", at: "hubfw" },
    { to: "203.0.113.9", port: 80, secured: false, intent: bothPolicies, verdict: "Allow", at: undefined },
    { to: "10.1.0.4", port: 443, secured: true, intent: bothPolicies, verdict: "Allow", at: "hubfw" },
    { to: "10.1.0.4", port: 80, secured: true, intent: bothPolicies, verdict: "Deny", at: "hubfw" },
    { to: "10.1.0.4", port: 80, secured: true, intent: ["Internet"], verdict: "Allow", at: undefined },
    { to: "10.9.0.4", port: 443, secured: true, intent: bothPolicies, verdict: "Deny", at: "hubfw" },
  ])(
    "$to:$port, default route $secured, policies $intent: $verdict by $at",
    ({ to, port, secured, intent, verdict, at }) => {
      const answer = ask({ resources: estate(secured, intent) }, { ...out, to, port });
      expect([answer.verdict, answer.hops.find((hop) => hop.step === "Firewall")?.at]).toEqual([verdict, at]);
    },
  );
});
