import type { Endpoint } from "./endpoint.ts";
import { loadData } from "./load-data.ts";
import { microsoft365Endpoints } from "./microsoft365-endpoints.ts";

/** Files of endpoint rows, in the order in which rows are listed. */
const files = [
  "endpoints-windows365",
  "endpoints-azure-virtual-desktop",
  "endpoints-entra",
  "endpoints-intune",
  "endpoints-windows",
  "endpoints-client",
] as const;

/** Every endpoint row of the catalogue, whatever its status, cloud or side. Their ids are all different. */
export function allEndpoints(): readonly Endpoint[] {
  rows ??= [
    ...files.flatMap((file) => loadData(file).endpoints),
    ...microsoft365Endpoints(loadData("endpoints-microsoft365")),
  ];
  return rows;
}

/** The row with this id, if there is one. */
export function endpointById(id: string): Endpoint | undefined {
  byId ??= new Map(allEndpoints().map((row) => [row.id, row]));
  return byId.get(id);
}

let rows: readonly Endpoint[] | undefined;
let byId: ReadonlyMap<string, Endpoint> | undefined;
