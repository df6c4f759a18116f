import { describe, expect, test } from "vitest";
import { parseEnvironment } from "../../config/parse-environment.ts";
import {
  environment,
  hub,
  hubEnvironment,
  hybridEnvironment,
  hybridProfile,
  pool,
  problemsOf,
  region,
  site,
} from "./input.ts";

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000001";
const virtualNetworkId = `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-corp`;
const subnetId = `${virtualNetworkId}/subnets/snet-cloudpc`;
const useSubnet = { mode: "use", subnetId, addressPrefix: "10.60.0.0/26" };
const existingHub = {
  name: "weu",
  location: "westeurope",
  network: { mode: "use", virtualNetworkId, addressSpace: ["10.50.0.0/24"] },
};

const withRegion = (changes: object) => environment({ regions: [{ ...region, ...changes }] });
const withPool = (changes: object) => withRegion({ pools: [{ ...pool, ...changes }] });
const behindFirewall = (changes: object) =>
  hubEnvironment({ regions: [{ ...region, egress: { via: "firewall" }, ...changes }] });
const withHub = (changes: object) => hubEnvironment({ hubs: [{ ...hub, ...changes }] });
const withVpn = (changes: object) => hubEnvironment({ hubs: [{ ...hub, vpn: { sites: [site], ...changes } }] });
const withSite = (changes: object) => withVpn({ sites: [{ ...site, ...changes }] });

describe("names and identities", () => {
  test.each([
    {
      case: "two regions of one name",
      input: environment({
        regions: [region, { ...region, network: { mode: "create", addressSpace: ["10.61.0.0/22"] } }],
      }),
      problems: ['two regions are named "weu"; names must be unique @ regions[1].name'],
    },
    {
      case: "two pools of one name",
      input: withRegion({ pools: [pool, pool] }),
      problems: ['two pools are named "staff"; names must be unique @ regions[0].pools[1].name'],
    },
    {
      case: "two hubs of one name",
      input: hubEnvironment({
        hubs: [hub, { ...hub, network: { mode: "create", addressSpace: ["10.51.0.0/24"] } }],
        regions: [{ ...region, hub: "weu" }],
      }),
      problems: ['two hubs are named "weu"; names must be unique @ hubs[1].name'],
    },
    {
      case: "two sites of one name",
      input: withVpn({ sites: [site, site] }),
      problems: ['two sites are named "berlin"; names must be unique @ hubs[0].vpn.sites[1].name'],
    },
    {
      case: "a rename from its own name",
      input: withRegion({ renamedFrom: "weu" }),
      problems: ['region "weu" is renamed from its own name; remove renamedFrom @ regions[0].renamedFrom'],
    },
    {
      case: "a rename from a name that another has now, also in a chain",
      input: withRegion({
        pools: [
          { ...pool, name: "b", renamedFrom: "a" },
          { ...pool, name: "c", renamedFrom: "b" },
        ],
      }),
      problems: [
        'pool "c" is renamed from "b", which another pool is named now; renamedFrom is the name that the live resources were first deployed under @ regions[0].pools[1].renamedFrom',
      ],
    },
    {
      case: "two renames from one name",
      input: withRegion({
        pools: [
          { ...pool, name: "b", renamedFrom: "a" },
          { ...pool, name: "c", renamedFrom: "a" },
        ],
      }),
      problems: [
        'two pools are renamed from "a"; only one can keep its live resources @ regions[0].pools[1].renamedFrom',
      ],
    },
    {
      case: "a hub with the reserved name",
      input: hubEnvironment({ hubs: [{ ...hub, name: "none" }], regions: [region] }),
      problems: ['hub name "none" is reserved: it says that a region has no hub @ hubs[0].name'],
    },
    {
      case: "a pattern without the name",
      input: environment({ naming: { pattern: "{abbreviation}-{workload}" } }),
      problems: [
        'pattern "{abbreviation}-{workload}" must have the token "{name}", else names collide @ naming.pattern',
      ],
    },
    {
      case: "an override of nothing",
      input: environment({ naming: { overrides: { "virtualNetwork/wue": "vnet-corp" } } }),
      problems: [
        'override "virtualNetwork/wue" names no resource of this environment; did you mean "virtualNetwork/weu"? @ naming.overrides["virtualNetwork/wue"]',
      ],
    },
    {
      case: "an override that Azure refuses",
      input: environment({ naming: { overrides: { "virtualNetwork/weu": "vnet corp" } } }),
      problems: [
        'virtualNetwork name "vnet corp" is not valid; Azure accepts letters, digits, "_", "." and "-", starting with a letter or digit and ending with one or "_" @ naming.overrides["virtualNetwork/weu"]',
      ],
    },
    {
      case: "two overrides to one name, which Azure compares without case",
      input: environment({
        naming: { overrides: { "resourceGroup/weu": "rg-corp", "resourceGroup/weu/nic": "RG-corp" } },
      }),
      problems: [
        '"resourceGroup/weu" and "resourceGroup/weu/nic" would both be named "RG-corp"; override one of them @ naming.overrides["resourceGroup/weu/nic"]',
      ],
    },
    {
      case: "a name that the pattern makes too long",
      input: withRegion({ name: `r${"x".repeat(54)}` }),
      problems: [
        `virtualNetwork name "vnet-w365-r${"x".repeat(54)}" has length 65; Azure accepts 2 to 64 characters @ naming.pattern`,
      ],
    },
  ])("$case", ({ input, problems }) => {
    expect(problemsOf(input)).toEqual(problems);
  });
});

