import type { Estate, Problem } from "../model/estate.ts";
import type { Place } from "../model/read.ts";
import type { ResourceId } from "../model/resource-id.ts";
import type { ArmResource } from "./arm/arm-resource.ts";
import { type ArmObject, joinPath } from "./arm/arm-value.ts";
import { readAzureNetworkConnections } from "./estate/azure-network-connections.ts";
import { readClearSecrets } from "./estate/clear-secrets.ts";
import { readConditionalAccessPolicies } from "./estate/conditional-access.ts";
import {
  readDnsForwardingRulesets,
  readDnsResolvers,
  readPrivateDnsZones,
  readPrivateEndpoints,
} from "./estate/dns.ts";
import { readNatGateways, readPublicIpAddresses, readPublicIpPrefixes } from "./estate/egress.ts";
import type { Notebook } from "./estate/fields.ts";
import { readAzureFirewalls, readFirewallPolicies, readIpGroups } from "./estate/firewalls.ts";
import {
  readConnections,
  readExpressRouteCircuits,
  readLocalNetworkGateways,
  readVirtualNetworkGateways,
} from "./estate/gateways.ts";
import {
  readLocks,
  readPolicyAssignments,
  readPolicyDefinitions,
  readPolicyExemptions,
  readPolicySetDefinitions,
  readRoleAssignments,
} from "./estate/governance.ts";
import { readLoadBalancers } from "./estate/load-balancers.ts";
import { readDiagnosticSettings, readFlowLogs } from "./estate/logging.ts";
import { readBastionHosts, readNetworkInterfaces, readVirtualMachines } from "./estate/network-interfaces.ts";
import { readNetworkManagers } from "./estate/network-managers.ts";
import { readProvisioningPolicies } from "./estate/provisioning-policies.ts";
import { placeOf } from "./estate/read-value.ts";
import { resourceOf } from "./estate/resource-of.ts";
import { ResourceSet } from "./estate/resource-set.ts";
import { readRouteTables } from "./estate/route-tables.ts";
import { readApplicationSecurityGroups, readNetworkSecurityGroups } from "./estate/security-groups.ts";
import { readRouteServers, readVirtualHubs, readVirtualWans } from "./estate/virtual-hubs.ts";
import { readServiceEndpointPolicies, readVirtualNetworks } from "./estate/virtual-networks.ts";

/** An estate, and what there is to say about how it was read. */
export interface EstateReading {
  readonly estate: Estate;
  /** What the estate was read from, in ARM's own form: Azure Policy judges that. */
  readonly resources: readonly ArmResource[];
  /** Fields that no reader asked for, for `--verbose`; collected when it is called. */
  readonly fieldsNotRead: () => readonly FieldNotRead[];
  /** What had to be taken as given, in sentences to print. */
  readonly assumptions: readonly string[];
}

/** A field of a resource that was read, which the model has no use for or does not know. */
export interface FieldNotRead {
  readonly id: ResourceId;
  /** JSON path in its document. */
  readonly path: string;
  readonly place: Place;
}

/** The one place where Azure's shape becomes the model's: whatever the input was, it comes here as ARM resources. */
export function estateFromArm(
  resources: readonly ArmResource[],
  connections: readonly ArmObject[] = [],
  notes: readonly string[] = [],
): EstateReading {
  const problems: Problem[] = [];
  const notebook: Notebook = { problems, assumptions: [...notes], seen: new Map(), asked: new Set() };
  const set = new ResourceSet(resources, notebook);
  const estate: Omit<Estate, "notRead" | "problems"> = {
    virtualNetworks: readVirtualNetworks(set),
    networkSecurityGroups: readNetworkSecurityGroups(set),
    applicationSecurityGroups: readApplicationSecurityGroups(set),
    networkManagers: readNetworkManagers(set),
    serviceEndpointPolicies: readServiceEndpointPolicies(set),
    routeTables: readRouteTables(set),
    natGateways: readNatGateways(set),
    publicIPAddresses: readPublicIpAddresses(set),
    publicIPPrefixes: readPublicIpPrefixes(set),
    loadBalancers: readLoadBalancers(set),
    networkInterfaces: readNetworkInterfaces(set),
    virtualMachines: readVirtualMachines(set),
    bastionHosts: readBastionHosts(set),
    azureFirewalls: readAzureFirewalls(set),
    firewallPolicies: readFirewallPolicies(set),
    ipGroups: readIpGroups(set),
    virtualNetworkGateways: readVirtualNetworkGateways(set),
    localNetworkGateways: readLocalNetworkGateways(set),
    connections: readConnections(set),
    expressRouteCircuits: readExpressRouteCircuits(set),
    routeServers: readRouteServers(set),
    virtualWans: readVirtualWans(set),
    virtualHubs: readVirtualHubs(set),
    dnsResolvers: readDnsResolvers(set),
    dnsForwardingRulesets: readDnsForwardingRulesets(set),
    privateDnsZones: readPrivateDnsZones(set),
    privateEndpoints: readPrivateEndpoints(set),
    flowLogs: readFlowLogs(set),
    diagnosticSettings: readDiagnosticSettings(set),
    roleAssignments: readRoleAssignments(set),
    locks: readLocks(set),
    policyAssignments: readPolicyAssignments(set),
    policyDefinitions: readPolicyDefinitions(set),
    policySetDefinitions: readPolicySetDefinitions(set),
    policyExemptions: readPolicyExemptions(set),
    azureNetworkConnections: readAzureNetworkConnections(connections, notebook),
    provisioningPolicies: readProvisioningPolicies(set),
    conditionalAccessPolicies: readConditionalAccessPolicies(set),
    clearSecrets: readClearSecrets(resources, connections),
    resourceGroups: set.of("Microsoft.Resources/resourceGroups").map(resourceOf),
  };
  return {
    resources,
    estate: { ...estate, notRead: set.notRead(), problems: withoutRepeats(problems) },
    fieldsNotRead: () => fieldsNotRead(notebook),
    assumptions: notebook.assumptions,
  };
}

/** What Azure adds to a resource and what only names or labels it: nothing about the network is lost with these. */
const envelope = new Set(
  "id name type location tags etag properties apiversion azureapiversion resourceguid provisioningstate systemdata comments resourcegroup subscriptionid tenantid zones extendedlocation managedby dependson identity @odata.type @odata.context".split(
    " ",
  ),
);

function fieldsNotRead({ seen, asked }: Notebook): readonly FieldNotRead[] {
  return [...seen].flatMap(([object, owner]) =>
    [...object.members].flatMap(([name, value]) => {
      if (asked.has(value) || envelope.has(name.toLowerCase())) return [];
      return [{ id: owner, path: joinPath(object.place.path, name), place: placeOf(value.place) }];
    }),
  );
}

/** A field that was read twice is still one problem. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ id, message, place }) => {
    const key = JSON.stringify([id, message, place]);
    return !seen.has(key) && seen.add(key);
  });
}
