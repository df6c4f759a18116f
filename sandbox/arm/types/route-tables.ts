import { nameOf, parentId, sameId } from "../arm-id.ts";
import { childCascade, childEntries, repeatedName } from "../child-lists.ts";
import type { ArmError, ArmPut, ArmResource, EstateView } from "../contract.ts";
import { defineRules } from "../define-rules.ts";
import { identified } from "../ip-configurations.ts";
import { networkName } from "../name-rule.ts";
import { usersOf } from "../references.ts";
import { badRequest } from "../refusal.ts";
import { checkFirewallRoutes, checkGatewayRoutes } from "../reserved-subnets.ts";
import { checkRoute, checkRouteCount, type RouteEntry, routeList } from "../route.ts";
import { stableGuid } from "../stable.ts";
import { propertiesOf, records, text, type Wire } from "../wire.ts";

const subnetType = "Microsoft.Network/virtualNetworks/subnets";

/** Route tables with their routes inline. */
export const routeTables = defineRules({
  type: "Microsoft.Network/routeTables",
  apiVersion: "2024-05-01",
  name: networkName,
  place: "regional",
  defaults: { disableBgpRoutePropagation: false },
  notStored: ["subnets"],
  *refusePut(put) {
    const entries = records(put.body.properties.routes);
    const twin = repeatedName(entries);
    if (twin !== undefined) {
      yield badRequest("DuplicateResourceName", `Route table ${nameOf(put.id)} has more than one route named ${twin}.`);
    }
    const routes = entries.map((entry) => routeEntry(put.id, entry));
    for (const route of routes) yield* checkRoute(route, routes);
    const properties = Array.isArray(put.body.properties.routes)
      ? routes.map((route) => route.properties)
      : put.estate.children(put.id).map((child) => child.properties);
    yield* checkRouteCount(nameOf(put.id), properties);
    yield* checkServices(put.id, put.body.properties, properties, put.estate);
  },
  *refuseDelete({ id, estate }) {
    const users = usersOf(estate, id, subnetType);
    if (users.length === 0) return;
    yield badRequest(
      "InUseRouteTableCannotBeDeleted",
      `Route table ${nameOf(id)} is in use by ${users.map((user) => user.id).join(", ")} and cannot be deleted.`,
    );
  },
  computed: ({ id, body }) => ({
    resourceGuid: stableGuid(id),
    routes: identified(id, "routes", body.properties.routes, hasBgpOverride),
  }),
  cascade: (put) => childCascade(put, routeList),
  present,
  replaceOn: [],
  duration: { create: 3, update: 4, delete: 11 },
});

/** Routes written one by one; not to be mixed with inline ones. */
export const routes = defineRules({
  type: routeList.childType,
  apiVersion: "2024-05-01",
  name: networkName,
  place: "none",
  *refusePut({ id, body, estate }: ArmPut) {
    const table = estate.get(parentId(id) ?? "");
    if (table === undefined) return;
    const others = childEntries(table, routeList, estate)
      .map((entry) => routeEntry(table.id, entry))
      .filter((other) => !sameId(other.id, id));
    yield* checkRoute({ id, name: nameOf(id), properties: body.properties }, others);
    const properties = [...others.map((other) => other.properties), body.properties];
    yield* checkRouteCount(table.name, properties);
    yield* checkServices(table.id, table.properties, properties, estate);
  },
  computed: () => ({ hasBgpOverride: false }),
  locks: (id) => [parentId(id) ?? id],
  replaceOn: [],
  duration: { create: 3, update: 3, delete: 11 },
});

// A table in use keeps to the demands of the gateway or firewall behind it.
function* checkServices(
  tableId: string,
  table: Wire,
  routes: readonly Wire[],
  estate: EstateView,
): Generator<ArmError> {
  for (const subnet of usersOf(estate, tableId, subnetType)) {
    const occupants = estate.referrers(subnet.id);
    if (occupants.some((one) => one.type.toLowerCase() === "microsoft.network/virtualnetworkgateways")) {
      yield* checkGatewayRoutes(table, routes, nameOf(tableId));
    }
    const firewall = occupants.find((one) => one.type.toLowerCase() === "microsoft.network/azurefirewalls");
    if (firewall !== undefined && firewall.properties.managementIpConfiguration === undefined) {
      yield* checkFirewallRoutes(routes, nameOf(tableId));
    }
  }
}

function routeEntry(tableId: string, entry: Wire): RouteEntry {
  const name = text(entry.name) ?? "";
  return { id: `${tableId}/routes/${name}`, name, properties: propertiesOf(entry) };
}

function hasBgpOverride(): Wire {
  return { hasBgpOverride: false };
}

function present(table: ArmResource, estate: EstateView): ArmResource {
  const subnets = usersOf(estate, table.id, subnetType).map(({ id }) => ({ id }));
  return {
    ...table,
    properties: {
      ...table.properties,
      routes: childEntries(table, routeList, estate),
      ...(subnets.length > 0 ? { subnets } : {}),
    },
  };
}