describe("locations", () => {
  test.each([
    {
      case: "a misspelt region",
      input: withRegion({ location: "westeuorpe" }),
      problems: [
        'location "westeuorpe" of region "weu" is not a region of Windows 365; did you mean "westeurope"? @ regions[0].location',
      ],
    },
    {
      case: "a display name",
      input: withRegion({ location: "West Europe" }),
      problems: [
        'location "West Europe" of region "weu" is not a region of Windows 365; did you mean "westeurope"? @ regions[0].location',
      ],
    },
    {
      case: "a region in which Windows 365 does nothing",
      input: withRegion({ location: "antarctica" }),
      problems: ['location "antarctica" of region "weu" is not a region of Windows 365 @ regions[0].location'],
    },
    {
      case: "another case",
      input: withRegion({ location: "WestEurope" }),
      problems: ['location "WestEurope" of region "weu" must be spelt "westeurope" @ regions[0].location'],
    },
    {
      case: "a region for disaster recovery only",
      input: withRegion({ location: "canadaeast" }),
      problems: [
        'location "canadaeast" of region "weu" serves only the disaster recovery of Windows 365; no Cloud PC is provisioned there @ regions[0].location',
      ],
    },
    {
      case: "a region of another cloud",
      input: withRegion({ location: "usgovvirginia" }),
      problems: [
        'location "usgovvirginia" of region "weu" is in the cloud "usGov", but the environment is in "public" @ regions[0].location',
      ],
    },
    {
      case: "a hub of another cloud",
      input: withHub({ location: "usgovvirginia" }),
      problems: [
        'location "usgovvirginia" of hub "weu" is in the cloud "usGov", but the environment is in "public" @ hubs[0].location',
      ],
    },
    {
      case: "a feature that another cloud lacks",
      input: environment({
        cloud: "usGov",
        features: ["autopilot"],
        regions: [{ ...region, location: "usgovvirginia" }],
      }),
      problems: ['feature "autopilot" has no documented endpoints in the cloud "usGov" @ features[0]'],
    },
  ])("$case", ({ input, problems }) => {
    expect(problemsOf(input)).toEqual(problems);
  });
});

