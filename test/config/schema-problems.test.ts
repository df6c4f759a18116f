import { describe, expect, test } from "vitest";
import { environment, hub, hubEnvironment, hybridEnvironment, pool, problemsOf, region, site } from "./input.ts";

describe("what the schema refuses, in plain words", () => {
  test.each([
    {
      case: "a misspelt key",
      input: environment({ regions: [{ ...region, dsnServers: ["10.0.0.4"] }] }),
      problems: ['key "dsnServers" is not known; did you mean "dnsServers"? @ regions[0].dsnServers'],
    },
    {
      case: "a key that is like none",
      input: environment({ profile: { kind: "entra", zzzzzz: 1 } }),
      problems: ['key "zzzzzz" is not known; known keys are "kind" @ profile.zzzzzz'],
    },
    {
      case: "a misspelt key in the branch of a choice",
      input: environment({ regions: [{ ...region, egress: { via: "natGateway", idleTimeoutInMinute: 5 } }] }),
      problems: [
        'key "idleTimeoutInMinute" is not known; did you mean "idleTimeoutInMinutes"? @ regions[0].egress.idleTimeoutInMinute',
      ],
    },
    {
      case: "a key of another branch",
      input: environment({
        regions: [{ ...region, egress: { via: "firewall", privateIpAddress: "10.0.0.4" } }],
        hubs: [hub],
      }),
      problems: ['key "privateIpAddress" is not known; known keys are "via" @ regions[0].egress.privateIpAddress'],
    },
    {
      case: "several misspelt keys, one problem each",
      input: environment({ taggs: {}, protekt: false }),
      problems: [
        'key "taggs" is not known; did you mean "tags"? @ taggs',
        'key "protekt" is not known; did you mean "protect"? @ protekt',
      ],
    },
    {
      case: "a value that is nearly a known one",
      input: environment({ intuneLocation: "EU" }),
      problems: [
        'intuneLocation "EU" is not known; it must be "na", "eu" or "ap"; did you mean "eu"? @ intuneLocation',
      ],
    },
    {
      case: "an unknown profile",
      input: environment({ profile: { kind: "microsoftHosted" } }),
      problems: ['kind "microsoftHosted" is not known; it must be "entra" or "hybrid" @ profile.kind'],
    },
    {
      case: "an egress that is nearly a known one",
      input: environment({ regions: [{ ...region, egress: { via: "natgw" } }] }),
      problems: [
        'via "natgw" is not known; it must be "firewall", "natGateway", "loadBalancer" or "appliance" @ regions[0].egress.via',
      ],
    },
    {
      case: "a choice without its discriminator",
      input: environment({ regions: [{ ...region, network: { addressSpace: ["10.60.0.0/22"] } }] }),
      problems: ['mode is missing; it must be "create", "extend" or "use" @ regions[0].network.mode'],
    },
    {
      case: "a required value that is missing",
      input: environment({ regions: [{ ...region, location: undefined }] }),
      problems: ["location is missing; it must be a text @ regions[0].location"],
    },
    {
      case: "no environment at all",
      input: null,
      problems: ["the value must be a mapping, not empty"],
    },
    {
      case: "no regions",
      input: environment({ regions: [] }),
      problems: ["regions has 0 entries; it must have at least 1 @ regions"],
    },
    {
      case: "a number in quotes",
      input: environment({ regions: [{ ...region, pools: [{ ...pool, cloudPcCount: "20" }] }] }),
      problems: ['cloudPcCount must be a number, not "20" @ regions[0].pools[0].cloudPcCount'],
    },
    {
      case: "half a Cloud PC",
      input: environment({ regions: [{ ...region, pools: [{ ...pool, cloudPcCount: 1.5 }] }] }),
      problems: ["cloudPcCount must be a whole number, not 1.5 @ regions[0].pools[0].cloudPcCount"],
    },
    {
      case: "a key with nothing behind it",
      input: environment({ tags: null }),
      problems: ["tags must be a mapping, not empty @ tags"],
    },
    {
      case: "one value where a list belongs",
      input: environment({ regions: [{ ...region, dnsServers: "192.0.2.1" }] }),
      problems: ['dnsServers must be a list, not "192.0.2.1" @ regions[0].dnsServers'],
    },
    {
      case: "more than there can be",
      input: environment({
        regions: [{ ...region, egress: { via: "natGateway", publicIps: { kind: "addresses", count: 17 } } }],
      }),
      problems: ["count is 17; it must be at most 16 @ regions[0].egress.publicIps.count"],
    },
    {
      case: "fewer days than there can be",
      input: environment({ diagnostics: { logAnalytics: { mode: "create", retentionDays: 7 } } }),
      problems: ["retentionDays is 7; it must be at least 30 @ diagnostics.logAnalytics.retentionDays"],
    },
    {
      case: "host bits",
      input: environment({ regions: [{ ...region, network: { mode: "create", addressSpace: ["10.60.0.4/22"] } }] }),
      problems: [
        'prefix "10.60.0.4/22" has host bits set; did you mean "10.60.0.0/22"? @ regions[0].network.addressSpace[0]',
      ],
    },
    {
      case: "a leading zero",
      input: environment({ regions: [{ ...region, dnsServers: ["010.0.0.4"] }] }),
      problems: ['address "010.0.0.4" has a leading zero in "010" @ regions[0].dnsServers[0]'],
    },
    {
      case: "the id of something else",
      input: environment({
        regions: [{ ...region, resourceGroup: { mode: "use", resourceGroupId: "rg-network" } }],
      }),
      problems: [
        '"rg-network" is not the id of a resource group; it has the form "/subscriptions/<subscription>/resourceGroups/<name>" @ regions[0].resourceGroup.resourceGroupId',
      ],
    },
    {
      case: "the id of a virtual network where a workspace belongs",
      input: environment({
        diagnostics: {
          logAnalytics: {
            mode: "use",
            workspaceId:
              "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v",
          },
        },
      }),
      problems: [
        '"/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v" is not the id of a Microsoft.OperationalInsights/workspaces; it has the form "/subscriptions/<subscription>/resourceGroups/<resource group>/providers/Microsoft.OperationalInsights/workspaces/<name>" @ diagnostics.logAnalytics.workspaceId',
      ],
    },
    {
      case: "a subscription that is no GUID",
      input: environment({ subscriptions: { hubs: "prod" } }),
      problems: ['"prod" is not a GUID such as "00000000-0000-0000-0000-000000000000" @ subscriptions.hubs'],
    },
    {
      case: "a name that resources cannot have",
      input: environment({ regions: [{ ...region, name: "West Europe" }] }),
      problems: [
        'name "West Europe" must be lower-case letters, digits and single hyphens, starting with a letter, such as "weu" @ regions[0].name',
      ],
    },
    {
      case: "a workload that resources cannot have",
      input: environment({ workload: "Cloud-PC" }),
      problems: [
        'workload "Cloud-PC" must be lower-case letters and digits, starting with a letter, such as "w365" @ workload',
      ],
    },
    {
      case: "an unknown feature",
      input: environment({ features: ["microsoft356"] }),
      problems: [
        expect.stringMatching(
          /^features "microsoft356" is not known; it must be "microsoft365".*; did you mean "microsoft365"\? @ features\[0\]$/,
        ),
      ],
    },
    {
      case: "a VPN size that Azure no longer makes",
      input: hubEnvironment({ hubs: [{ ...hub, vpn: { sku: "VpnGw1", sites: [site] } }] }),
      problems: [
        'sku "VpnGw1" is not known; it must be "VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ" or "VpnGw5AZ"; did you mean "VpnGw1AZ"? @ hubs[0].vpn.sku',
      ],
    },
    {
      case: "a domain that is no DNS name",
      input: hybridEnvironment({
        profile: { kind: "hybrid", domain: { name: "CORP" }, domainControllers: ["192.168.10.4"] },
      }),
      problems: ['domain name "CORP" is not a DNS name such as "corp.contoso.com" @ profile.domain.name'],
    },
  ])("$case", ({ input, problems }) => {
    expect(problemsOf(input)).toEqual(problems);
  });

  test("a pre-shared key that was put in the place of its name is not repeated", () => {
    const input = hubEnvironment({ hubs: [{ ...hub, vpn: { sites: [{ ...site, sharedKeySecret: "p@ss word!" }] } }] });
    expect(problemsOf(input)).toEqual([
      'sharedKeySecret is not the name of a configuration key such as "sharedKeyBerlin" @ hubs[0].vpn.sites[0].sharedKeySecret',
    ]);
  });

  test("a pre-shared key under a key of its own is refused without its value", () => {
    const input = hubEnvironment({ hubs: [{ ...hub, vpn: { sites: [{ ...site, sharedKey: "p@ss word!" }] } }] });
    expect(problemsOf(input)).toEqual([
      'key "sharedKey" is not known; did you mean "sharedKeySecret"? @ hubs[0].vpn.sites[0].sharedKey',
    ]);
  });
});
