import type { Answer, Hop } from "./answer.ts";
import { unknown } from "./answer.ts";
import type { Gateway } from "./gateway.ts";
import type { Packet } from "./packet.ts";
import type { Subnet } from "./virtual-network.ts";

/** A place a reply must pass on its way back, in the order the packet passed them. */
export type Station =
  | { readonly kind: "machine"; readonly address: number; readonly subnet: Subnet }
  | { readonly kind: "firewall"; readonly address: number; readonly leaves: Subnet | undefined; readonly name: string }
  | { readonly kind: "gateway"; readonly gateway: Gateway }
  | { readonly kind: "internet" };

/** A packet on its way, with everything that has happened to it. */
export interface Journey {
  readonly packet: Packet;
  readonly hops: readonly Hop[];
  readonly stations: readonly Station[];
  /** The source address the packet carried when it left each station. */
  readonly sources: readonly number[];
  /** A security rule of the user allowed the packet, which a peering without network access asks for. */
  readonly explicitlyAllowed: boolean;
  /** An appliance forwards the packet; false where its source left and behind a virtual network gateway. */
  readonly forwarded: boolean;
  /** Something on the way was left open; the packet may still be denied for certain later on. */
  readonly doubt: string | undefined;
}

/** A journey that begins. */
export function depart(packet: Packet, station: Station): Journey {
  return {
    packet,
    hops: [],
    stations: [station],
    sources: [packet.source],
    explicitlyAllowed: false,
    forwarded: false,
    doubt: undefined,
  };
}

/** The journey with more hops. */
export function withHops(journey: Journey, ...hops: readonly Hop[]): Journey {
  return { ...journey, hops: [...journey.hops, ...hops] };
}

/** The journey past one more station, perhaps with a changed packet. */
export function passing(journey: Journey, station: Station, packet: Packet = journey.packet): Journey {
  return { ...journey, packet, stations: [...journey.stations, station], sources: [...journey.sources, packet.source] };
}

/** The journey with a doubt; the first one is kept. */
export function doubting(journey: Journey, doubt: string): Journey {
  return { ...journey, doubt: journey.doubt ?? doubt };
}

/** The final answer: what would be allowed is Unknown while a doubt remains. */
export function conclude(answer: Answer, journey: Journey): Answer {
  return answer.verdict === "Allow" && journey.doubt !== undefined ? unknown(journey.doubt, answer.hops) : answer;
}
