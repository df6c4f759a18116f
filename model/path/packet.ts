import { type Basis, weakest } from "../basis.ts";
import { type HeaderBox, type HeaderSpace, headerSpaceOf, intersectFlows } from "../header-space.ts";
import { hasMember } from "../intervals.ts";
import { addressSpaceOf, allAddresses, type IpSpace } from "../ip-space.ts";
import type { SubnetPlace } from "../topology/network.ts";
import type { Disposition, Step } from "./step.ts";

/** What stands in the way, or may. */
export interface Obstacle {
  readonly disposition: Disposition;
  readonly because: string;
}

/** A part of the way there that ended where a firewall translated the source. */
export interface Leg {
  /** The subnet of that firewall, from which the answer goes on. */
  readonly place: SubnetPlace;
  /** The source on this leg; absent when it was still the one of the question. */
  readonly source?: number;
  /** The stateful hops of this leg. */
  readonly stateful: readonly string[];
}

/**
 * A set of flows on its way that has met the same decisions so far. `space` is as it was asked; translations are applied
 * when a layer looks (`currentSpace`) and undone when a layer splits (`narrow`), so every part of an answer is a part of the
 * question.
 */
export interface Packet {
  readonly space: HeaderSpace;
  /** The source after translation. */
  readonly source?: number;
  /** The destination and port after translation. */
  readonly destination?: { readonly address: number; readonly port?: number };
  readonly steps: readonly Step[];
  readonly returnSteps: readonly Step[];
  /** The first Deny: later layers are evaluated, but not reached. */
  readonly denied?: Obstacle;
  /** The first Unknown. */
  readonly doubt?: Obstacle;
  readonly basis: Basis;
  readonly assumptions: readonly string[];
  /** Stateful hops since the source was last translated, in order: the way back must pass the same ones. */
  readonly stateful: readonly string[];
  /** What lies before each translation of the source, in order: the way back is walked leg by leg. */
  readonly legs: readonly Leg[];
  /** Every appliance passed, to see loops. */
  readonly visited: readonly string[];
  /** It came in by a gateway and has met no appliance since: gateway transit carries it over peerings. */
  readonly fromGateway?: boolean;
  /** The public addresses it may come from once it left for the Internet; absent when that may be any. */
  readonly leftBy?: IpSpace;
  /** How it ended; absent on the way. */
  readonly end?: Disposition;
}

/** The packet of a question, before its first step. */
export function packetOf(space: HeaderSpace): Packet {
  return { space, steps: [], returnSteps: [], basis: "geometry", assumptions: [], stateful: [], legs: [], visited: [] };
}

/** The flows as they are on the wire now. */
export function currentSpace(packet: Packet): HeaderSpace {
  const changes: Partial<HeaderBox> = {
    ...(packet.source === undefined ? {} : { source: addressSpaceOf(packet.source) }),
    ...(packet.destination === undefined ? {} : { destination: addressSpaceOf(packet.destination.address) }),
    ...(packet.destination?.port === undefined
      ? {}
      : { destinationPort: [packet.destination.port, packet.destination.port + 1] }),
  };
  return packet.space.map((box) => ({ ...box, ...changes }));
}

/** The part of the packet whose current form is in the region; `undefined` when there is none. */
export function narrow(packet: Packet, region: HeaderSpace): Packet | undefined {
  const space = intersectFlows(packet.space, untranslated(packet, region));
  return space.length === 0 ? undefined : { ...packet, space };
}

/** The region as it looks before the translations of the packet. */
function untranslated({ source, destination }: Packet, region: HeaderSpace): HeaderSpace {
  if (source === undefined && destination === undefined) return region;
  return region.flatMap((box): HeaderSpace => {
    if (source !== undefined && !hasMember(box.source, source)) return [];
    if (destination !== undefined && !hasMember(box.destination, destination.address)) return [];
    if (destination?.port !== undefined && !hasMember(box.destinationPort, destination.port)) return [];
    return headerSpaceOf({
      ...box,
      ...(source === undefined ? {} : { source: allAddresses }),
      ...(destination === undefined ? {} : { destination: allAddresses }),
      ...(destination?.port === undefined ? {} : { destinationPort: [0, 65_536] }),
    });
  });
}

/** What one layer found. */
export interface Judgement extends Omit<Step, "reached"> {
  /** Of a Deny; an Unknown ends as InsufficientInfo. */
  readonly disposition: Disposition;
  readonly basis?: Basis;
}

/** Adds a step; the first Deny and the first Unknown stay. */
export function judged(packet: Packet, { disposition, basis, ...step }: Judgement): Packet {
  const reached = packet.denied === undefined;
  const next: Packet = { ...packet, steps: [...packet.steps, { ...step, reached }] };
  if (step.verdict === "Allow") return { ...next, basis: weakest(packet.basis, basis ?? "geometry") };
  if (step.verdict === "Deny") return { ...next, denied: packet.denied ?? { disposition, because: step.because } };
  return { ...next, doubt: packet.doubt ?? { disposition: "InsufficientInfo", because: step.because } };
}

/** The packet at its end. */
export function ended(packet: Packet, end: Disposition): Packet {
  return { ...packet, end };
}

/** Adds what had to be taken as given. */
export function assuming(packet: Packet, ...assumptions: readonly (string | undefined)[]): Packet {
  const more = assumptions.filter(
    (text) => text !== undefined && !packet.assumptions.includes(text),
  ) as readonly string[];
  return more.length === 0 ? packet : { ...packet, assumptions: [...packet.assumptions, ...more] };
}

/** A firewall puts its own address in place of the source: what came before is a leg of its own on the way back. */
export function withSource(packet: Packet, source: number, place: SubnetPlace | undefined): Packet {
  const before = packet.source === undefined ? {} : { source: packet.source };
  const leg = place === undefined ? [] : [{ place, stateful: packet.stateful, ...before }];
  return { ...packet, source, stateful: [], legs: [...packet.legs, ...leg] };
}
