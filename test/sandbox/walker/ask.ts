import type { Answer } from "../../../sandbox/walker/answer.ts";
import type { WalkerInput } from "../../../sandbox/walker/estate.ts";
import { openEstate } from "../../../sandbox/walker/estate.ts";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { walkPacket } from "../../../sandbox/walker/walk-packet.ts";

/** Input with empty tables but for what is given. */
export function input(given: Partial<WalkerInput>): WalkerInput {
  return { resources: [], serviceTags: {}, fqdnTags: {}, dnsRecords: {}, ...given };
}

/** Walks one packet over resources. */
export function ask(given: Partial<WalkerInput>, question: Question): Answer {
  return walkPacket(openEstate(input(given)), question);
}

/** Verdict, disposition and reason of an answer: what the tables of these tests compare. */
export function summary({ verdict, disposition, because }: Answer): readonly string[] {
  return [verdict, disposition, because];
}
