import { destinationsOf, type HeaderBox, type HeaderSpace, headerSpaceOf, subtractFlows } from "../header-space.ts";
import { hasMember, subtract } from "../intervals.ts";
import { addressSpaceOf } from "../ip-space.ts";
import { allPorts } from "../port-range.ts";
import { formatAddress } from "../prefix.ts";
import { knownOr } from "../read.ts";
import { publicAddresses } from "../special-addresses.ts";
import { atPublicAddress } from "./from-internet.ts";
import { currentSpace, ended, judged, narrow, type Packet } from "./packet.ts";
import { holderOf } from "./public-address-holder.ts";
import type { Walk } from "./walk.ts";

type PublicIp = Parameters<typeof atPublicAddress>[2];

/**
 * A flow that left for the Internet may go to a public address of the estate: it comes in again there like any other, from the
 * public address it left by. Applies to destinations given as addresses; a name or a tag stands for addresses outside.
 */
export function backToOwnAddress(walk: Walk, packet: Packet): readonly Packet[] {
  // By a gateway it leaves for a network that is not ours to know.
  const isOutside = packet.steps.some(({ kind, egress }) => egress !== undefined || kind === "Appliance");
  if (walk.givenAddresses !== true || packet.end !== "ExitsNetwork" || !isOutside) return [packet];
  const wanted = destinationsOf(currentSpace(packet));
  let left = wanted;
  const parts: Packet[] = [];
  for (const publicIp of walk.network.estate.publicIPAddresses) {
    const address = knownOr(publicIp.ipAddress, undefined);
    if (address === undefined || !hasMember(left, address)) continue;
    left = subtract(left, addressSpaceOf(address));
    const part = narrow(packet, headerSpaceOf({ destination: addressSpaceOf(address) }));
    if (part === undefined) continue;
    const why = unfollowed(walk, part, publicIp, address);
    for (const came of comeIn(walk, part, publicIp)) {
      // What nobody takes is certain, whoever sends it.
      const isCertain = why === undefined || (came.end === "NoRoute" && came.denied !== undefined);
      parts.push(isCertain ? came : unclear({ ...part, space: came.space }, publicIp, address, why));
    }
  }
  if (parts.length === 0) return [packet];
  const outside = narrow(packet, headerSpaceOf({ destination: left }));
  return outside === undefined ? parts : [...parts, outside];
}

/** Comes back to what sent it: Microsoft does not say what happens then. */
function unfollowed({ network }: Walk, packet: Packet, publicIp: PublicIp, address: number): string | undefined {
  const holder = holderOf(network, publicIp);
  if (holder.kind === "none" || holder.kind === "other") return undefined;
  if (packet.steps.every(({ egress }) => egress === undefined))
    return "where the appliance sends the flow is not modelled";
  if (holder.kind === "firewall" && packet.visited.includes(holder.firewall.id))
    return `whether firewall "${holder.firewall.name}" takes back what it sent out itself is not modelled`;
  return packet.leftBy !== undefined && hasMember(packet.leftBy, address)
    ? "whether a flow reaches the address that it leaves by is not modelled"
    : undefined;
}

/**
 * The rest of the way, from some of the addresses and ports that the flow may have outside. What only some of them are denied is
 * Unknown. The question's own sources are put back at the end.
 */
function comeIn(walk: Walk, packet: Packet, publicIp: PublicIp): readonly Packet[] {
  const inbound: Walk = { ...walk, origin: { kind: "internet" } };
  const { end: _, source: __, leftBy = publicAddresses, ...rest } = packet;
  return packet.space.flatMap((box) => {
    const space = [{ ...box, source: leftBy, sourcePort: allPorts }];
    const came = atPublicAddress(inbound, { ...rest, space, stateful: [], legs: [], returnSteps: [] }, publicIp);
    const spaceOf = (parts: readonly Packet[]) => parts.flatMap((part) => part.space);
    const refused = came.filter(({ denied }) => denied !== undefined);
    const sometimesIn = asAsked(subtractFlows(space, spaceOf(refused)), box);
    const sometimesOut = asAsked(spaceOf(refused), box);
    let told: HeaderSpace = [];
    const tell = (part: Packet, flows: HeaderSpace) => {
      const fresh = subtractFlows(flows, told);
      told = [...told, ...fresh];
      const returnSteps = [...packet.returnSteps, ...part.returnSteps];
      return fresh.length === 0 ? [] : [{ ...part, returnSteps, space: fresh }];
    };
    return [...came].sort(worstFirst).flatMap((part) => {
      const own = asAsked(part.space, box);
      if (part.denied === undefined) return tell(part, subtractFlows(own, sometimesOut));
      return [...tell(part, subtractFlows(own, sometimesIn)), ...tell(doubtful(part), own)];
    });
  });
}

function worstFirst(a: Packet, b: Packet): number {
  const rank = ({ denied, doubt }: Packet) => (denied !== undefined ? 0 : doubt !== undefined ? 1 : 2);
  return rank(a) - rank(b);
}

function doubtful({ denied, ...part }: Packet): Packet {
  const because = `it depends on the public address that the flow leaves by: ${denied?.because ?? ""}`;
  return { ...part, end: "InsufficientInfo", doubt: part.doubt ?? { disposition: "InsufficientInfo", because } };
}

/** Flows as the question has them: with its sources in place of those outside. */
function asAsked(space: HeaderSpace, { source, sourcePort }: HeaderBox): HeaderSpace {
  return space.map((found) => ({ ...found, source, sourcePort }));
}

function unclear(packet: Packet, { name, id }: PublicIp, address: number, why: string): Packet {
  const because = `${formatAddress(address)} is public IP address "${name}" of the input, and ${why}`;
  const step = {
    kind: "Route",
    at: name,
    resourceId: id,
    verdict: "Unknown",
    because,
    disposition: "NoRoute",
  } as const;
  return ended(judged(packet, step), "InsufficientInfo");
}
