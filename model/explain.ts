import { type AnswerPart, describePart, type JudgedBox, productsOf } from "./answer-parts.ts";
import { type Basis, weakest } from "./basis.ts";
import { allFlows, type HeaderSpace, headerSpaceOf, smallestFlow, subtractFlows, uniteFlows } from "./header-space.ts";
import { covers, subtract } from "./intervals.ts";
import type { IpSpace } from "./ip-space.ts";
import { type Endpoint, parseEndpoint } from "./path/endpoint.ts";
import { type Packet, packetOf } from "./path/packet.ts";
import type { Disposition, Step, Verdict } from "./path/step.ts";
import { traceFlow, verdictOf } from "./path/trace-flow.ts";
import type { Parsed } from "./prefix.ts";
import { hasPorts, type Protocol, protocolSpace } from "./protocol.ts";
import { type Network, type SubnetPlace, subnetLabel, subnetSpace } from "./topology/network.ts";
import { reservedAddresses } from "./topology/reserved-addresses.ts";

/** One question, in the words of a person. */
export interface Question {
  /** An address, prefix, `vnet/subnet`, host name or service tag. */
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  /** @default - every port */
  readonly port?: number;
  /** @default - every port */
  readonly fromPort?: number;
}

/** The answer to a question: what happens to its flows, and which rule or route decided. Contract: `explain --format json`. */
export interface Answer {
  readonly flow: {
    readonly from: { readonly kind: Endpoint["kind"]; readonly value: string; readonly subnet?: string };
    readonly to: { readonly kind: Endpoint["kind"]; readonly value: string };
    readonly protocol: Protocol;
    readonly port: number | null;
  };
  readonly verdict: Verdict;
  readonly basis: Basis;
  readonly disposition: Disposition;
  readonly because: string;
  readonly assumptions: readonly string[];
  readonly steps: readonly Step[];
  readonly returnSteps: readonly Step[];
  /** Empty when every flow of the question is answered alike. */
  readonly parts: readonly AnswerPart[];
}

/**
 * Answers whether every flow of the question passes, there and back. A set is Deny if any part is denied, else Unknown if any part
 * is not known. A question that names nothing in the input is answered with a message.
 */
export function explain(network: Network, question: Question): Parsed<Answer> {
  const from = parseEndpoint(network, question.from);
  const to = parseEndpoint(network, question.to);
  const wrong = [from, to].flatMap((end) => (end.ok ? [] : [end.message]));
  if ((question.port ?? question.fromPort) !== undefined && !hasPorts(question.protocol))
    wrong.push(`protocol ${question.protocol} has no ports`);
  if (!from.ok || !to.ok || wrong.length > 0) return { ok: false, message: wrong.join("; ") };
  if (from.value.kind === "fqdn") return { ok: false, message: `a flow cannot come from a name: "${question.from}"` };
  return { ok: true, value: explainFlow(network, from.value, to.value, question) };
}

/** The same for ends that have been read already. */
export function explainFlow(network: Network, from: Endpoint, to: Endpoint, question: Question): Answer {
  const ports = (port: number | undefined) => (port === undefined ? undefined : [port, port + 1]);
  const [sourcePort, destinationPort] = [ports(question.fromPort), ports(question.port)];
  const space = headerSpaceOf({
    source: from.space,
    destination: askedDestinations(network, to),
    protocol: protocolSpace(question.protocol),
    ...(sourcePort === undefined ? {} : { sourcePort }),
    ...(destinationPort === undefined ? {} : { destinationPort }),
  });
  const packets = traceFlow(network, from, to, packetOf(space));
  const judged = softened(packets, to.symbolic).sort(compareParts);
  const home = from.place ?? subnetHolding(network, from);
  const flow = {
    from: { kind: from.kind, value: from.value, ...(home === undefined ? {} : { subnet: subnetLabel(home) }) },
    to: { kind: to.kind, value: to.value },
    protocol: question.protocol,
    port: question.port ?? null,
  };
  const allOfIt = { ...allFlows, destination: to.space, ...(sourcePort === undefined ? {} : { sourcePort }) };
  return summed(flow, judged, (box) => describePart(network, box, allOfIt));
}

/** A prefix or subnet stands for its machines: what Azure reserves is asked about only when nothing else is. */
function askedDestinations(network: Network, { kind, space }: Endpoint): IpSpace {
  if (kind !== "prefix" && kind !== "subnet") return space;
  const usable = subtract(space, reservedAddresses(network));
  return usable.length === 0 ? space : usable;
}

