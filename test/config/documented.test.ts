import { describe, expect, test } from "vitest";
import { azureLimit } from "../../catalogue/azure-limits.ts";
import { documentedRules } from "../../catalogue/documented-rules.ts";
import { nameProblem, type ResourceKind } from "../../config/naming.ts";
import { reservedSubnetLengths } from "../../config/plan.ts";
import { valueAt } from "../../config/schema-issues.ts";
import { stackFileSchema } from "../../config/stack-file-schema.ts";
import { addressesPerCloudPc, provisioningRetryCount, reservedAddressCount } from "../../model/subnet-size.ts";
import { environment, hub, hubEnvironment, problemsOf, region, site } from "./input.ts";

const documented = (topic: "subnet-requirements" | "hybrid-connectivity", id: string): unknown => {
  const rule = documentedRules(topic).find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`rule "${id}" is not in the catalogue`);
  return rule.value;
};
const fields = ["definitions", "environment", "properties"];
const vpnFields = [...fields, "hubs", "items", "properties", "vpn", "properties"];

describe("figures of the configuration agree with the catalogue", () => {
  test("subnet sizes", () => {
    expect(reservedAddressCount).toBe(documented("subnet-requirements", "azure-reserved-ips"));
    expect(provisioningRetryCount).toBe(documented("subnet-requirements", "retry-ips"));
    expect(1 / addressesPerCloudPc).toBe(documented("subnet-requirements", "headroom-50"));
    expect(documented("subnet-requirements", "headroom-1-5-2x")).toContain(addressesPerCloudPc);
  });

  test("reserved subnets", () => {
    expect(`/${reservedSubnetLengths.AzureFirewallSubnet}`).toBe(azureLimit("azurefirewallsubnet-size").value);
    expect(`/${reservedSubnetLengths.AzureFirewallManagementSubnet}`).toBe(
      azureLimit("azurefirewallmanagementsubnet-size").value,
    );
    expect(documented("hybrid-connectivity", "hybrid-gwsubnet-size-vpn")).toMatchObject({
      recommended: reservedSubnetLengths.GatewaySubnet,
    });
  });

  test("every range that no network may use is refused", () => {
    const ranges = documented("subnet-requirements", "forbidden-ranges");
    expect(Array.isArray(ranges) && ranges.length).toBe(5);
    for (const range of Array.isArray(ranges) ? ranges : []) {
      const network = { mode: "create", addressSpace: ["10.60.0.0/22", range] };
      expect(problemsOf(environment({ regions: [{ ...region, network }] }))).toContainEqual(
        expect.stringContaining(`overlaps "${range}"`),
      );
    }
  });

  test("every ASN that Azure keeps is refused on-premises", () => {
    const asns = documented("hybrid-connectivity", "hybrid-bgp-asn-azure");
    expect(Array.isArray(asns) && asns.length).toBe(8);
    for (const asn of Array.isArray(asns) ? asns : []) {
      const sites = [{ ...site, bgp: { asn, bgpPeeringAddress: "192.168.10.1" } }];
      expect(problemsOf(hubEnvironment({ hubs: [{ ...hub, vpn: { sites } }] }))).toHaveLength(1);
    }
  });

  test("sizes of VPN gateways, less Basic, which can neither share a gateway nor speak BGP", () => {
    const skus = documented("hybrid-connectivity", "hybrid-vpn-skus-allowed");
    const ours = valueAt(stackFileSchema(), [...vpnFields, "sku", "enum"]);
    expect(["Basic", ...(Array.isArray(ours) ? ours : [])]).toEqual(skus);
  });

  test.each(["ikeEncryption", "ikeIntegrity", "dhGroup", "ipsecEncryption", "ipsecIntegrity", "pfsGroup"])(
    "values of %s",
    (name) => {
      const ours = valueAt(stackFileSchema(), [
        ...vpnFields,
        "sites",
        "items",
        "properties",
        "ipsecPolicy",
        "properties",
        name,
        "enum",
      ]);
      expect(ours).toEqual(valueAt(documented("hybrid-connectivity", "hybrid-ipsec-values"), [name]));
    },
  );

  test("numbers of public addresses and DNS servers", () => {
    const hubFields = [...fields, "hubs", "items", "properties", "firewall", "properties"];
    expect(valueAt(stackFileSchema(), [...hubFields, "publicIpCount", "maximum"])).toBe(
      azureLimit("azure-firewall-public-ips").value,
    );
    expect(valueAt(stackFileSchema(), [...fields, "regions", "items", "properties", "dnsServers", "maxItems"])).toBe(
      azureLimit("virtual-network-dns-servers").value,
    );
  });

  test.each<{ kind: ResourceKind; limit: string }>([
    { kind: "virtualNetwork", limit: "virtual-network-name" },
    { kind: "subnet", limit: "subnet-name" },
    { kind: "networkSecurityGroup", limit: "network-security-group-name" },
    { kind: "routeTable", limit: "route-table-name" },
    { kind: "azureFirewall", limit: "azure-firewall-name" },
    { kind: "firewallPolicy", limit: "firewall-policy-name" },
    { kind: "publicIPAddress", limit: "public-ip-address-name" },
    { kind: "virtualNetworkGateway", limit: "virtual-network-gateway-name" },
    { kind: "virtualNetworkPeering", limit: "peering-name" },
  ])("names of a $kind", ({ kind, limit }) => {
    const { value } = azureLimit(limit);
    const [min, max] = [Number(valueAt(value, ["min"])), Number(valueAt(value, ["max"]))];
    expect(nameProblem(kind, "a".repeat(min))).toBeUndefined();
    expect(nameProblem(kind, "a".repeat(max))).toBeUndefined();
    expect(nameProblem(kind, "a".repeat(min - 1))).toBeDefined();
    expect(nameProblem(kind, "a".repeat(max + 1))).toBeDefined();
  });
});