describe("addresses", () => {
  test.each([
    {
      case: "two regions that overlap",
      input: environment({
        regions: [
          region,
          {
            ...region,
            name: "neu",
            location: "northeurope",
            network: { mode: "create", addressSpace: ["10.60.2.0/24"] },
          },
        ],
      }),
      problems: [
        'prefix "10.60.2.0/24" of region "neu" overlaps prefix "10.60.0.0/22" of region "weu"; networks that are connected need ranges of their own @ regions[1].network.addressSpace[0]',
      ],
    },
    {
      case: "a region that overlaps a hub that exists",
      input: hubEnvironment({
        hubs: [
          {
            ...existingHub,
            network: { ...existingHub.network, addressSpace: ["10.60.3.0/24"], firewallPrivateIpAddress: "10.60.3.4" },
          },
        ],
      }),
      problems: [
        'prefix "10.60.0.0/22" of region "weu" overlaps prefix "10.60.3.0/24" of hub "weu"; networks that are connected need ranges of their own @ regions[0].network.addressSpace[0]',
      ],
    },
    {
      case: "an address space that overlaps itself",
      input: withRegion({ network: { mode: "create", addressSpace: ["10.60.0.0/22", "10.60.0.0/24"] } }),
      problems: [
        'prefix "10.60.0.0/24" of region "weu" overlaps prefix "10.60.0.0/22" of region "weu"; networks that are connected need ranges of their own @ regions[0].network.addressSpace[1]',
      ],
    },
    {
      case: "a range on-premises that is in Azure too",
      input: withSite({ addressPrefixes: ["10.60.1.0/24"] }),
      problems: [
        'prefix "10.60.1.0/24" of site "berlin" overlaps prefix "10.60.0.0/22" of region "weu"; addresses of Azure cannot be on-premises too @ hubs[0].vpn.sites[0].addressPrefixes[0]',
      ],
    },
    {
      case: "the very range of a hub on-premises",
      input: hybridEnvironment({ onPremises: { addressPrefixes: ["10.50.0.0/24"] } }),
      problems: [
        'prefix "10.50.0.0/24" of on-premises overlaps prefix "10.50.0.0/24" of hub "weu"; addresses of Azure cannot be on-premises too @ onPremises.addressPrefixes[0]',
      ],
    },
    {
      case: "a range that no virtual network can have",
      input: withRegion({ network: { mode: "create", addressSpace: ["169.254.0.0/20"] } }),
      problems: [
        'prefix "169.254.0.0/20" of region "weu" overlaps "169.254.0.0/16" (link-local), which no virtual network can have @ regions[0].network.addressSpace[0]',
      ],
    },
    {
      case: "a range that holds the platform's address",
      input: withRegion({ network: { mode: "create", addressSpace: ["168.63.128.0/20"] } }),
      problems: [
        'prefix "168.63.128.0/20" of region "weu" overlaps "168.63.129.16/32" (the Azure platform), which no virtual network can have @ regions[0].network.addressSpace[0]',
      ],
    },
    {
      case: "an address space that is too small for Azure",
      input: withRegion({ network: { mode: "create", addressSpace: ["10.60.0.0/22", "10.70.0.0/30"] } }),
      problems: [
        'prefix "10.70.0.0/30" of region "weu" has length 30; a virtual network has /2 to /29 @ regions[0].network.addressSpace[1]',
      ],
    },
  ])("$case", ({ input, problems }) => {
    expect(problemsOf(input)).toEqual(problems);
  });
});

