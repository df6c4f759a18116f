import { explain, type Question } from "../../model/explain.ts";
import type { Network } from "../../model/topology/network.ts";
import type { Evidence } from "../rule.ts";
import { type Subject, subjectOf } from "../subject.ts";

/** Puts a question whose ends are in the estate or in the catalogue; that it cannot be asked is a fault of the rule. Throws then. */
export function askFlow(network: Network, question: Question): Evidence {
  const { from, to, protocol, port, fromPort } = question;
  // Several rules look at the same flow from different sides.
  return network.memo("flow", JSON.stringify([from, to, protocol, port, fromPort]), () => {
    const answer = explain(network, question);
    if (!answer.ok) throw new Error(`a rule asked what cannot be asked: ${answer.message}`);
    return { question, answer: answer.value };
  });
}

/** The resource whose rule or route denied the flow, or left it open; `undefined` when no resource of the estate did. */
export function decidingResource({ answer }: Evidence): Subject | undefined {
  const step = answer.steps.find((each) => each.reached && each.verdict === answer.verdict);
  return step?.resourceId === undefined ? undefined : subjectOf(step.resourceId);
}
