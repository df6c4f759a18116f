import type { RouteTable } from "../../model/estate/route-table.ts";
import { defined } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet } from "./resource-set.ts";

/** Route tables with their routes. */
export function readRouteTables(set: ResourceSet): readonly RouteTable[] {
  const type = "Microsoft.Network/routeTables";
  return set.of(type, ["routes"]).map((source) => ({
    ...resourceOf(source),
    routes: set.children(source, `${type}/routes`, "routes").map(
      ({ name, fields, condition }) =>
        condition ??
        fields.unknown ?? {
          name,
          addressPrefix: fields.required(fields.ruleAddress("addressPrefix"), `route "${name}": addressPrefix`),
          nextHopType: fields.required(
            fields.oneOf("nextHopType", ["VirtualNetworkGateway", "VnetLocal", "Internet", "VirtualAppliance", "None"]),
            `route "${name}": nextHopType`,
          ),
          ...defined({ nextHopIpAddress: fields.address("nextHopIpAddress") }),
        },
    ),
    ...defined({ disableBgpRoutePropagation: source.fields.boolean("disableBgpRoutePropagation") }),
  }));
}
