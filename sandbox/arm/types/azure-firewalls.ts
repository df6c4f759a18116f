import { nameOf, parentId, resourceGroupId, sameId } from "../arm-id.ts";
import type { ArmError, ArmPut, ArmResource } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { checkStandardPublicIp, freeAddress, identified } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { normalizeLocation } from "../regions.ts";
import { checkFirewallRoutes, checkServiceSubnet, routesOfTable } from "../reserved-subnets.ts";
import { list, propertiesOf, record, records, refId, sameText, text, type Wire } from "../wire.ts";

const publicIp = { type: "Microsoft.Network/publicIPAddresses", sameRegion: true, sameSubscription: true };
const subnet = { type: "Microsoft.Network/virtualNetworks/subnets", sameSubscription: true };

/** Azure Firewalls in a virtual network, ruled by a policy. Source: https://learn.microsoft.com/azure/firewall/firewall-faq (as of 2026-11-21). */
export const azureFirewalls = defineRules({
  type: "Microsoft.Network/azureFirewalls",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  references: [
    { path: "properties.ipConfigurations[].properties.subnet.id", ...subnet },
    { path: "properties.ipConfigurations[].properties.publicIPAddress.id", ...publicIp },
    { path: "properties.managementIpConfiguration.properties.subnet.id", ...subnet },
    { path: "properties.managementIpConfiguration.properties.publicIPAddress.id", ...publicIp },
    { path: "properties.firewallPolicy.id", type: "Microsoft.Network/firewallPolicies" },
  ],
  defaults: { threatIntelMode: "Alert" },
  notStored: ["ipGroups"],
  refusePut,
  computed,
  locks: (_id, body) => {
    const policy = refId(body?.properties.firewallPolicy);
    return policy === undefined ? [] : [policy];
  },
  replaceOn: [],
  duration: { create: 480, update: 240, delete: 420 },
});

function* refusePut(put: ArmPut): Generator<ArmError> {
  if (sameText(record(put.body.properties.sku).name, "AZFW_Hub")) {
    yield badRequest(
      "SandboxDoesNotImitateVirtualWan",
      `The sandbox does not imitate firewalls of a virtual hub (${nameOf(put.id)}).`,
    );
    return;
  }
  yield* checkDataConfigurations(put);
  yield* checkManagement(put);
  yield* checkNetwork(put);
  yield* checkPolicy(put);
}

function* checkDataConfigurations(put: ArmPut): Generator<ArmError> {
  const { id, body, estate } = put;
  const entries = records(body.properties.ipConfigurations);
  const subnets = entries.map((entry) => refId(propertiesOf(entry).subnet)).filter((one) => one !== undefined);
  const isManaged = body.properties.managementIpConfiguration !== undefined;
  if (entries.length === 0 || subnets.length !== 1) {
    yield badRequest(
      "AzureFirewallIpConfigurationSubnetInvalid",
      `AzureFirewall ${nameOf(id)} must have exactly one IP configuration with a subnet; ${subnets.length} have one.`,
    );
  }
  for (const entry of entries) {
    const address = refId(propertiesOf(entry).publicIPAddress);
    if (address !== undefined) yield* checkStandardPublicIp(put, address);
    else if (!isManaged) {
      yield badRequest(
        "AzureFirewallIpConfigurationRequiresPublicIp",
        `AzureFirewall ${nameOf(id)} IP configuration ${text(entry.name)} must have a public IP address unless a management IP configuration is set.`,
      );
    }
  }
  for (const one of subnets) {
    yield* checkServiceSubnet(estate, one, "AzureFirewallSubnet", "AzureFirewall");
    const { routes } = routesOfTable(estate, refId(estate.get(one)?.properties.routeTable));
    if (!isManaged) yield* checkFirewallRoutes(routes, nameOf(refId(estate.get(one)?.properties.routeTable) ?? ""));
    const other = usersOf(estate, one, "Microsoft.Network/azureFirewalls").find((user) => !sameId(user.id, id));
    if (other !== undefined) {
      yield badRequest(
        "AzureFirewallSubnetInUse",
        `AzureFirewall ${nameOf(id)} cannot use subnet ${one}: it is used by ${other.id}. A virtual network takes one firewall.`,
      );
    }
  }
}

/**
 * `AzureFirewallManagementIpConfigRequiresSubnetAndPublicIp` and its wording:
 * https://github.com/Azure/bicep-registry-modules/issues/2589, read 2026-11-21.
 */
