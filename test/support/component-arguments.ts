import type { CloudPcSpokeArgs } from "../../components/cloud-pc-spoke.ts";
import type { CloudPcTraffic } from "../../components/cloud-pc-traffic.ts";
import type { HubFirewallArgs } from "../../components/hub-firewall.ts";
import { prefix } from "../../model/prefix.ts";

/** What every component is given. */
export const common = { resourceGroupName: "rg-test", location: "westeurope", tags: { environment: "test" } } as const;

/** Entra-joined Cloud PCs in two subnets. */
export const entraTraffic: CloudPcTraffic = {
  selection: { cloud: "public", joinType: "azureADJoin", intuneLocation: "eu", features: [] },
  sources: [prefix("10.60.0.0/24"), prefix("10.60.1.0/24")],
  domainControllers: [],
};

/** Hybrid-joined Cloud PCs in another subnet. */
export const hybridTraffic: CloudPcTraffic = {
  selection: { cloud: "public", joinType: "hybridAzureADJoin", intuneLocation: "eu", features: [] },
  sources: [prefix("10.60.2.0/24")],
  domainControllers: ["192.168.10.4", "192.168.10.5"],
};

export const spokeArgs: CloudPcSpokeArgs = {
  ...common,
  virtualNetwork: {
    mode: "create",
    name: "vnet-test",
    addressSpace: [prefix("10.60.0.0/20")],
    dnsServers: ["10.50.0.4"],
  },
  networkSecurityGroup: { name: "nsg-test", securityRules: [] },
  routeTable: { name: "rt-test", routes: [], disableBgpRoutePropagation: true },
  natGatewayId: "/mock/ng",
  subnets: [
    { key: "staff", name: "snet-staff", addressPrefix: prefix("10.60.0.0/24") },
    { key: "developers", name: "snet-developers", addressPrefix: prefix("10.60.1.0/24") },
  ],
  protect: false,
};

export const firewallArgs: HubFirewallArgs = {
  ...common,
  azureFirewallName: "afw-test",
  sku: "Standard",
  publicIpAddressNames: ["pip-1", "pip-2"],
  subnetId: "/mock/AzureFirewallSubnet",
  privateIpAddress: "10.50.0.4",
  policy: {
    mode: "create",
    name: "afwp-test",
    threatIntelMode: "Deny",
    dnsProxy: true,
    dnsServers: [],
    traffic: [entraTraffic],
    acceptedLosses: [],
  },
};

/** Everything that a connection with Entra join takes, but its guard. */
export const connectionArgs = {
  connectionType: "azureADJoin",
  resourceGroupId: "/mock/rg-nic",
  subnetId: "/mock/snet",
  waitForHealth: true,
  timeoutMinutes: 45,
  coveredBy: {},
  after: [],
} as const;
