import type { Question } from "../../model/explain.ts";
import type { Network } from "../../model/topology/network.ts";
import type { Observation } from "../rule.ts";
import { askFlow, decidingResource } from "./ask-flow.ts";
import { closingChange } from "./closing-change.ts";

/**
 * Asks whether *no* flow of a set passes. `explain` calls a set denied when any part of it is, so each part is looked at.
 *
 * @param flow - what is asked, for the message: `the Internet to vnet/subnet, Tcp`
 */
export function judgeClosed(network: Network, question: Question, flow: string): readonly Observation[] {
  const { answer } = askFlow(network, question);
  const parts = answer.parts.length === 0 ? [answer] : answer.parts;
  const open = parts.find(({ verdict }) => verdict === "Allow") ?? parts.find(({ verdict }) => verdict === "Unknown");
  if (open === undefined) return [];
  // The trace of a set is that of its worst part; the one to show here is that of the open part.
  const evidence = askFlow(network, "witness" in open ? { ...question, ...open.witness } : question);
  const blamed = decidingResource(evidence);
  const change =
    open.verdict === "Allow" ? closingChange(network, evidence, question.to) : blamed === undefined ? {} : { blamed };
  const example =
    "witness" in open ? `, for example ${open.witness.from} to ${open.witness.to} port ${open.witness.port}` : "";
  const what = open.verdict === "Allow" ? "is let in" : "is not known to be denied";
  return [
    {
      outcome: open.verdict === "Allow" ? "fail" : "undecided",
      about: `${question.from} ${question.protocol}`,
      message: `${flow} ${what}${example}: ${open.because}`,
      evidence,
      ...change,
    },
  ];
}
