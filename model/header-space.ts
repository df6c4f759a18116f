import { covers, type Intervals, intersect, intersects, smallest, subtract, unite } from "./intervals.ts";
import { allAddresses, type IpSpace } from "./ip-space.ts";
import { allPorts, type PortSpace } from "./port-range.ts";
import { allProtocols, type Protocol, type ProtocolSpace, protocols } from "./protocol.ts";

/** A product: every flow whose source, destination, protocol and ports are each in their set. */
export interface HeaderBox {
  readonly source: IpSpace;
  readonly destination: IpSpace;
  readonly protocol: ProtocolSpace;
  readonly sourcePort: PortSpace;
  readonly destinationPort: PortSpace;
}

/**
 * A set of flows, as disjoint boxes. The operations are exact: they keep the set laws (commutative, associative,
 * distributive, `a = (a ∩ b) ∪ (a \ b)`), whatever boxes the sets happen to be cut into.
 */
export type HeaderSpace = readonly HeaderBox[];

/** A single flow, or a witness for a set of them. */
export interface Header {
  readonly source: number;
  readonly destination: number;
  readonly protocol: Protocol;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** The empty set of flows. */
export const noFlows: HeaderSpace = [];

/** Every flow there is. */
export const allFlows: HeaderBox = {
  source: allAddresses,
  destination: allAddresses,
  protocol: allProtocols,
  sourcePort: allPorts,
  destinationPort: allPorts,
};

/** A box narrowed in some of its dimensions; empty when a dimension is. */
export function headerSpaceOf(box: Partial<HeaderBox>): HeaderSpace {
  const whole = { ...allFlows, ...box };
  return isEmptyBox(whole) ? noFlows : [whole];
}

/**
 * A text that is the same exactly for sets that are cut alike, to remember answers by. Undefined for a set whose text would take longer
 * than most answers.
 */
export function keyOfFlows(space: HeaderSpace): string | undefined {
  const parts = space.map(({ source, destination, protocol, sourcePort, destinationPort }) => [
    source,
    destination,
    protocol,
    sourcePort,
    destinationPort,
  ]);
  const length = parts.reduce((sum, box) => sum + box.reduce((inner, { length: own }) => inner + own, 0), 0);
  return length > 200 ? undefined : parts.map((box) => box.join(";")).join("|");
}

/** Flows of both sets. */
export function intersectFlows(a: HeaderSpace, b: HeaderSpace): HeaderSpace {
  const shared: HeaderBox[] = [];
  for (const x of a) {
    for (const y of b) {
      const both = intersectBoxes(x, y);
      if (both !== undefined) shared.push(both);
    }
  }
  return shared;
}

/** Flows of `a` that are not in `b`. */
export function subtractFlows(a: HeaderSpace, b: HeaderSpace): HeaderSpace {
  let left: HeaderSpace = a;
  for (const box of b) {
    if (left.length === 0) break;
    if (left.some((other) => boxesMeet(other, box))) left = left.flatMap((other) => subtractBox(other, box));
  }
  return left;
}

/** Flows of either set; the result is disjoint again. */
export function uniteFlows(a: HeaderSpace, b: HeaderSpace): HeaderSpace {
  return [...a, ...subtractFlows(b, a)];
}

/** Whether the set has no flow. */
export function isEmptyFlows(space: HeaderSpace): boolean {
  return space.length === 0;
}

/** Whether every flow of `inner` is in `outer`. */
export function coversFlows(outer: HeaderSpace, inner: HeaderSpace): boolean {
  return isEmptyFlows(subtractFlows(inner, outer));
}

/** Whether both hold the same flows, however they are cut. */
export function sameFlows(a: HeaderSpace, b: HeaderSpace): boolean {
  return coversFlows(a, b) && coversFlows(b, a);
}

/**
 * The smallest flow of the set, or `undefined` of the empty one. Ordered by destination, destination port, source,
 * protocol, source port, so that the same set always gives the same witness.
 */
export function smallestFlow(space: HeaderSpace): Header | undefined {
  let best: Header | undefined;
  for (const box of space) {
    const header = smallestOfBox(box);
    if (header !== undefined && (best === undefined || compareHeaders(header, best) < 0)) best = header;
  }
  return best;
}

/** The destinations that occur in the set. */
export function destinationsOf(space: HeaderSpace): IpSpace {
  return space.reduce<Intervals>((all, box) => unite(all, box.destination), []);
}

/** The sources that occur in the set. */
export function sourcesOf(space: HeaderSpace): IpSpace {
  return space.reduce<Intervals>((all, box) => unite(all, box.source), []);
}

/** The destination ports that occur in the set. */
export function destinationPortsOf(space: HeaderSpace): PortSpace {
  return space.reduce<Intervals>((all, box) => unite(all, box.destinationPort), []);
}

/** The protocols that occur in the set. */
export function protocolsOf(space: HeaderSpace): ProtocolSpace {
  return space.reduce<Intervals>((all, box) => unite(all, box.protocol), []);
}

/** Whether the flow is in the set. */
export function hasFlow(space: HeaderSpace, header: Header): boolean {
  const single = protocols.indexOf(header.protocol);
  const point: HeaderBox = {
    source: [header.source, header.source + 1],
    destination: [header.destination, header.destination + 1],
    protocol: [single, single + 1],
    sourcePort: [header.sourcePort, header.sourcePort + 1],
    destinationPort: [header.destinationPort, header.destinationPort + 1],
  };
  return space.some((box) => boxesMeet(box, point));
}

const dimensions = ["destination", "destinationPort", "source", "protocol", "sourcePort"] as const;

/** Dimension by dimension, those with few intervals first: most boxes that do not meet differ in protocol or port. */
function intersectBoxes(a: HeaderBox, b: HeaderBox): HeaderBox | undefined {
  const protocol = intersect(a.protocol, b.protocol);
  if (protocol.length === 0) return undefined;
  const destinationPort = intersect(a.destinationPort, b.destinationPort);
  if (destinationPort.length === 0) return undefined;
  const sourcePort = intersect(a.sourcePort, b.sourcePort);
  if (sourcePort.length === 0) return undefined;
  const source = intersect(a.source, b.source);
  if (source.length === 0) return undefined;
  const destination = intersect(a.destination, b.destination);
  return destination.length === 0 ? undefined : { source, destination, protocol, sourcePort, destinationPort };
}

/** Peels one dimension after the other, so at most five disjoint boxes remain. */
function subtractBox(from: HeaderBox, box: HeaderBox): readonly HeaderBox[] {
  if (!boxesMeet(from, box)) return [from];
  const rest: HeaderBox[] = [];
  let core = from;
  for (const dimension of dimensions) {
    if (covers(box[dimension], core[dimension])) continue;
    rest.push({ ...core, [dimension]: subtract(core[dimension], box[dimension]) });
    core = { ...core, [dimension]: intersect(core[dimension], box[dimension]) };
  }
  return rest;
}

function boxesMeet(a: HeaderBox, b: HeaderBox): boolean {
  return (
    intersects(a.protocol, b.protocol) &&
    intersects(a.destinationPort, b.destinationPort) &&
    intersects(a.sourcePort, b.sourcePort) &&
    intersects(a.source, b.source) &&
    intersects(a.destination, b.destination)
  );
}

function isEmptyBox(box: HeaderBox): boolean {
  return dimensions.some((dimension) => box[dimension].length === 0);
}

function smallestOfBox(box: HeaderBox): Header | undefined {
  const protocol = protocols[smallest(box.protocol) ?? -1];
  const [source, destination] = [smallest(box.source), smallest(box.destination)];
  const [sourcePort, destinationPort] = [smallest(box.sourcePort), smallest(box.destinationPort)];
  if (protocol === undefined || source === undefined || destination === undefined) return undefined;
  if (sourcePort === undefined || destinationPort === undefined) return undefined;
  return { source, destination, protocol, sourcePort, destinationPort };
}

function compareHeaders(a: Header, b: Header): number {
  return (
    a.destination - b.destination ||
    a.destinationPort - b.destinationPort ||
    a.source - b.source ||
    protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol) ||
    a.sourcePort - b.sourcePort
  );
}
