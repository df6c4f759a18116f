import { describe, expect, test } from "vitest";
import type { RuleAddress } from "../../model/estate/resource.ts";
import { formatAddress, prefix } from "../../model/prefix.ts";
import { fixture, readGood } from "./read.ts";

const reading = readGood(fixture("every-type.json"));
const { estate } = reading;
const subscription = "/subscriptions/00000000-0000-0000-0000-000000000001";
const group = `${subscription}/resourceGroups/rg-net`;
const id = (path: string) => `${group}/providers/Microsoft.Network/${path}`;
const place = expect.objectContaining({ file: "every-type.json" });
const any: RuleAddress = { kind: "any" };
const tag = (name: string): RuleAddress => ({ kind: "serviceTag", name });
const block = (text: string): RuleAddress => ({ kind: "prefix", prefix: prefix(text) });
const port = (from: number, to = from) => ({ from, to });

/** A resource with its envelope, of which the values are given. */
const child = (path: string) => ({ id: id(path), name: path.slice(path.lastIndexOf("/") + 1), place });
const resource = (path: string, location = "westeurope") => ({ ...child(path), location });

describe("a file with a resource of every type", () => {
  test("is read completely, with nothing to complain of", () => {
    expect(estate.problems).toEqual([]);
    expect(estate.notRead).toEqual([]);
    expect(reading.assumptions).toEqual([]);
    const empty = Object.entries(estate).filter(
      ([name, list]) =>
        list.length === 0 &&
        !["problems", "notRead", "clearSecrets", "conditionalAccessPolicies", "provisioningPolicies"].includes(name),
    );
    expect(empty).toEqual([]);
  });

  test("lists the fields that nobody reads", () => {
    expect(reading.fieldsNotRead()).toContainEqual({
      id: id("natGateways/ng-weu"),
      path: "value[5].properties.idleTimeoutInMinutes",
      place: { file: "every-type.json", line: 234, path: "value[5].properties.idleTimeoutInMinutes" },
    });
  });

  test("virtual network", () => {
    expect(estate.virtualNetworks).toEqual([
      {
        ...resource("virtualNetworks/vnet-spoke"),
        addressSpace: [prefix("10.20.0.0/16")],
        dnsServers: [0x0a0a0104],
        encryptionEnabled: false,
        subnets: [
          {
            ...child("virtualNetworks/vnet-spoke/subnets/snet-cloudpc"),
            addressPrefixes: [prefix("10.20.1.0/24")],
            networkSecurityGroupId: id("networkSecurityGroups/nsg-cloudpc"),
            routeTableId: id("routeTables/rt-cloudpc"),
            natGatewayId: id("natGateways/ng-weu"),
            defaultOutboundAccess: false,
            delegations: [],
            serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope", "northeurope"] }],
            serviceEndpointPolicyIds: [id("serviceEndpointPolicies/sep-storage")],
            privateEndpointNetworkPolicies: "RouteTableEnabled",
            ipConfigurationIds: [id("networkInterfaces/nic-nva/ipConfigurations/ipconfig1")],
          },
          {
            ...child("virtualNetworks/vnet-spoke/subnets/snet-web"),
            addressPrefixes: [prefix("10.20.2.0/24")],
            delegations: ["Microsoft.Web/serverFarms"],
            serviceEndpoints: [],
            serviceEndpointPolicyIds: [],
            ipConfigurationIds: [],
          },
        ],
        virtualNetworkPeerings: [
          {
            ...child("virtualNetworks/vnet-spoke/virtualNetworkPeerings/to-hub"),
            remoteVirtualNetworkId: id("virtualNetworks/vnet-hub"),
            remoteAddressSpace: [prefix("10.10.0.0/16")],
            peeringState: "Connected",
            peeringSyncLevel: "FullyInSync",
            allowVirtualNetworkAccess: true,
            allowForwardedTraffic: true,
            allowGatewayTransit: false,
            useRemoteGateways: true,
            peerCompleteVnets: true,
            localSubnetNames: [],
            remoteSubnetNames: [],
          },
        ],
      },
    ]);
    expect(estate.serviceEndpointPolicies[0]?.definitions).toEqual([
      { name: "one", service: "Microsoft.Storage", serviceResources: [subscription] },
    ]);
  });

  test("security groups: singular and plural fields become the plural one", () => {
    expect(estate.networkSecurityGroups).toEqual([
      {
        ...resource("networkSecurityGroups/nsg-cloudpc"),
        securityRules: [
          {
            name: "AllowAvd",
            priority: 100,
            direction: "Outbound",
            access: "Allow",
            protocol: "Tcp",
            sourceAddressPrefixes: [block("10.20.1.0/24")],
            sourceApplicationSecurityGroupIds: [],
            sourcePortRanges: [port(0, 65_535)],
            destinationAddressPrefixes: [tag("WindowsVirtualDesktop")],
            destinationApplicationSecurityGroupIds: [],
            destinationPortRanges: [port(443)],
          },
          {
            name: "DenySome",
            priority: 200,
            direction: "Outbound",
            access: "Deny",
            protocol: "*",
            sourceAddressPrefixes: [any],
            sourceApplicationSecurityGroupIds: [],
            sourcePortRanges: [port(0, 65_535)],
            destinationAddressPrefixes: [
              block("192.0.2.0/24"),
              block("198.51.100.7/32"),
              { kind: "ipv6", text: "2001:db8::/32" },
            ],
            destinationApplicationSecurityGroupIds: [],
            destinationPortRanges: [port(80), port(8000, 8080)],
            description: "documentation ranges",
          },
          {
            name: "AllowWeb",
            priority: 300,
            direction: "Inbound",
            access: "Allow",
            protocol: "Udp",
            sourceAddressPrefixes: [],
            sourceApplicationSecurityGroupIds: [id("applicationSecurityGroups/asg-admins")],
            sourcePortRanges: [port(0, 65_535)],
            destinationAddressPrefixes: [],
            destinationApplicationSecurityGroupIds: [id("applicationSecurityGroups/asg-web")],
            destinationPortRanges: [port(53)],
          },
        ],
      },
    ]);
    expect(estate.applicationSecurityGroups).toEqual([resource("applicationSecurityGroups/asg-admins")]);
  });

  test("Virtual Network Manager", () => {
    expect(estate.networkManagers).toEqual([
      {
        ...resource("networkManagers/avnm"),
        scopes: [subscription],
        networkGroups: [
          { ...child("networkManagers/avnm/networkGroups/spokes"), members: [id("virtualNetworks/vnet-spoke")] },
        ],
        securityAdminConfigurations: [
          {
            ...child("networkManagers/avnm/securityAdminConfigurations/admin"),
            applyOnNetworkIntentPolicyBasedServices: ["None"],
            ruleCollections: [
              {
                name: "block",
                appliesToGroupIds: [id("networkManagers/avnm/networkGroups/spokes")],
                rules: [
                  {
                    name: "NoSmb",
                    priority: 10,
                    direction: "Outbound",
                    access: "Deny",
                    protocol: "*",
                    sources: [any],
                    sourcePortRanges: [port(0, 65_535)],
                    destinations: [tag("Internet")],
                    destinationPortRanges: [port(445)],
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test("routes and egress", () => {
    expect(estate.routeTables).toEqual([
      {
        ...resource("routeTables/rt-cloudpc"),
        disableBgpRoutePropagation: true,
        routes: [
          {
            name: "default",
            addressPrefix: block("0.0.0.0/0"),
            nextHopType: "VirtualAppliance",
            nextHopIpAddress: 0x0a0a0104,
          },
          { name: "rdp", addressPrefix: tag("WindowsVirtualDesktop"), nextHopType: "Internet" },
        ],
      },
    ]);
    expect(estate.natGateways).toEqual([
      {
        ...resource("natGateways/ng-weu"),
        skuName: "Standard",
        publicIpAddressIds: [id("publicIPAddresses/pip-ng")],
        publicIpPrefixIds: [id("publicIPPrefixes/ippre-ng")],
      },
    ]);
    expect(estate.publicIPAddresses[0]).toMatchObject({
      skuName: "Standard",
      publicIPAllocationMethod: "Static",
      ipConfigurationId: id("natGateways/ng-weu"),
    });
    expect(formatAddress(Number(estate.publicIPAddresses[0]?.ipAddress))).toBe("203.0.113.10");
    expect(estate.publicIPPrefixes[0]?.ipPrefix).toEqual(prefix("203.0.113.16/28"));
  });

  test("load balancer", () => {
    expect(estate.loadBalancers).toEqual([
      {
        ...resource("loadBalancers/lb-out"),
        skuName: "Standard",
        frontendIpConfigurations: [
          {
            ...child("loadBalancers/lb-out/frontendIPConfigurations/public"),
            publicIpAddressId: id("publicIPAddresses/pip-lb"),
          },
          {
            ...child("loadBalancers/lb-out/frontendIPConfigurations/private"),
            subnetId: id("virtualNetworks/vnet-spoke/subnets/snet-web"),
            privateIpAddress: 0x0a14020a,
          },
        ],
        backendAddressPools: [
          {
            ...child("loadBalancers/lb-out/backendAddressPools/cloudpcs"),
            virtualNetworkId: id("virtualNetworks/vnet-spoke"),
            addresses: [0x0a140114],
            ipConfigurationIds: [id("networkInterfaces/nic-nva/ipConfigurations/ipconfig1")],
          },
        ],
        loadBalancingRules: [
          {
            name: "ha",
            frontendIpConfigurationId: id("loadBalancers/lb-out/frontendIPConfigurations/private"),
            backendAddressPoolIds: [id("loadBalancers/lb-out/backendAddressPools/cloudpcs")],
            protocol: "All",
            frontendPorts: port(0, 65_535),
            backendPort: 0,
            disableOutboundSnat: true,
            enableFloatingIP: false,
          },
        ],
        inboundNatRules: [
          {
            id: id("loadBalancers/lb-out/inboundNatRules/rdp"),
            name: "rdp",
            frontendIpConfigurationId: id("loadBalancers/lb-out/frontendIPConfigurations/public"),
            backendAddressPoolIds: [],
            backendIpConfigurationId: id("networkInterfaces/nic-nva/ipConfigurations/ipconfig1"),
            protocol: "Tcp",
            frontendPorts: port(50_001),
            backendPort: 3389,
          },
        ],
        outboundRules: [
          {
            name: "out",
            protocol: "All",
            backendAddressPoolId: id("loadBalancers/lb-out/backendAddressPools/cloudpcs"),
            frontendIpConfigurationIds: [id("loadBalancers/lb-out/frontendIPConfigurations/public")],
          },
        ],
      },
    ]);
  });

  test("network interface, without its configuration of IPv6, machine and bastion", () => {
    expect(estate.networkInterfaces).toEqual([
      {
        ...resource("networkInterfaces/nic-nva"),
        enableIPForwarding: true,
        networkSecurityGroupId: id("networkSecurityGroups/nsg-nva"),
        dnsServers: [0x0a0a0105],
        virtualMachineId: `${group}/providers/Microsoft.Compute/virtualMachines/vm-nva`,
        ipConfigurations: [
          {
            ...child("networkInterfaces/nic-nva/ipConfigurations/ipconfig1"),
            primary: true,
            privateIpAddress: 0x0a14011e,
            subnetId: id("virtualNetworks/vnet-spoke/subnets/snet-cloudpc"),
            publicIpAddressId: id("publicIPAddresses/pip-nva"),
            applicationSecurityGroupIds: [id("applicationSecurityGroups/asg-web")],
            loadBalancerBackendAddressPoolIds: [id("loadBalancers/lb-out/backendAddressPools/cloudpcs")],
            loadBalancerInboundNatRuleIds: [id("loadBalancers/lb-out/inboundNatRules/rdp")],
          },
        ],
      },
    ]);
    expect(estate.virtualMachines[0]?.networkInterfaceIds).toEqual([id("networkInterfaces/nic-nva")]);
    expect(estate.bastionHosts[0]).toMatchObject({
      subnetId: id("virtualNetworks/vnet-hub/subnets/AzureBastionSubnet"),
      publicIpAddressId: id("publicIPAddresses/pip-bas"),
      skuName: "Standard",
    });
  });

  test("gateways and connections", () => {
    expect(estate.virtualNetworkGateways).toEqual([
      {
        ...resource("virtualNetworkGateways/vgw-hub"),
        gatewayType: "Vpn",
        vpnType: "RouteBased",
        skuName: "VpnGw1AZ",
        activeActive: false,
        enableBgp: true,
        bgpSettings: { asn: 65_515, bgpPeeringAddress: 0x0a0a001e },
        subnetIds: [id("virtualNetworks/vnet-hub/subnets/GatewaySubnet")],
        publicIpAddressIds: [id("publicIPAddresses/pip-vgw")],
        gatewayDefaultSiteId: id("localNetworkGateways/lgw-hq"),
        vpnClientAddressPool: [prefix("172.16.0.0/24")],
        customRoutes: [prefix("192.0.2.0/24")],
      },
    ]);
    expect(estate.localNetworkGateways).toEqual([
      {
        ...resource("localNetworkGateways/lgw-hq"),
        addressPrefixes: [prefix("192.168.0.0/16")],
        gatewayIpAddress: 0xc6336401,
        bgpSettings: { asn: 65_010, bgpPeeringAddress: 0xc0a80001 },
      },
    ]);
    expect(estate.connections).toEqual([
      {
        ...resource("connections/con-hq"),
        connectionType: "IPsec",
        virtualNetworkGateway1Id: id("virtualNetworkGateways/vgw-hub"),
        localNetworkGateway2Id: id("localNetworkGateways/lgw-hq"),
        enableBgp: false,
        connectionStatus: "Connected",
      },
      {
        ...resource("connections/con-er"),
        connectionType: "ExpressRoute",
        virtualNetworkGateway1Id: id("virtualNetworkGateways/ergw-hub"),
        expressRouteCircuitId: id("expressRouteCircuits/erc-hq"),
      },
    ]);
    expect(estate.expressRouteCircuits[0]).toMatchObject({
      skuTier: "Standard",
      circuitProvisioningState: "Enabled",
      serviceProviderProvisioningState: "Provisioned",
    });
  });

  test("virtual WAN and route server, which share a type", () => {
    expect(estate.virtualWans[0]?.wanType).toBe("Standard");
    expect(estate.routeServers).toEqual([
      {
        ...resource("virtualHubs/rs-hub"),
        subnetId: id("virtualNetworks/vnet-hub/subnets/RouteServerSubnet"),
        allowBranchToBranchTraffic: true,
        bgpConnections: [{ name: "nva", peerIp: 0x0a14011e, peerAsn: 65_020 }],
      },
    ]);
    expect(estate.virtualHubs).toEqual([
      {
        ...resource("virtualHubs/vhub-weu"),
        addressPrefix: prefix("10.100.0.0/23"),
        virtualWanId: id("virtualWans/vwan"),
        azureFirewallId: id("azureFirewalls/afw-vhub"),
        connections: [
          {
            ...child("virtualHubs/vhub-weu/hubVirtualNetworkConnections/to-spoke"),
            remoteVirtualNetworkId: id("virtualNetworks/vnet-spoke"),
            enableInternetSecurity: true,
            associatedRouteTableId: id("virtualHubs/vhub-weu/hubRouteTables/defaultRouteTable"),
            propagatedRouteTableIds: [id("virtualHubs/vhub-weu/hubRouteTables/noneRouteTable")],
            propagatedLabels: ["none"],
            staticRoutes: [{ name: "nva", addressPrefixes: [prefix("10.50.0.0/16")], nextHopIpAddress: 0x0a14011e }],
          },
        ],
        routeTables: [
          {
            ...child("virtualHubs/vhub-weu/hubRouteTables/defaultRouteTable"),
            labels: ["default"],
            routes: [
              {
                name: "all",
                destinationType: "CIDR",
                destinations: ["0.0.0.0/0"],
                nextHopId: id("azureFirewalls/afw-vhub"),
              },
            ],
          },
        ],
        routingPolicies: [{ name: "Internet", destinations: ["Internet"], nextHopId: id("azureFirewalls/afw-vhub") }],
        gatewayIds: [id("vpnGateways/vpngw-weu")],
      },
    ]);
  });
});
