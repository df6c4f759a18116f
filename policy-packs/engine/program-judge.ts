import { isUnknownMark } from "../../readers/pulumi/pulumi-value.ts";
import type { Rule } from "../rule.ts";
import { type RunResult, resultOf } from "../run-rules.ts";
import { type CapturedNetworks, nothingCaptured, readCapturedNetworks } from "./captured-networks.ts";
import { designOf, type ProgramDesign } from "./program-design.ts";
import type { ProgramResource } from "./program-resource.ts";

/**
 * Collects the resources of one operation as they are registered, and asks rules about all of them. A network is read once and each
 * rule asked once, however many policies want to know.
 */
export class ProgramJudge {
  readonly #seen = new Map<string, ProgramResource>();
  /** What was worked out of `#seen` as it is now, by what was asked. */
  #memory = new Map<string, unknown>();

  #files: readonly string[] = [];

  /**
   * Takes in a resource that is about to be made, changed or left alone.
   *
   * @param captured - files about networks of others
   */
  see(resource: ProgramResource, captured: readonly string[]): void {
    this.#seen.set(resource.urn, resource);
    this.#memory = new Map();
    this.#files = captured;
  }

  /** What a resource was registered with; undefined for one that nobody showed. */
  registered(urn: string): ProgramResource | undefined {
    return this.#seen.get(urn);
  }

  /** The program when it has ended; `finished` is called only if nobody has asked before. */
  whole(finished: () => readonly ProgramResource[]): ProgramDesign {
    return this.#once("design", () => designOf(finished(), this.#captured()));
  }

  /**
   * What a Windows 365 connection needs, before it is made. Undefined while its subnet is not known, which only a preview leaves
   * so: then the end of the preview judges it.
   */
  connection(urn: string): ProgramDesign | undefined {
    const subnetId = this.#seen.get(urn)?.inputs.subnetId;
    if (isUnknownMark(subnetId)) return undefined;
    if (typeof subnetId !== "string") return { kind: "cannot be judged", because: "the connection names no subnet" };
    return this.#once(`design of ${subnetId}`, () => designOf([...this.#seen.values()], this.#captured(), subnetId));
  }

  /** What a rule says of a design that came from here. */
  judge(rule: Rule, { design }: ProgramDesign & { readonly kind: "design" }): RunResult {
    const names = design.cloudPcSubnets.map(({ place }) => place.id).join(" ");
    return this.#once(`${rule.name} ${names}`, () => resultOf([{ rule, checks: rule.judge(design) }]));
  }

  #captured(): CapturedNetworks {
    this.#read ??= this.#files.length === 0 ? nothingCaptured : readCapturedNetworks(this.#files);
    return this.#read;
  }

  #read: CapturedNetworks | undefined;

  #once<T>(key: string, compute: () => T): T {
    if (!this.#memory.has(key)) this.#memory.set(key, compute());
    return this.#memory.get(key) as T;
  }
}
