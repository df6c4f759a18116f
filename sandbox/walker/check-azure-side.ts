import { nameOf, parentOf, record, reference, text } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import type { HealthCheckResult, Problem } from "./health-check-result.ts";
import { resultOf } from "./health-check-result.ts";
import regions from "./supported-regions.json" with { type: "json" };
import type { Subnet, VirtualNetwork } from "./virtual-network.ts";
import { virtualNetworkById } from "./virtual-network.ts";

/** The parts of an Azure network connection that the checks of the Azure side look at; ids as given to Graph. */
export interface ConnectionTarget {
  readonly subnetId: string;
  readonly resourceGroupId: string;
  /** Object id of the Windows 365 service principal in the tenant. */
  readonly servicePrincipalId: string;
}

const errorOf = (name: string) => `resourceAvailabilityCheck${name}`;

/** Addresses of a subnet that Azure keeps for itself. https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (read 2026-11-21) */
const reservedAddresses = 5;

/** Whether the subnet has an address left. Microsoft documents no number beyond that. */
export function subnetAddressCheck(estate: Estate, subnet: Subnet): HealthCheckResult {
  const used = estate.networkInterfaces
    .flatMap((one) => one.ipConfigurations)
    .filter((configuration) => configuration.subnet === subnet.id).length;
  const size = subnet.prefixes.reduce((sum, prefix) => sum + prefix.last - prefix.first + 1 - reservedAddresses, 0);
  const problems =
    used < size ? [] : [{ errorType: errorOf("NoSubnetIP"), detail: `subnet "${subnet.name}" has no free address` }];
  return resultOf("Azure subnet IP address usage", problems);
}

/** Whether network and subnet exist, in a supported region, and are free for Cloud PCs. */
export function networkReadyCheck(estate: Estate, target: ConnectionTarget): HealthCheckResult {
  return resultOf("Azure virtual network readiness", networkProblems(estate, target));
}

function networkProblems(estate: Estate, target: ConnectionTarget): readonly Problem[] {
  const network = virtualNetworkById(estate, parentOf(target.subnetId.toLowerCase()));
  if (network === undefined) {
    return [{ errorType: errorOf("VNetInvalid"), detail: `virtual network of "${target.subnetId}" does not exist` }];
  }
  const subnet = network.subnets.find((one) => one.id === target.subnetId.toLowerCase());
  if (subnet === undefined) {
    return [{ errorType: errorOf("SubnetInvalid"), detail: `subnet "${target.subnetId}" does not exist` }];
  }
  return [...regionProblems(network), ...delegationProblems(subnet), ...externalResources(estate, subnet)];
}

function regionProblems(network: VirtualNetwork): readonly Problem[] {
  return regions.regions.includes(network.location)
    ? []
    : [{ errorType: errorOf("UnsupportedVNetRegion"), detail: `region "${network.location}" is not supported` }];
}

function delegationProblems(subnet: Subnet): readonly Problem[] {
  const [service] = subnet.delegations;
  return service === undefined
    ? []
    : [
        {
          errorType: errorOf("SubnetDelegationFailed"),
          detail: `subnet "${subnet.name}" is delegated to "${service}"`,
        },
      ];
}

const otherServices = [
  "privateEndpoints",
  "applicationGateways",
  "azureFirewalls",
  "bastionHosts",
  "virtualNetworkGateways",
];

function externalResources(estate: Estate, subnet: Subnet): readonly Problem[] {
  const [first] = otherServices
    .flatMap((kind) => estate.ofType(`Microsoft.Network/${kind}`))
    .filter((resource) =>
      JSON.stringify(resource.properties ?? {})
        .toLowerCase()
        .includes(`"id":"${subnet.id}"`),
    );
  return first === undefined
    ? []
    : [
        {
          errorType: errorOf("SubnetWithExternalResources"),
          detail: `"${nameOf(first.id)}" stands in subnet "${subnet.name}"`,
        },
      ];
}

/**
 * Whether a lock keeps Windows 365 from working in the resource group. Azure Policy and the state of the subscription are checked
 * by Windows 365 too, but not here.
 */
export function tenantReadyCheck(estate: Estate, target: ConnectionTarget): HealthCheckResult {
  const group = target.resourceGroupId.toLowerCase();
  const locks = estate
    .ofType("Microsoft.Authorization/locks")
    .filter((lock) => isAtOrAbove(scopeOf(lock.id), group))
    .map((lock) => ({ name: nameOf(lock.id), level: text(record(lock.properties).level)?.toLowerCase() }));
  const problem = (level: string, errorType: string) =>
    locks
      .filter((lock) => lock.level === level)
      .map((lock) => ({ errorType: errorOf(errorType), detail: `lock "${lock.name}" holds the resource group` }));
  return resultOf("Azure tenant readiness", [
    ...problem("readonly", "ResourceGroupLockedForReadonly"),
    ...problem("cannotdelete", "ResourceGroupLockedForDelete"),
  ]);
}

/**
 * The three role assignments of the Windows 365 service principal, each at its scope or inherited from above.
 * https://learn.microsoft.com/windows-365/enterprise/role-based-access (page of 2024-05-08)
 */
export function permissionChecks(estate: Estate, target: ConnectionTarget): readonly HealthCheckResult[] {
  const group = target.resourceGroupId.toLowerCase();
  const checks = [
    [
      "subscription",
      parentOf(`${group}`),
      "acdd72a7-3385-48ef-bd42-f606fba81ae7",
      "permissionCheckNoSubscriptionReaderRole",
    ],
    [
      "resource group",
      group,
      "1f135831-5bbe-4924-9016-264044c00788",
      "permissionCheckNoWindows365NetworkInterfaceContributorRole",
    ],
    [
      "virtual network",
      parentOf(target.subnetId.toLowerCase()),
      "7eabc9a4-85f7-4f71-b8ab-75daaccc1033",
      "permissionCheckNoWindows365NetworkUserRole",
    ],
  ] as const;
  return checks.map(([place, scope, role, errorType]) =>
    resultOf(
      `First-party app permissions exist on Azure ${place}`,
      isAssigned(estate, target.servicePrincipalId, role, scope)
        ? []
        : [{ errorType, detail: `no role assignment at "${scope}"` }],
    ),
  );
}

function isAssigned(estate: Estate, principal: string, role: string, scope: string): boolean {
  return estate.ofType("Microsoft.Authorization/roleAssignments").some((assignment) => {
    const properties = record(assignment.properties);
    const definition = text(properties.roleDefinitionId) ?? reference(properties.roleDefinition) ?? "";
    return (
      text(properties.principalId)?.toLowerCase() === principal.toLowerCase() &&
      nameOf(definition).toLowerCase() === role &&
      isAtOrAbove(text(properties.scope)?.toLowerCase() ?? scopeOf(assignment.id), scope)
    );
  });
}

/** The scope of an extension resource such as a lock: what stands before its provider. */
function scopeOf(id: string): string {
  return id.slice(0, id.toLowerCase().lastIndexOf("/providers/microsoft.authorization/")).toLowerCase();
}

function isAtOrAbove(scope: string, place: string): boolean {
  return place === scope || place.startsWith(`${scope}/`);
}
