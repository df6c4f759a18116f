import type { EffectiveRoute } from "../../model/routes/effective-routes.ts";
import { alignColumns } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** The effective routes of a subnet and what had to be taken as given for them. */
export interface SubnetRoutes {
  /** `vnet/subnet` */
  readonly subnet: string;
  readonly routes: readonly EffectiveRoute[];
  readonly assumptions: readonly string[];
}

/** In the form of `docs/schemas/routes.schema.json`. */
export function routesJson({ subnet, routes, assumptions }: SubnetRoutes) {
  return { schemaVersion: 1, subnet, assumptions, routes };
}

/** A table with the columns of Azure's "effective routes", in the order in which the routes win, and why one does not count. */
export function routesText({ subnet, routes, assumptions }: SubnetRoutes, paint: Paint): string {
  const heading = ["source", "state", "address prefix", "next hop type", "next hop", "name", ""];
  const rows = routes.map((route) =>
    [
      route.source,
      route.state,
      route.addressPrefixes.join(", "),
      route.nextHopType,
      route.nextHopIpAddress.join(", ") || "-",
      route.name ?? "-",
      route.because ?? "",
    ].map(printable),
  );
  const lines = alignColumns([heading, ...rows], (text, row) =>
    row === 0 || routes[row - 1]?.state === "Invalid" ? paint.faint(text) : text,
  );
  const active = routes.filter(({ state }) => state === "Active").length;
  return [
    `${printable(subnet)}: ${active} of ${routes.length} routes active`,
    "",
    ...lines,
    ...assumptions.map(
      (text, index) => `${index === 0 ? `\n${paint.faint("assumed")}` : "       "}  ${printable(text)}`,
    ),
    "",
  ].join("\n");
}
