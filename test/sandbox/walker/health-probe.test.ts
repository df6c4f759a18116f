import { describe, expect, test } from "vitest";
import { domainRecords } from "../../../sandbox/walker/check-domain.ts";
import type { WalkerInput } from "../../../sandbox/walker/estate.ts";
import type { ProbedConnection } from "../../../sandbox/walker/health-probe.ts";
import { probeHealth } from "../../../sandbox/walker/health-probe.ts";
import { parseAddress } from "../../../sandbox/walker/ipv4.ts";
import { probedEndpoints } from "../../../sandbox/walker/probed-endpoint.ts";
import list from "../../../sandbox/walker/probed-endpoints.json" with { type: "json" };
import {
  idOf,
  natGateway,
  networkInterface,
  publicAddress,
  ref,
  securityGroup,
  securityRule,
  virtualNetwork,
} from "../../support/arm-resources.ts";
import { input } from "./ask.ts";

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
const resourceGroupId = `${subscription}/resourceGroups/rg-test`;
const principalId = "11111111-1111-1111-1111-111111111111";
const vnet = idOf("virtualNetworks", "vnet");

const connection: ProbedConnection = {
  subnetId: idOf("virtualNetworks", "vnet", "subnets", "cloudpc"),
  resourceGroupId,
  servicePrincipalId: principalId,
  joinType: "azureADJoin",
};

const serviceTags = {
  WindowsVirtualDesktop: ["40.64.144.0/20", "51.5.0.0/16"],
  AzureActiveDirectory: ["20.20.32.0/19"],
};

type Rule = Readonly<Record<string, unknown>>;

function assignment(name: string, scope: string, role: string) {
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    type: "Microsoft.Authorization/roleAssignments",
    properties: {
      principalId,
      scope,
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    },
  };
}

const reader = assignment("reader", subscription, "acdd72a7-3385-48ef-bd42-f606fba81ae7");
const nicContributor = assignment("nic", resourceGroupId, "1f135831-5bbe-4924-9016-264044c00788");
const networkUser = assignment("user", vnet, "7eabc9a4-85f7-4f71-b8ab-75daaccc1033");

function lock(level: string) {
  return {
    id: `${resourceGroupId}/providers/Microsoft.Authorization/locks/lock`,
    type: "Microsoft.Authorization/locks",
    properties: { level },
  };
}

function network(
  change: {
    readonly rules?: readonly Rule[];
    readonly location?: string;
    readonly subnet?: Readonly<Record<string, unknown>>;
    readonly network?: Rule;
    readonly more?: WalkerInput["resources"];
    readonly without?: { readonly id: string };
  } = {},
): WalkerInput {
  const resources = [
    {
      ...virtualNetwork(
        "vnet",
        ["10.0.0.0/16"],
        {
          cloudpc: {
            addressPrefix: "10.0.0.0/28",
            defaultOutboundAccess: false,
            natGateway: ref("natGateways", "nat"),
            networkSecurityGroup: ref("networkSecurityGroups", "nsg"),
            ...change.subnet,
          },
          domain: "10.0.1.0/24",
        },
        change.network,
      ),
      location: change.location ?? "westeurope",
    },
    natGateway("nat"),
    publicAddress("nat-pip", "192.0.2.1"),
    securityGroup("nsg", ...(change.rules ?? [])),
    reader,
    nicContributor,
    networkUser,
    ...(change.more ?? []),
  ];
  return input({ resources: resources.filter((one) => one.id !== change.without?.id), serviceTags });
}

/** The checks that did not pass, as "name: status errorType". */
function troubles(given: WalkerInput, asked: ProbedConnection = connection): readonly string[] {
  return probeHealth(given, asked)
    .filter((result) => result.status !== "passed")
    .map(({ displayName, status, errorType }) => `${displayName}: ${status} ${errorType ?? ""}`.trim());
}

