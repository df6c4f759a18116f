import { destinationsOf, headerSpaceOf } from "../header-space.ts";
import { intersect, subtract } from "../intervals.ts";
import { unsettledRoutes } from "../routes/managed-routes.ts";
import { type Network, type SubnetPlace, subnetLabel } from "../topology/network.ts";
import { currentSpace, ended, judged, narrow, type Packet } from "./packet.ts";

/** Ends as Unknown what a Virtual Network Manager may route another way than the input shows. */
export function splitUnsettled(
  network: Network,
  packet: Packet,
  place: SubnetPlace,
): { readonly unsettled: readonly Packet[]; readonly rest: Packet | undefined } {
  const changes = unsettledRoutes(network, place);
  if (changes.length === 0) return { unsettled: [], rest: packet };
  let left = destinationsOf(currentSpace(packet));
  const unsettled: Packet[] = [];
  for (const { destinations, because } of changes) {
    const part = narrow(packet, headerSpaceOf({ destination: intersect(left, destinations) }));
    left = subtract(left, destinations);
    if (part === undefined) continue;
    const at = { kind: "Route", at: subnetLabel(place), resourceId: place.id } as const;
    unsettled.push(
      ended(judged(part, { ...at, verdict: "Unknown", because, disposition: "InsufficientInfo" }), "InsufficientInfo"),
    );
  }
  return { unsettled, rest: narrow(packet, headerSpaceOf({ destination: left })) };
}
