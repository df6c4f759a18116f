import { describe, expect, test } from "vitest";
import type { RuleAddress } from "../../model/estate/resource.ts";
import { prefix } from "../../model/prefix.ts";
import { fixture, readGood } from "./read.ts";

const { estate } = readGood(fixture("every-type.json"));
const id = (path: string) =>
  `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net/providers/Microsoft.Network/${path}`;
const block = (text: string): RuleAddress => ({ kind: "prefix", prefix: prefix(text) });
const any: RuleAddress = { kind: "any" };
const [hub, classic] = estate.azureFirewalls;
const [policy] = estate.firewallPolicies;

describe("firewalls", () => {
  test("a firewall with a policy names it and its addresses", () => {
    expect(hub).toMatchObject({
      skuName: "AZFW_VNet",
      skuTier: "Standard",
      threatIntelMode: "Alert",
      firewallPolicyId: id("firewallPolicies/afwp-hub"),
      ipConfigurations: [
        {
          name: "ip",
          subnetId: id("virtualNetworks/vnet-hub/subnets/AzureFirewallSubnet"),
          privateIpAddress: 0x0a0a0104,
          publicIpAddressId: id("publicIPAddresses/pip-afw"),
        },
      ],
      managementIpConfiguration: {
        name: "mgmt",
        subnetId: id("virtualNetworks/vnet-hub/subnets/AzureFirewallManagementSubnet"),
      },
      ruleCollections: [],
      additionalProperties: {},
    });
  });

  test("classic rules take the form of a policy's", () => {
    expect(classic?.additionalProperties).toEqual({ "Network.DNS.EnableProxy": "true" });
    expect(classic?.ruleCollections).toEqual([
      {
        name: "nat",
        priority: 100,
        action: "Dnat",
        rules: [
          {
            ruleType: "NatRule",
            name: "rdp",
            sourceAddresses: [any],
            sourceIpGroupIds: [],
            ipProtocols: ["TCP"],
            destinationAddresses: [block("203.0.113.20/32")],
            destinationPorts: [{ from: 3389, to: 3389 }],
            translatedAddress: 0x0a14011e,
            translatedPort: 3389,
          },
        ],
      },
      {
        name: "net",
        priority: 200,
        action: "Allow",
        rules: [
          {
            ruleType: "NetworkRule",
            name: "kms",
            sourceAddresses: [],
            sourceIpGroupIds: [id("ipGroups/ipg-spokes")],
            ipProtocols: ["TCP"],
            destinationAddresses: [],
            destinationIpGroupIds: [],
            destinationFqdns: ["kms.example.com"],
            destinationPorts: [{ from: 1688, to: 1688 }],
          },
        ],
      },
      {
        name: "app",
        priority: 300,
        action: "Allow",
        rules: [
          {
            ruleType: "ApplicationRule",
            name: "tags",
            sourceAddresses: [block("10.20.0.0/16")],
            sourceIpGroupIds: [],
            protocols: [{ protocolType: "Https", port: 443 }],
            destinationAddresses: [],
            targetFqdns: [],
            targetUrls: [],
            fqdnTags: ["WindowsUpdate"],
            webCategories: [],
          },
        ],
      },
    ]);
  });

  test("a policy is read with its settings", () => {
    expect(policy).toMatchObject({
      skuTier: "Premium",
      basePolicyId: id("firewallPolicies/afwp-base"),
      threatIntelMode: "Deny",
      threatIntelAllowlist: { ipAddresses: [block("198.51.100.0/24")], fqdns: ["*.example.com"] },
      dnsSettings: { enableProxy: true, servers: [0x0a0a0105] },
      snatPrivateRanges: [{ kind: "serviceTag", name: "IANAPrivateRanges" }, block("100.64.0.0/10")],
      snatAutoLearnPrivateRanges: true,
      intrusionDetectionMode: "Alert",
      hasCertificateAuthority: true,
      explicitProxyEnabled: false,
    });
  });

  test("rules of a group are told apart by ruleType, and protocols have their usual ports", () => {
    expect(policy?.ruleCollectionGroups).toMatchObject([{ name: "rcg-w365", priority: 500 }]);
    expect(policy?.ruleCollectionGroups[0]?.ruleCollections).toEqual([
      {
        name: "dnat",
        priority: 100,
        action: "Dnat",
        rules: [
          {
            ruleType: "NatRule",
            name: "in",
            sourceAddresses: [any],
            sourceIpGroupIds: [],
            ipProtocols: ["TCP"],
            destinationAddresses: [block("203.0.113.20/32")],
            destinationPorts: [{ from: 443, to: 443 }],
            translatedFqdn: "web.example.com",
            translatedPort: 8443,
          },
        ],
      },
      {
        name: "net",
        priority: 200,
        action: "Allow",
        rules: [
          {
            ruleType: "NetworkRule",
            name: "turn",
            sourceAddresses: [block("10.20.1.0/24"), { kind: "range", from: 0x0a140204, to: 0x0a140209 }],
            sourceIpGroupIds: [],
            ipProtocols: ["UDP", "Any"],
            destinationAddresses: [{ kind: "serviceTag", name: "WindowsVirtualDesktop" }],
            destinationIpGroupIds: [id("ipGroups/ipg-spokes")],
            destinationFqdns: [],
            destinationPorts: [{ from: 3478, to: 3478 }],
          },
        ],
      },
      {
        name: "app",
        priority: 300,
        action: "Deny",
        rules: [
          {
            ruleType: "ApplicationRule",
            name: "web",
            sourceAddresses: [any],
            sourceIpGroupIds: [],
            protocols: [
              { protocolType: "Http", port: 80 },
              { protocolType: "Https", port: 8443 },
            ],
            destinationAddresses: [],
            targetFqdns: ["*.example.com"],
            targetUrls: ["www.example.com/a"],
            fqdnTags: [],
            webCategories: ["Gambling"],
            terminateTls: true,
          },
        ],
      },
    ]);
    expect(estate.ipGroups[0]?.ipAddresses).toEqual([
      block("10.20.0.0/16"),
      block("10.30.0.4/32"),
      { kind: "range", from: 0x0a1e000a, to: 0x0a1e000c },
    ]);
  });
});
