import type { WalkerInput } from "../../../sandbox/walker/estate.ts";
import type { Question } from "../../../sandbox/walker/packet.ts";
import {
  firewall,
  firewallPolicy,
  peering,
  publicAddress,
  ref,
  routeTable,
  ruleCollection,
  ruleGroup,
  virtualNetwork,
} from "../../support/arm-resources.ts";

type Rule = Readonly<Record<string, unknown>>;

/** A spoke behind a firewall with one collection of rules; everything else can be replaced. */
export function firewalledSpoke(
  rules: readonly Rule[],
  change: {
    readonly policy?: Rule;
    readonly firewall?: Rule;
    readonly dnsServers?: readonly string[];
    readonly hubSubnets?: Readonly<Record<string, string>>;
    readonly backRoute?: boolean;
  } = {},
) {
  return [
    virtualNetwork("hub", ["10.5.0.0/16"], { AzureFirewallSubnet: "10.5.0.0/26", services: "10.5.2.0/24" }),
    virtualNetwork(
      "spoke",
      ["10.6.0.0/16"],
      { workload: { addressPrefix: "10.6.0.0/24", routeTable: ref("routeTables", "to-firewall") } },
      { dhcpOptions: { dnsServers: change.dnsServers ?? [] } },
    ),
    virtualNetwork("other", ["10.7.0.0/16"], {
      workload: {
        addressPrefix: "10.7.0.0/24",
        ...(change.backRoute === false ? {} : { routeTable: ref("routeTables", "to-firewall") }),
      },
    }),
    ...["spoke", "other"].flatMap((name) => [peering("hub", name), peering(name, "hub")]),
    routeTable("to-firewall", { default: ["0.0.0.0/0", "VirtualAppliance", "10.5.0.4"] }),
    publicAddress("fw-pip", "192.0.2.10"),
    firewall("fw", "hub", "10.5.0.4", change.firewall ?? {}),
    firewallPolicy("fw", change.policy ?? {}),
    ruleGroup("fw", "group", 200, ruleCollection("rules", 100, "Allow", ...rules)),
  ];
}

/** What the tests ask by default. */
export const https: Question = { from: "10.6.0.4", to: "www.contoso.com", protocol: "Tcp", port: 443 };
/** Public names of the tests. */
export const tables: Partial<WalkerInput> = {
  dnsRecords: { "www.contoso.com": ["203.0.113.20"], "time.contoso.com": ["203.0.113.30"] },
};