function* checkManagement(put: ArmPut): Generator<ArmError> {
  const { id, body, previous, estate } = put;
  const isBasic = sameText(record(body.properties.sku).tier, "Basic");
  const management = body.properties.managementIpConfiguration;
  if (management === undefined) {
    if (isBasic) yield incompleteManagement(id);
    return;
  }
  const subnetId = refId(propertiesOf(management).subnet);
  const address = refId(propertiesOf(management).publicIPAddress);
  if (subnetId === undefined || address === undefined) {
    yield incompleteManagement(id);
    return;
  }
  yield* checkServiceSubnet(estate, subnetId, "AzureFirewallManagementSubnet", "AzureFirewallManagement");
  yield* checkStandardPublicIp(put, address);
  if (previous !== undefined && previous.properties.managementIpConfiguration === undefined) {
    yield badRequest(
      "AzureFirewallManagementIpConfigCannotBeAdded",
      `AzureFirewall ${nameOf(id)} was created without a management IP configuration; it can only be set when the firewall is created.`,
    );
  }
}

function incompleteManagement(id: string): ArmError {
  return badRequest(
    "AzureFirewallManagementIpConfigRequiresSubnetAndPublicIp",
    `AzureFirewall ${nameOf(id)} management IP configuration requires both a subnet and a public IP address.`,
  );
}

// A firewall lives in its network's region and resource group.
function* checkNetwork({ id, body, estate }: ArmPut): Generator<ArmError> {
  const subnetId = dataSubnet(body);
  const network = subnetId === undefined ? undefined : estate.get(parentId(subnetId) ?? "");
  if (network?.location === undefined) return;
  if (normalizeLocation(network.location) !== normalizeLocation(text(body.location) ?? "")) {
    yield badRequest(
      "InvalidResourceReference",
      `Resource ${subnetId} referenced by resource ${id} was not found. ` +
        "Please make sure that the referenced resource exists, and that both resources are in the same region.",
    );
  }
  if (!sameId(resourceGroupId(network.id), resourceGroupId(id))) {
    yield badRequest(
      "AzureFirewallResourceGroupMismatch",
      `AzureFirewall ${nameOf(id)} and its virtual network ${network.id} must be in the same resource group.`,
    );
  }
}

const rank: Readonly<Record<string, number>> = { basic: 0, standard: 1, premium: 2 };

/** Source: https://learn.microsoft.com/azure/firewall-manager/policy-overview (as of 2026-11-21). */
function* checkPolicy({ id, body, estate }: ArmPut): Generator<ArmError> {
  const { firewallPolicy, applicationRuleCollections, natRuleCollections, networkRuleCollections } = body.properties;
  const policy = estate.get(refId(firewallPolicy) ?? "");
  if (policy === undefined) return;
  if (
    [applicationRuleCollections, natRuleCollections, networkRuleCollections].some((rules) => list(rules).length > 0)
  ) {
    yield badRequest(
      "AzureFirewallPolicyAndRuleCollectionsConflict",
      `AzureFirewall ${nameOf(id)} cannot have both a firewall policy and rule collections of its own.`,
    );
  }
  const own = text(record(body.properties.sku).tier) ?? "Standard";
  const theirs = text(record(policy.properties.sku).tier) ?? "Standard";
  const [mine = 1, other = 1] = [rank[own.toLowerCase()], rank[theirs.toLowerCase()]];
  if (other > mine || (mine === 0) !== (other === 0)) {
    yield badRequest(
      "AzureFirewallPolicyTierMismatch",
      `AzureFirewall ${nameOf(id)} of tier ${own} cannot use firewall policy ${policy.name} of tier ${theirs}.`,
    );
  }
}

function computed({ id, body, previous, estate }: ArmPut): Wire {
  const before = records(previous?.properties.ipConfigurations)
    .map((entry) => text(propertiesOf(entry).privateIPAddress))
    .find(Boolean);
  const subnetId = dataSubnet(body);
  const address = before ?? (subnetId === undefined ? undefined : freeAddress(estate, subnetId));
  const collection = "azureFirewallIpConfigurations";
  const management = body.properties.managementIpConfiguration;
  return {
    ipConfigurations: identified(id, collection, body.properties.ipConfigurations, (entry) => ({
      privateIPAllocationMethod: "Dynamic",
      ...(refId(propertiesOf(entry).subnet) === undefined ? {} : { privateIPAddress: address }),
    })),
    ...(management === undefined ? {} : { managementIpConfiguration: identified(id, collection, [management])[0] }),
    ...Object.fromEntries(
      ["applicationRuleCollections", "natRuleCollections", "networkRuleCollections"].map((name) => [
        name,
        list(body.properties[name]),
      ]),
    ),
  };
}

function dataSubnet(body: ArmResource): string | undefined {
  return records(body.properties.ipConfigurations)
    .map((entry) => refId(propertiesOf(entry).subnet))
    .find((one) => one !== undefined);
}
