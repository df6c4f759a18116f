import type { Opinions } from "./both.ts";
import type { PacketQuestion } from "./random-estate/random-question.ts";

/** A place where Microsoft's pages allow two answers and the two opinions take one each, on purpose. */
export interface Reading {
  readonly name: string;
  /** The page that leaves it open. */
  readonly page: string;
  readonly read: string;
  /** What each of the two does, and why both may stand. */
  readonly why: string;
  readonly covers: (opinions: Opinions, question: PacketQuestion) => boolean;
}

const learn = "https://learn.microsoft.com/azure";
const read = "2026-11-21";

/** Every difference that is not a disagreement. A difference that none of these covers fails the test. */
export const readings: readonly Reading[] = [
  {
    name: "a flow that names an address shows no host name",
    page: `${learn}/firewall/rule-processing`,
    read,
    why: "Application rules compare the host name. The walker's packet carries none, so it matches none; the model answers for whatever name the client shows.",
    covers: ({ model, walker }) =>
      model.doubtful && mentions(model.trace, "looks at the host name") && walker.verdict !== "Allow",
  },
  {
    name: "both deny, and one of them after a layer that it left open",
    page: `${learn}/virtual-network/network-security-group-how-it-works`,
    read,
    why: "A certain denial outweighs a doubt. Which layer denies first depends on how the open layer decides, so only the verdict is compared.",
    covers: ({ model, walker }) =>
      model.verdict === "Deny" && walker.verdict === "Deny" && (model.doubtful || walker.doubtful),
  },
  {
    name: "what a name resolves to is open, but every address of the public one is denied",
    page: `${learn}/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances`,
    read,
    why: "The walker stops at a server it cannot reach for certain. The model goes on with the addresses of the dated snapshot.",
    covers: ({ model, walker }, { to }) =>
      isName(to) && model.verdict === "Deny" && walker.verdict === "Unknown" && mentions(walker.trace, "Dns "),
  },
];

/** The reading that covers a difference; undefined for a disagreement. */
export function readingOf(opinions: Opinions, question: PacketQuestion): Reading | undefined {
  return readings.find((reading) => reading.covers(opinions, question));
}

function mentions(trace: readonly string[], text: string): boolean {
  return trace.some((line) => line.includes(text));
}

function isName(text: string): boolean {
  return /[a-z]/i.test(text);
}