describe("subnets", () => {
  test.each([
    {
      case: "a subnet that is too small",
      input: withPool({ cloudPcCount: 100, subnet: { mode: "create", addressPrefix: "10.60.0.0/25" } }),
      problems: [
        'subnet "10.60.0.0/25" of pool "staff" is too small; it needs a /24: 245 addresses = 5 that Azure keeps + 2 × 120 (100 Cloud PCs and growth of 20%) @ regions[0].pools[0].subnet.addressPrefix',
      ],
    },
    {
      case: "a subnet that is too small for the retries of one Cloud PC",
      input: withPool({ cloudPcCount: 1, growth: 0, subnet: { mode: "create", addressPrefix: "10.60.0.0/29" } }),
      problems: [
        'subnet "10.60.0.0/29" of pool "staff" is too small; it needs a /28: 9 addresses = 5 that Azure keeps + 1 + 3 for provisioning retries (1 Cloud PCs and growth of 0%) @ regions[0].pools[0].subnet.addressPrefix',
      ],
    },
    {
      case: "more Cloud PCs than the address space holds",
      input: withPool({ cloudPcCount: 600 }),
      problems: [
        'region "weu" has no room for the subnet of pool "staff" in "10.60.0.0/22"; it needs a /21: 1445 addresses = 5 that Azure keeps + 2 × 720 (600 Cloud PCs and growth of 20%) @ regions[0].network.addressSpace',
      ],
    },
    {
      case: "a subnet outside its network",
      input: withPool({ subnet: { mode: "create", addressPrefix: "10.61.0.0/26" } }),
      problems: [
        'subnet "10.61.0.0/26" of pool "staff" is not in the address space of its network: "10.60.0.0/22" @ regions[0].pools[0].subnet.addressPrefix',
      ],
    },
    {
      case: "two subnets that overlap",
      input: withRegion({
        pools: [
          { ...pool, name: "a", subnet: { mode: "create", addressPrefix: "10.60.0.0/25" } },
          { ...pool, name: "b", subnet: { mode: "create", addressPrefix: "10.60.0.64/26" } },
        ],
      }),
      problems: [
        'subnet "10.60.0.64/26" of pool "b" overlaps "10.60.0.0/25" of pool "a" @ regions[0].pools[1].subnet.addressPrefix',
      ],
    },
    {
      case: "an existing subnet in a network that is made here",
      input: withPool({ subnet: useSubnet }),
      problems: [
        'pool "staff" uses an existing subnet, but the network of region "weu" is made here; set its mode to "extend" or "use" @ regions[0].pools[0].subnet.mode',
      ],
    },
    {
      case: "no subnet in a network that is used as it is",
      input: withRegion({ network: { mode: "use", virtualNetworkId, addressSpace: ["10.60.0.0/22"] } }),
      problems: [
        'pool "staff" has no subnet: the network of region "weu" is used as it is; give subnet with mode "use" and its id, or set the mode of the network to "extend" @ regions[0].pools[0].subnet',
      ],
    },
    {
      case: "a subnet of another network",
      input: withRegion({
        network: {
          mode: "use",
          virtualNetworkId: virtualNetworkId.replace("corp", "other"),
          addressSpace: ["10.60.0.0/22"],
        },
        pools: [{ ...pool, subnet: useSubnet }],
      }),
      problems: [
        `subnet "${subnetId}" of pool "staff" is not in the virtual network "${virtualNetworkId.replace("corp", "other")}" @ regions[0].pools[0].subnet.subnetId`,
      ],
    },
    {
      case: "a hub without room for its firewall",
      input: withHub({ network: { mode: "create", addressSpace: ["10.50.0.0/27"] } }),
      problems: [
        'hub "weu" has no room for AzureFirewallSubnet (/26) in "10.50.0.0/27"; a /24 holds every subnet of a hub @ hubs[0].network.addressSpace',
      ],
    },
    {
      case: "a hub without room for its gateway beside the firewall",
      input: withHub({ network: { mode: "create", addressSpace: ["10.50.0.0/26"] }, vpn: { sites: [site] } }),
      problems: [
        'hub "weu" has no room for GatewaySubnet (/27) in "10.50.0.0/26"; a /24 holds every subnet of a hub @ hubs[0].network.addressSpace',
      ],
    },
  ])("$case", ({ input, problems }) => {
    expect(problemsOf(input)).toEqual(problems);
  });
});

