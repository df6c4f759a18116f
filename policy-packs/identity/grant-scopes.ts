import type { RequiredRole } from "../../catalogue/roles.ts";
import { builtInRole } from "../../catalogue/roles.ts";
import { knownOr } from "../../model/read.ts";
import type { ResourceId } from "../../model/resource-id.ts";
import { refersTo } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../cloud-pc-subnet.ts";
import type { Design } from "../rule.ts";
import { indexByScope, scopeKind, subscriptionScope } from "./azure-scope.ts";
import { roleAssignmentsOf, roleGuid, windows365Principal } from "./role-grants.ts";

/** Something that Windows 365 needs a role on. */
export interface GrantScope {
  readonly kind: RequiredRole["scope"];
  readonly id: ResourceId;
  /** The plan says that the design grants it, so what is not in the design is missing. */
  readonly planned: boolean;
  /** A person vouches that it was granted before. */
  readonly vouched: boolean;
  readonly assumptions: readonly string[];
}

/** What Windows 365 needs roles on for the Cloud PCs of a design, each scope once. */
export function grantScopes(design: Design): readonly GrantScope[] {
  const scopes = design.cloudPcSubnets.flatMap((subnet) => {
    const network = subnet.place.virtualNetwork.id;
    const groups = resourceGroupsOf(design, subnet);
    const plans = subnet.connections ?? [];
    const subscription = {
      kind: "subscription",
      id: subscriptionScope(network),
      planned: plans.some(({ subscriptionRoleAssignment }) => subscriptionRoleAssignment === "create"),
      vouched: plans.some(({ subscriptionRoleAssignment }) => subscriptionRoleAssignment === "existing"),
      assumptions: [],
    } as const;
    const planned = plans.length > 0;
    const ofNetwork = { kind: "virtualNetwork", id: network, planned, vouched: false, assumptions: [] } as const;
    return [
      subscription,
      ...groups.map((group): GrantScope => ({ ...group, kind: "resourceGroup", vouched: false })),
      ofNetwork,
    ];
  });
  const index = indexByScope(scopes, ({ id }) => id);
  return scopes.filter((scope) => index.at(scope.id)[0] === scope);
}

/**
 * The resource groups that get the network interfaces: those that connections of the input name, else those that are planned, else
 * any on which somebody has the role made for it.
 */
function resourceGroupsOf(design: Design, { place, connections = [] }: CloudPcSubnet) {
  const named = design.network.estate.azureNetworkConnections
    .filter(({ subnetId }) => refersTo(subnetId, place.id))
    .flatMap(({ resourceGroupId }) => knownOr(resourceGroupId, undefined) ?? []);
  if (named.length > 0) return named.map((id) => ({ id, planned: false, assumptions: [] }));
  const planned = connections.flatMap(({ resourceGroupId }) => resourceGroupId ?? []);
  if (planned.length > 0) return planned.map((id) => ({ id, planned: true, assumptions: [] }));
  return likelyResourceGroups(design, place.virtualNetwork.id);
}

function likelyResourceGroups(design: Design, network: ResourceId) {
  const assignments = roleAssignmentsOf(design).filter(
    ({ scope }) => scopeKind(knownOr(scope, "")) === "resourceGroup",
  );
  const role = builtInRole("windows365-network-interface-contributor").roleDefinitionId;
  const principal = windows365Principal(design);
  const withRole = assignments.filter((each) => roleGuid(each) === role);
  const ofWindows365 = assignments.filter((each) => principal.known && principal.is(knownOr(each.principalId, "")));
  const [likely] = withRole.length > 0 ? withRole : ofWindows365;
  const id = knownOr(likely?.scope, undefined);
  if (id === undefined) {
    // Nothing tells which group it is: that of the virtual network is what the portal offers first.
    const own = network.split("/").slice(0, 5).join("/");
    return [
      {
        id: own,
        planned: false,
        assumptions: [`network interfaces go to the resource group of the virtual network, "${own}"`],
      },
    ];
  }
  return [
    {
      id,
      planned: false,
      assumptions: [`network interfaces go to resource group "${id}", on which Windows 365 has a role`],
    },
  ];
}
