import { headerSpaceOf } from "../header-space.ts";
import { intersect, subtract } from "../intervals.ts";
import { addressSpaceOf, formatIpSpace, type IpSpace, ipSpaceOf } from "../ip-space.ts";
import { platformAddress, publicAddresses } from "../special-addresses.ts";
import { routesOfGateway } from "../topology/gateways.ts";
import { type Network, placeOf, subnetSpace } from "../topology/network.ts";
import { splitByInterface } from "./deliver.ts";
import type { Endpoint } from "./endpoint.ts";
import { judged, narrow, type Packet } from "./packet.ts";
import type { Origin } from "./walk.ts";

/** A part of the question with the place it starts from. */
export interface Start {
  readonly packet: Packet;
  readonly origin: Origin;
}

/**
 * Cuts a question by where its sources are: in a subnet of the estate (network interfaces apart), behind a gateway that knows
 * them, the platform's own, or on the Internet.
 */
export function startsOf(network: Network, packet: Packet, from: Endpoint): readonly Start[] {
  const places = from.place === undefined ? allPlaces(network) : [from.place];
  let left = from.space;
  const starts: Start[] = [];
  const take = (space: IpSpace, origin: Origin) => {
    const part = narrow(packet, headerSpaceOf({ source: space }));
    left = subtract(left, space);
    if (part !== undefined) starts.push({ packet: part, origin });
  };
  for (const place of places) {
    const inside = intersect(left, subnetSpace(place.subnet));
    if (inside.length === 0) continue;
    for (const { space, networkInterface } of splitByInterface({ network }, place, inside)) {
      take(space, { kind: "subnet", place, ...(networkInterface === undefined ? {} : { networkInterface }) });
    }
  }
  for (const gateway of network.estate.virtualNetworkGateways) {
    const home = gateway.subnetIds.map((id) => placeOf(network, id)).find((place) => place !== undefined);
    const known = routesOfGateway(network, gateway).routes.filter((route) => route.prefix.length > 0);
    const behind = intersect(left, ipSpaceOf(known.map((route) => route.prefix)));
    if (home === undefined || behind.length === 0) continue;
    take(behind, { kind: "onPremises", gatewayName: gateway.name, place: home });
  }
  const platform = intersect(left, addressSpaceOf(platformAddress));
  if (platform.length > 0) {
    left = subtract(left, platform);
    starts.push(...fromPlatform(packet, platform));
  }
  const outside = intersect(left, publicAddresses);
  if (outside.length > 0) take(outside, { kind: "internet" });
  return left.length === 0 ? starts : [...starts, ...nowhere(packet, left)];
}

/**
 * The host sends health probes and answers of DNS and DHCP itself, whatever the routes say, and gets the answers.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16, read 2026-11-20.
 */
function fromPlatform(packet: Packet, space: IpSpace): readonly Start[] {
  const part = narrow(packet, headerSpaceOf({ source: space }));
  if (part === undefined) return [];
  const because = "the platform sends it from the host, whatever the routes say";
  const step = { kind: "Platform", at: "platform", verdict: "Allow", because, disposition: "NoRoute" } as const;
  return [{ packet: judged(part, step), origin: { kind: "elsewhere" } }];
}

function nowhere(packet: Packet, space: IpSpace): readonly Start[] {
  const part = narrow(packet, headerSpaceOf({ source: space }));
  if (part === undefined) return [];
  const because = `no subnet and no gateway of the input knows ${formatIpSpace(space)}`;
  const step = { kind: "Route", at: "source", verdict: "Unknown", because, disposition: "InsufficientInfo" } as const;
  return [{ packet: judged(part, step), origin: { kind: "elsewhere" } }];
}

function allPlaces(network: Network) {
  return network.estate.virtualNetworks.flatMap((virtualNetwork) =>
    virtualNetwork.subnets.map((subnet) => ({ id: subnet.id, virtualNetwork, subnet })),
  );
}