describe("hubs and egress", () => {
  const noEgress = 'the private subnets of region "weu" have no egress: it is via "firewall", but';

  test.each([
    {
      case: "egress through a firewall with no hub",
      input: withRegion({ egress: { via: "firewall" } }),
      problems: [
        `${noEgress} the region has no hub; name one, or choose "natGateway", "loadBalancer" or "appliance" @ regions[0].egress.via`,
      ],
    },
    {
      case: "egress through a firewall that the hub does not have",
      input: withHub({ firewall: undefined }),
      problems: [
        `${noEgress} hub "weu" has no firewall; give it one, or choose another egress @ regions[0].egress.via`,
      ],
    },
    {
      case: "egress through a firewall that nobody located",
      input: hubEnvironment({ hubs: [existingHub] }),
      problems: [
        `${noEgress} hub "weu" has no firewall; give network.firewallPrivateIpAddress of the hub @ regions[0].egress.via`,
      ],
    },
    {
      case: "a hub that does not exist, without a word on what follows from it",
      input: behindFirewall({ hub: "wue" }),
      problems: ['hub "wue" of region "weu" does not exist; did you mean "weu"? @ regions[0].hub'],
    },
    {
      case: "no choice between two hubs",
      input: environment({
        hubs: [hub, { ...hub, name: "neu", network: { mode: "create", addressSpace: ["10.51.0.0/24"] } }],
      }),
      problems: ['region "weu" does not say which hub it belongs to; hub must be "weu", "neu" or "none" @ regions[0]'],
    },
    {
      case: "a firewall made in a hub that exists",
      input: hubEnvironment({ hubs: [{ ...existingHub, firewall: {} }], regions: [region] }),
      problems: [
        'hub "weu" exists, so no firewall is made in it; give network.firewallPrivateIpAddress of its own @ hubs[0].firewall',
      ],
    },
    {
      case: "a gateway made in a hub that exists",
      input: hubEnvironment({ hubs: [{ ...existingHub, vpn: { sites: [site] } }], regions: [region] }),
      problems: ['hub "weu" exists, so no vpn is made in it; set network.hasGateway if it has a gateway @ hubs[0].vpn'],
    },
    {
      case: "a firewall outside its hub",
      input: hubEnvironment({
        hubs: [{ ...existingHub, network: { ...existingHub.network, firewallPrivateIpAddress: "10.99.0.4" } }],
      }),
      problems: [
        'firewall "10.99.0.4" is not in the address space of hub "weu": "10.50.0.0/24" @ hubs[0].network.firewallPrivateIpAddress',
      ],
    },
    {
      case: "DNS of a firewall that nobody located",
      input: hubEnvironment({
        hubs: [{ ...existingHub, network: { ...existingHub.network, firewallDnsProxy: true } }],
        regions: [region],
      }),
      problems: [
        'hub "weu" says that its firewall answers DNS but not where it is; give firewallPrivateIpAddress @ hubs[0].network.firewallDnsProxy',
      ],
    },
    {
      case: "threat intelligence that the Basic tier lacks",
      input: withHub({
        firewall: { sku: "Basic", acceptedLosses: ["time-time-windows-com"], threatIntelMode: "Deny" },
      }),
      problems: [
        'threatIntelMode "Deny" of hub "weu" is not offered by the Basic tier; it must be "Alert", or sku "Standard" @ hubs[0].firewall.threatIntelMode',
      ],
    },
    {
      case: "the application id in the place of the object id",
      input: environment({ windows365PrincipalId: "0af06dc6-e4b5-4f28-818e-e78e62d137a5" }),
      problems: [
        '"0af06dc6-e4b5-4f28-818e-e78e62d137a5" is the application id of Windows 365, the same in every tenant; give the object id of its service principal in this tenant ("az ad sp show --id 0af06dc6-e4b5-4f28-818e-e78e62d137a5 --query id"), or leave it out to have it looked up @ windows365PrincipalId',
      ],
    },
    {
      case: "a tier that cannot let everything through, not accepted",
      input: withHub({ firewall: { sku: "Basic" } }),
      problems: [
        'sku "Basic" cannot let everything through: endpoint "time-time-windows-com" (time): UDP 123 needs a network rule by name, which tier "Basic" cannot hold (it has no DNS proxy), and neither a service tag nor addresses are documented for "time.windows.com"; choose "Standard", or accept the loss with acceptedLosses: [time-time-windows-com] @ hubs[0].firewall.sku',
      ],
    },
    {
      case: "an accepted loss that is no endpoint",
      input: withHub({ firewall: { sku: "Standard", acceptedLosses: ["time"] } }),
      problems: [
        'endpoint "time" is not in the catalogue; "w365 catalogue list" names every endpoint @ hubs[0].firewall.acceptedLosses[0]',
      ],
    },
    {
      case: "DNS servers of the Basic tier",
      input: withHub({
        firewall: { sku: "Basic", acceptedLosses: ["time-time-windows-com"], dnsServers: ["192.0.2.53"] },
      }),
      problems: [
        'the firewall of hub "weu" is of the Basic tier, which has no DNS proxy; remove dnsServers, or set sku to "Standard" @ hubs[0].firewall.dnsServers',
      ],
    },
    {
      case: "a firewall that asks itself for names",
      input: withHub({ firewall: { dnsServers: ["192.0.2.53", "10.50.0.4"] } }),
      problems: [
        'the firewall of hub "weu" would forward DNS to itself; name other servers @ hubs[0].firewall.dnsServers[1]',
      ],
    },
    {
      case: "an appliance that is nowhere near",
      input: withRegion({ egress: { via: "appliance", privateIpAddress: "10.99.0.4" } }),
      problems: [
        'appliance "10.99.0.4" of region "weu" is not in its network ("10.60.0.0/22"); a next hop must be in the network or a peer @ regions[0].egress.privateIpAddress',
      ],
    },
    {
      case: "an appliance among the Cloud PCs",
      input: withRegion({ egress: { via: "appliance", privateIpAddress: "10.60.0.4" } }),
      problems: [
        'appliance "10.60.0.4" of region "weu" is in the subnet of pool "staff", whose own traffic would loop; it needs a subnet of its own @ regions[0].egress.privateIpAddress',
      ],
    },
  ])("$case", ({ input, problems }) => {
    expect(problemsOf(input)).toEqual(problems);
  });
});

