import { hash } from "node:crypto";
import { normalizeId } from "../model/resource-id.ts";
import type { Observation, Rule } from "./rule.ts";
import type { Subject } from "./subject.ts";
import type { Waiver } from "./waiver.ts";

/** An observation of a rule, as reports list it. */
export interface Finding extends Omit<Observation, "outcome"> {
  /** `waived`: somebody accepts it for a while, which stays visible. */
  readonly outcome: Observation["outcome"] | "waived";
  /** What the rule said, whether it is waived or not. */
  readonly observed: Observation["outcome"];
  /**
   * Who accepts it, why, and until when.
   * @default - nobody does
   */
  readonly waiver?: Waiver;
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
  const id = hash("sha256", identity.join("\n")).slice(0, 16);
  return { ...observation, observed: observation.outcome, id, rule, checked, subject };
}
