import { isUnknownMark } from "../../readers/pulumi/pulumi-value.ts";
import type { Rule } from "../rule.ts";
import { type RunResult, resultOf } from "../run-rules.ts";
import { designOf, type ProgramDesign } from "./program-design.ts";
import type { ProgramResource } from "./program-resource.ts";

/** What one rule says of a program. */
export type Judgement =
  | { readonly kind: "result"; readonly result: RunResult; readonly on: ProgramDesign & { readonly kind: "design" } }
  | Exclude<ProgramDesign, { readonly kind: "design" }>;

/**
 * Collects the resources of one operation as they are registered, and asks rules about all of them. A network is read once and each
 * rule asked once, however many policies want to know.
 */
export class ProgramJudge {
  readonly #seen = new Map<string, ProgramResource>();
  /** What was worked out of `#seen` as it is now, by what was asked. */
  #memory = new Map<string, unknown>();

  /** Takes in a resource that is about to be made, changed or left alone. */
  see(resource: ProgramResource): void {
    this.#seen.set(resource.urn, resource);
    this.#memory = new Map();
  }

  registered(urn: string): ProgramResource | undefined {
    return this.#seen.get(urn);
  }

  /** Why there is nothing that rules could judge, though there is a network; undefined where they can, or need not. */
  whyNotJudged(finished: () => readonly ProgramResource[]): string | undefined {
    const design = this.#once("design", () => designOf(finished()));
    return design.kind === "cannot be judged" ? design.because : undefined;
  }

  /** Everything, when the program has ended; `finished` is called only if nobody has asked before. */
  judgeAll(rule: Rule, finished: () => readonly ProgramResource[]): Judgement {
    const design = this.#once("design", () => designOf(finished()));
    return this.#judge(rule, "all", design);
  }

  /**
   * What a Windows 365 connection needs, before it is made. Undefined while its subnet is not known, which only a preview leaves
   * so: then the end of the preview judges it.
   */
  judgeConnection(rule: Rule, urn: string): Judgement | undefined {
    const subnetId = this.#seen.get(urn)?.inputs.subnetId;
    if (typeof subnetId !== "string" || isUnknownMark(subnetId)) return undefined;
    const design = this.#once(`design of ${subnetId}`, () => designOf([...this.#seen.values()], subnetId));
    return this.#judge(rule, subnetId, design);
  }

  #judge(rule: Rule, what: string, on: ProgramDesign): Judgement {
    if (on.kind !== "design") return on;
    const result = this.#once(`${rule.name} ${what}`, () => resultOf([{ rule, checks: rule.judge(on.design) }]));
    return { kind: "result", result, on };
  }

  #once<T>(key: string, compute: () => T): T {
    if (!this.#memory.has(key)) this.#memory.set(key, compute());
    return this.#memory.get(key) as T;
  }
}