describe("VPN", () => {
  test.each([
    {
      case: "a site without an address",
      input: withSite({ gatewayIpAddress: undefined }),
      problems: ['site "berlin" has neither gatewayIpAddress nor fqdn; give one of them @ hubs[0].vpn.sites[0]'],
    },
    {
      case: "a site with two addresses",
      input: withSite({ fqdn: "vpn.example.com" }),
      problems: ['site "berlin" has both gatewayIpAddress and fqdn; give one of them @ hubs[0].vpn.sites[0].fqdn'],
    },
    {
      case: "a site with a private address",
      input: withSite({ gatewayIpAddress: "192.168.1.1" }),
      problems: [
        'gatewayIpAddress "192.168.1.1" of site "berlin" is private; the gateway reaches the device over the Internet by its public address @ hubs[0].vpn.sites[0].gatewayIpAddress',
      ],
    },
    {
      case: "a site with no routes",
      input: withSite({ addressPrefixes: [] }),
      problems: [
        'site "berlin" has no addressPrefixes and no bgp, so nothing is routed to it; give one of them @ hubs[0].vpn.sites[0]',
      ],
    },
    {
      case: "the same ASN on both sides",
      input: withSite({ bgp: { asn: 65515, bgpPeeringAddress: "192.168.10.1" } }),
      problems: [
        'asn 65515 of site "berlin" is that of the gateway; the two sides must differ @ hubs[0].vpn.sites[0].bgp.asn',
      ],
    },
    {
      case: "an ASN of Azure",
      input: withSite({ bgp: { asn: 12076, bgpPeeringAddress: "192.168.10.1" } }),
      problems: [
        'asn 12076 of site "berlin" is reserved by Azure; private ones are 64512 to 65514 or 65521 to 65534 @ hubs[0].vpn.sites[0].bgp.asn',
      ],
    },
    {
      case: "an ASN of IANA",
      input: withSite({ bgp: { asn: 64500, bgpPeeringAddress: "192.168.10.1" } }),
      problems: [
        'asn 64500 of site "berlin" is reserved by IANA; private ones are 64512 to 65514 or 65521 to 65534 @ hubs[0].vpn.sites[0].bgp.asn',
      ],
    },
    {
      case: "a reserved ASN on the Azure side",
      input: withVpn({ bgpAsn: 65520 }),
      problems: [
        'bgpAsn 65520 of hub "weu" is reserved by Azure; use 65515 or a private one, 64512 to 65514 or 65521 to 65534 @ hubs[0].vpn.bgpAsn',
      ],
    },
    {
      case: "a BGP peer at the public address",
      input: withSite({ bgp: { asn: 65010, bgpPeeringAddress: "203.0.113.10" } }),
      problems: [
        'bgpPeeringAddress "203.0.113.10" of site "berlin" is the public address of the device; it must be another one @ hubs[0].vpn.sites[0].bgp.bgpPeeringAddress',
      ],
    },
    {
      case: "a BGP peer in the hub",
      input: withSite({ bgp: { asn: 65010, bgpPeeringAddress: "10.50.0.9" } }),
      problems: [
        'bgpPeeringAddress "10.50.0.9" of site "berlin" is in the address space of hub "weu"; it must be the device\'s @ hubs[0].vpn.sites[0].bgp.bgpPeeringAddress',
      ],
    },
    {
      case: "a link-local BGP peer that Azure does not know",
      input: withSite({ bgp: { asn: 65010, bgpPeeringAddress: "169.254.23.1" } }),
      problems: [
        'bgpPeeringAddress "169.254.23.1" of site "berlin" is link-local; Azure accepts "169.254.21.0" to "169.254.22.255" @ hubs[0].vpn.sites[0].bgp.bgpPeeringAddress',
      ],
    },
    {
      case: "GCM for one half of a policy",
      input: withSite({
        ipsecPolicy: {
          ikeEncryption: "AES256",
          ikeIntegrity: "SHA256",
          dhGroup: "DHGroup14",
          ipsecEncryption: "GCMAES256",
          ipsecIntegrity: "SHA256",
          pfsGroup: "PFS2048",
        },
      }),
      problems: [
        'ipsecEncryption "GCMAES256" and ipsecIntegrity "SHA256" of site "berlin" do not go together; with GCM both must be the same, "GCMAES256" @ hubs[0].vpn.sites[0].ipsecPolicy',
      ],
    },
    {
      case: "ranges on-premises without a gateway",
      input: hubEnvironment({ onPremises: { addressPrefixes: ["192.168.0.0/16"] } }),
      problems: [
        "no hub has a gateway, so nothing on-premises can be reached; give a hub vpn, or network.hasGateway if it exists @ onPremises",
      ],
    },
  ])("$case", ({ input, problems }) => {
    expect(problemsOf(input)).toEqual(problems);
  });
});