const deny = (more: Rule) => securityRule("deny", 100, { access: "Deny", ...more });
const nics = (count: number) =>
  Array.from({ length: count }, (_, index) => networkInterface(`nic${index}`, "vnet/cloudpc", `10.0.0.${4 + index}`));

describe("the health checks of an Entra join", () => {
  test("all pass on a network with a NAT gateway and the three roles", () => {
    expect(probeHealth(network(), connection).map(({ displayName, status }) => `${displayName}: ${status}`)).toEqual([
      "Endpoint connectivity: passed",
      "Localization language package readiness: passed",
      "UDP connection check: passed",
      "Azure subnet IP address usage: passed",
      "Azure tenant readiness: passed",
      "Azure virtual network readiness: passed",
      "First-party app permissions exist on Azure subscription: passed",
      "First-party app permissions exist on Azure resource group: passed",
      "First-party app permissions exist on Azure virtual network: passed",
    ]);
  });

  test.each([
    {
      case: "Azure Virtual Desktop's tag denied on TCP 443",
      given: network({
        rules: [deny({ destinationAddressPrefix: "WindowsVirtualDesktop", destinationPortRange: "443" })],
      }),
      fails: ["Endpoint connectivity: failed endpointConnectivityCheckWVDUrlNotAllowListed"],
    },
    {
      case: "port 5671 denied",
      given: network({ rules: [deny({ destinationPortRange: "5671" })] }),
      fails: ["Endpoint connectivity: failed endpointConnectivityCheckCloudPcUrlNotAllowListed"],
    },
    {
      case: "port 1688 denied",
      given: network({ rules: [deny({ destinationPortRange: "1688" })] }),
      fails: ["Endpoint connectivity: failed endpointConnectivityCheckWVDUrlNotAllowListed"],
    },
    {
      case: "Entra's tag denied",
      given: network({ rules: [deny({ destinationAddressPrefix: "AzureActiveDirectory" })] }),
      fails: ["Endpoint connectivity: failed endpointConnectivityCheckAzureADUrlNotAllowListed"],
    },
    {
      case: "UDP 3478 denied",
      given: network({ rules: [deny({ protocol: "Udp", destinationPortRange: "3478" })] }),
      fails: ["UDP connection check: warning udpConnectivityCheckUrlsNotAllowListed"],
    },
    {
      case: "no way out of the private subnet",
      given: network({ subnet: { natGateway: undefined } }),
      fails: [
        "Endpoint connectivity: failed endpointConnectivityCheckCloudPcUrlNotAllowListed",
        "Localization language package readiness: warning endpointConnectivityCheckLocaleUrlNotAllowListed",
        "UDP connection check: warning udpConnectivityCheckUrlsNotAllowListed",
      ],
    },
    {
      case: "an NSG that is not in the input",
      given: network({ subnet: { networkSecurityGroup: { id: "/gone" } } }),
      fails: [
        "Endpoint connectivity: undecided",
        "Localization language package readiness: undecided",
        "UDP connection check: undecided",
      ],
    },
    {
      case: "the last address taken",
      given: network({ more: nics(11) }),
      fails: ["Azure subnet IP address usage: failed resourceAvailabilityCheckNoSubnetIP"],
    },
    { case: "one address left", given: network({ more: nics(10) }), fails: [] },
    {
      case: "a region Windows 365 does not support",
      given: network({ location: "westus" }),
      fails: ["Azure virtual network readiness: failed resourceAvailabilityCheckUnsupportedVNetRegion"],
    },
    {
      case: "a delegated subnet",
      given: network({
        subnet: { delegations: [{ name: "d", properties: { serviceName: "Microsoft.Web/serverFarms" } }] },
      }),
      fails: ["Azure virtual network readiness: failed resourceAvailabilityCheckSubnetDelegationFailed"],
    },
    {
      case: "a read-only lock",
      given: network({ more: [lock("ReadOnly")] }),
      fails: ["Azure tenant readiness: failed resourceAvailabilityCheckResourceGroupLockedForReadonly"],
    },
    {
      case: "a delete lock",
      given: network({ more: [lock("CanNotDelete")] }),
      fails: ["Azure tenant readiness: failed resourceAvailabilityCheckResourceGroupLockedForDelete"],
    },
    {
      case: "no Reader",
      given: network({ without: reader }),
      fails: [
        "First-party app permissions exist on Azure subscription: failed permissionCheckNoSubscriptionReaderRole",
      ],
    },
    {
      case: "no Network Interface Contributor",
      given: network({ without: nicContributor }),
      fails: [
        "First-party app permissions exist on Azure resource group: failed permissionCheckNoWindows365NetworkInterfaceContributorRole",
      ],
    },
    {
      case: "no Network User",
      given: network({ without: networkUser }),
      fails: [
        "First-party app permissions exist on Azure virtual network: failed permissionCheckNoWindows365NetworkUserRole",
      ],
    },
    {
      case: "Network User on the resource group, above the network",
      given: network({
        without: networkUser,
        more: [assignment("above", resourceGroupId, "7eabc9a4-85f7-4f71-b8ab-75daaccc1033")],
      }),
      fails: [],
    },
  ])("with $case: $fails", ({ given, fails }) => {
    expect(troubles(given)).toEqual(fails);
  });

  test("a subnet that does not exist fails the network check and probes nothing", () => {
    expect(troubles(network(), { ...connection, subnetId: `${vnet}/subnets/gone` })).toEqual([
      "Azure virtual network readiness: failed resourceAvailabilityCheckSubnetInvalid",
    ]);
  });

  test("blocked endpoints are listed as Graph lists them", () => {
    const results = probeHealth(network({ rules: [deny({ destinationPortRange: "1688" })] }), connection);
    expect(results.find((one) => one.displayName === "Endpoint connectivity")?.additionalDetail).toBe(
      "azkms.core.windows.net:1688;",
    );
  });
});

