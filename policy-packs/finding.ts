import { hash } from "node:crypto";
import { normalizeId } from "../model/resource-id.ts";
import type { Observation, Rule } from "./rule.ts";
import type { Subject } from "./subject.ts";

/** An observation of a rule, as reports list it. */
export interface Finding extends Observation {
  /** The same in every run, whatever the order of the input and the wording of messages. */
  readonly id: string;
  readonly rule: Rule;
  /** The thing that was judged, such as the Cloud PC subnet. */
  readonly checked: Subject;
  /** The thing to change. */
  readonly subject: Subject;
}

/** Makes an observation a finding. */
export function findingOf(rule: Rule, checked: Subject, observation: Observation): Finding {
  const subject = observation.blamed ?? checked;
  const identity = [rule.name, normalizeId(checked.id), normalizeId(subject.id), observation.about];
  return { ...observation, id: hash("sha256", identity.join("\n")).slice(0, 16), rule, checked, subject };
}