describe("directory", () => {
  const reach =
    "known are its network, its hub and the hub's other regions, and behind the hub's gateway addressPrefixes of onPremises and of the VPN sites";

  test.each([
    {
      case: "a hybrid pool without a domain",
      input: withPool({ joinType: "hybridAzureADJoin" }),
      problems: [
        'pool "staff" joins "hybridAzureADJoin", but profile "entra" names no domain; set profile.kind to "hybrid" and the joinType of the other pools to "azureADJoin" @ regions[0].pools[0].joinType',
      ],
    },
    {
      case: "a domain controller that nothing leads to",
      input: hybridEnvironment({ profile: { ...hybridProfile, domainControllers: ["192.168.99.4"] } }),
      problems: [
        `domain controller "192.168.99.4" is in no range that region "weu" can reach; ${reach} @ profile.domainControllers[0]`,
      ],
    },
    {
      case: "domain controllers on-premises, and a region with no hub",
      input: hybridEnvironment({
        hubs: [],
        profile: { ...hybridProfile, domainControllers: ["192.168.10.4"] },
        regions: [region],
      }),
      problems: [
        `domain controller "192.168.10.4" is in no range that region "weu" can reach; ${reach} @ profile.domainControllers[0]`,
        `DNS server "192.168.10.4" of region "weu" is in no range that the region can reach; ${reach} @ regions[0].dnsServers`,
      ],
    },
    {
      case: "Azure-provided DNS with a hybrid join",
      input: hybridEnvironment({ regions: [{ ...region, egress: { via: "firewall" }, dnsServers: [] }] }),
      problems: [
        'region "weu" has hybrid-joined Cloud PCs, whose DNS must resolve the domain; Azure-provided DNS cannot, so name the domain\'s DNS servers @ regions[0].dnsServers',
      ],
    },
    {
      case: "a DNS proxy that asks Azure-provided DNS for the domain",
      input: hybridEnvironment({
        hubs: [{ ...hub, firewall: { dnsServers: ["168.63.129.16"] }, vpn: { sites: [site] } }],
      }),
      problems: [
        'region "weu" has hybrid-joined Cloud PCs, whose DNS must resolve the domain; the firewall of hub "weu" forwards to Azure-provided DNS, which cannot @ hubs[0].firewall.dnsServers',
      ],
    },
    {
      case: "a firewall that answers no DNS as the DNS server",
      input: hybridEnvironment({
        hubs: [
          { ...hub, firewall: { sku: "Basic", acceptedLosses: ["time-time-windows-com"] }, vpn: { sites: [site] } },
        ],
        regions: [{ ...region, egress: { via: "firewall" }, dnsServers: ["10.50.0.4"] }],
      }),
      problems: [
        'region "weu" has hybrid-joined Cloud PCs, whose DNS must resolve the domain; the firewall of hub "weu" answers no DNS in the Basic tier @ regions[0].dnsServers',
      ],
    },
    {
      case: "a private DNS server that nothing leads to",
      input: withRegion({ dnsServers: ["10.9.9.9"] }),
      problems: [
        `DNS server "10.9.9.9" of region "weu" is in no range that the region can reach; ${reach} @ regions[0].dnsServers`,
      ],
    },
  ])("$case", ({ input, problems }) => {
    expect(problemsOf(input)).toEqual(problems);
  });
});