describe("the health checks of a hybrid join", () => {
  const hybrid: ProbedConnection = {
    ...connection,
    joinType: "hybridAzureADJoin",
    adDomainName: "corp.contoso.com",
  };
  const controller = parseAddress("10.0.1.4") ?? 0;
  const dnsServers = { "10.0.1.4": domainRecords("corp.contoso.com", [controller]) };
  const withDns = (servers: readonly string[], rules: readonly Rule[] = []): WalkerInput => ({
    ...network({ network: { dhcpOptions: { dnsServers: servers } }, rules }),
    dnsServers,
  });

  test.each([
    { case: "the domain's server is asked", given: withDns(["10.0.1.4"]), fails: [] },
    {
      case: "another server is asked, which does not know the domain",
      given: { ...withDns(["10.0.1.5"]), dnsServers: { ...dnsServers, "10.0.1.5": {} } },
      fails: [
        "DNS can resolve Active Directory domain: failed dnsCheckFqdnNotFound",
        "Active Directory domain join: failed adJoinCheckFqdnNotFound",
      ],
    },
    {
      case: "LDAP is denied",
      given: withDns(["10.0.1.4"], [deny({ destinationPortRange: "389" })]),
      fails: ["Active Directory domain join: failed adJoinCheckServerNotOperational"],
    },
  ])("$case: $fails", ({ given, fails }) => {
    expect(troubles(given, hybrid)).toEqual(fails);
  });
});

describe("the list of probed endpoints", () => {
  test("names each endpoint once", () => {
    expect(new Set(probedEndpoints.map(({ id }) => id)).size).toBe(probedEndpoints.length);
  });

  test("gives a dated source for each endpoint", () => {
    const sources = new Map(Object.entries(list.sources));
    const unsourced = probedEndpoints.filter(({ source }) => !/^\d{4}/.test(sources.get(source)?.asOf ?? ""));
    expect(unsourced).toEqual([]);
  });
});
