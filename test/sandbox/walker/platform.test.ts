import { describe, expect, test } from "vitest";
import { ref, routeTable, securityGroup, securityRule, virtualNetwork } from "../../support/arm-resources.ts";
import { ask } from "./ask.ts";

describe("platform addresses", () => {
  const denyAll = securityRule("none", 100, { access: "Deny" });
  const denyDns = securityRule("no-dns", 101, { access: "Deny", destinationAddressPrefix: "AzurePlatformDNS" });
  const resources = (...rules: readonly Readonly<Record<string, unknown>>[]) => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: {
        addressPrefix: "10.0.0.0/24",
        networkSecurityGroup: ref("networkSecurityGroups", "nsg"),
        routeTable: ref("routeTables", "routes"),
      },
    }),
    securityGroup("nsg", ...rules),
    routeTable("routes", { nothing: ["0.0.0.0/0", "None"] }),
  ];

  test.each([
    { to: "168.63.129.16", port: 53, rules: [denyAll], verdict: "Allow", because: "NSGs and routes do not apply" },
    { to: "169.254.169.254", port: 80, rules: [denyAll], verdict: "Allow", because: "NSGs and routes do not apply" },
    { to: "168.63.129.16", port: 53, rules: [denyDns], verdict: "Deny", because: "the tag AzurePlatformDNS is denied" },
    { to: "168.63.129.16", port: 80, rules: [denyDns], verdict: "Allow", because: "the agent's port is not DNS" },
  ])("$to:$port is answered $verdict: $because", ({ to, port, rules, verdict }) => {
    const answer = ask({ resources: resources(...rules) }, { from: "10.0.0.4", to, protocol: "Tcp", port });
    expect(answer.verdict).toBe(verdict);
  });
});