/** The subnet of the input that a whole address or prefix lies in. */
function subnetHolding(network: Network, { kind, space }: Endpoint): SubnetPlace | undefined {
  if (kind !== "address" && kind !== "prefix") return undefined;
  return network.estate.virtualNetworks
    .flatMap((virtualNetwork) => virtualNetwork.subnets.map((subnet) => ({ id: subnet.id, virtualNetwork, subnet })))
    .find(({ subnet }) => covers(subnetSpace(subnet), space));
}

interface JudgedPart {
  readonly packet: Packet;
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  readonly because: string;
}

/**
 * A name has *some* address. When only a part of the addresses that it may have is denied, the flow may pass or not: Unknown,
 * unless every address is denied for some source and port.
 */
function softened(packets: readonly Packet[], symbolic: boolean): JudgedPart[] {
  const parts = packets.map(partOf);
  if (!symbolic) return parts;
  const anywhere = (space: HeaderSpace): HeaderSpace =>
    space.reduce<HeaderSpace>((all, box) => uniteFlows(all, headerSpaceOf({ ...box, destination: [0, 2 ** 32] })), []);
  const open = parts
    .filter((part) => part.verdict !== "Deny")
    .reduce<HeaderSpace>((all, part) => uniteFlows(all, anywhere(part.packet.space)), []);
  return parts.map((part) => {
    if (part.verdict !== "Deny" || subtractFlows(anywhere(part.packet.space), open).length > 0) return part;
    const because = `only for some of the addresses it may have: ${part.because}`;
    return { ...part, verdict: "Unknown", disposition: "InsufficientInfo", because };
  });
}

function partOf(packet: Packet): JudgedPart {
  const verdict = verdictOf(packet);
  const obstacle = verdict === "Deny" ? packet.denied : packet.doubt;
  if (obstacle !== undefined) return { packet, verdict, disposition: obstacle.disposition, because: obstacle.because };
  const last = packet.steps
    .filter((step) => step.rule !== undefined || step.route !== undefined || step.egress !== undefined)
    .at(-1);
  return {
    packet,
    verdict,
    disposition: packet.end ?? "Delivered",
    because: last?.because ?? "nothing stands in the way",
  };
}

function summed(flow: Answer["flow"], parts: readonly JudgedPart[], describe: (box: JudgedBox) => AnswerPart): Answer {
  const deciding = parts[0];
  if (deciding === undefined) {
    const because = "the question holds no flow";
    return {
      flow,
      verdict: "Unknown",
      basis: "geometry",
      disposition: "InsufficientInfo",
      because,
      assumptions: [],
      steps: [],
      returnSteps: [],
      parts: [],
    };
  }
  const { packet, verdict, disposition, because } = deciding;
  const basis = verdict === "Allow" ? weakest(...parts.map((part) => part.packet.basis)) : "geometry";
  const assumptions = [...new Set(parts.flatMap((part) => part.packet.assumptions))];
  const differs = parts.some((part) =>
    (["verdict", "disposition", "because"] as const).some((key) => part[key] !== deciding[key]),
  );
  let listed: readonly AnswerPart[] | undefined;
  const list = () => productsOf(parts.map(({ packet, ...rest }) => ({ ...rest, space: packet.space }))).map(describe);
  return {
    flow,
    verdict,
    basis,
    disposition,
    because,
    assumptions,
    steps: packet.steps,
    returnSteps: packet.returnSteps,
    // Most of those who ask want the verdict only, and listing parts takes as long as finding it.
    get parts() {
      listed ??= differs ? list() : [];
      return listed;
    },
  };
}

/** Deny before Unknown before Allow, then by the smallest flow, so that an answer does not depend on the order of the input. */
function compareParts(a: JudgedPart, b: JudgedPart): number {
  const rank = { Deny: 0, Unknown: 1, Allow: 2 };
  const order = rank[a.verdict] - rank[b.verdict];
  if (order !== 0) return order;
  const [x, y] = [smallestFlow(a.packet.space), smallestFlow(b.packet.space)];
  if (x === undefined || y === undefined) return 0;
  return x.destination - y.destination || x.destinationPort - y.destinationPort || x.source - y.source;
}