describe("secrets", () => {
  const path = ["hubs", 0, "vpn", "sites", 0, "sharedKeySecret"];
  const messages = (configKeys: readonly { name: string; secret: boolean }[], secretsRequired = true) => {
    const result = parseEnvironment(withVpn({}), { stackName: "test", configKeys, secretsRequired });
    return result.ok ? [] : result.problems.map((problem) => [problem.path, problem.message]);
  };

  test("a secret that is not set is a problem that says how to set it", () => {
    expect(messages([])).toEqual([
      [
        path,
        'secret "sharedKeyBerlin" of site "berlin" is not set; set it with "pulumi config set --secret sharedKeyBerlin"',
      ],
    ]);
  });

  test("a secret that is not set is no problem where nothing is deployed", () => {
    expect(messages([], false)).toEqual([]);
  });

  test("a secret in clear is a problem everywhere", () => {
    const clear = [{ name: "windows365-network:sharedKeyBerlin", secret: false }];
    const problem =
      'secret "sharedKeyBerlin" of site "berlin" is set in clear; replace the key and set it with "pulumi config set --secret sharedKeyBerlin"';
    expect(messages(clear)).toEqual([[path, problem]]);
    expect(messages(clear, false)).toEqual([[path, problem]]);
  });

  test("a secret that is set as one is no problem", () => {
    expect(messages([{ name: "windows365-network:sharedKeyBerlin", secret: true }])).toEqual([]);
  });
});

describe("tags", () => {
  test.each([
    {
      case: "a character that Azure refuses",
      tags: { "cost/centre": "42" },
      problems: ['tag "cost/centre" has the character "/"; a name cannot have < > % & \\ ? or / @ tags["cost/centre"]'],
    },
    {
      case: "a name that Azure keeps",
      tags: { AzureTeam: "x" },
      problems: ['tag "AzureTeam" starts with "azure", which Azure keeps for itself @ tags.AzureTeam'],
    },
    {
      case: "names that differ in case",
      tags: { team: "a", Team: "b" },
      problems: ['tags "team" and "Team" are the same to Azure, which ignores case @ tags.Team'],
    },
    {
      case: "a long value",
      tags: { team: "x".repeat(257) },
      problems: ['the value of tag "team" has 257 characters; Azure accepts 256 @ tags.team'],
    },
    {
      case: "too many",
      tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, ""])),
      problems: ["there are 51 tags; a resource can have 50 @ tags"],
    },
  ])("$case", ({ tags, problems }) => {
    expect(problemsOf(environment({ tags }))).toEqual(problems);
  });

  test("a long name", () => {
    const name = "x".repeat(513);
    expect(problemsOf(environment({ tags: { [name]: "" } }))).toEqual([
      `the name of a tag has 513 characters; Azure accepts 512 @ tags.${name}`,
    ]);
  });
});
