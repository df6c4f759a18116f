import type { Answer, Question } from "../model/explain.ts";
import type { Place } from "../model/read.ts";
import type { Network } from "../model/topology/network.ts";
import type { ArmResource } from "../readers/arm/arm-resource.ts";
import type { CloudPcSubnet } from "./cloud-pc-subnet.ts";
import type { Subject } from "./subject.ts";
import type { TenantFacts } from "./tenant-facts.ts";

/** How bad a failing rule is, worst first. */
export const severities = ["critical", "high", "medium", "low"] as const;

/** One of `severities`. */
export type Severity = (typeof severities)[number];

/** What rules judge: a network that can be asked, and the subnets in it that are meant for Cloud PCs. */
export interface Design {
  readonly network: Network;
  readonly cloudPcSubnets: readonly CloudPcSubnet[];
  /**
   * What was read from the tenant.
   * @default - nothing of the tenant is known
   */
  readonly tenant?: TenantFacts;
  /**
   * The resources of the estate in ARM's own form, which Azure Policy judges.
   * @default - Azure Policy is asked only about what Windows 365 makes
   */
  readonly resources?: readonly ArmResource[];
}

/** The policy packs, by the names that people give to the engine. */
export const packNames = ["network", "identity"] as const;

/** One of `packNames`. */
export type PackName = (typeof packNames)[number];

/** A question put to the model and what it answered: the proof behind an observation. */
export interface Evidence {
  readonly question: Question;
  readonly answer: Answer;
}

/** One thing that a rule found wrong, or could not decide. */
export interface Observation {
  readonly outcome: "fail" | "undecided";
  /** What is wrong, short and the same in every run, for the finding's id: an endpoint's id, a peering's name. */
  readonly about: string;
  /** Which thing, what is wrong, what was given, what would be right; for undecided: what it waits for. */
  readonly message: string;
  /**
   * The resource to change.
   * @default - the subject of the check
   */
  readonly blamed?: Subject;
  readonly place?: Place;
  /** Graph's error types that Windows 365 would report. Each is one of those that the rule declares. */
  readonly errorTypes?: readonly string[];
  readonly evidence?: Evidence;
  /**
   * What to change, by name.
   * @default - the smallest change that lets the flow of `evidence` pass, else the remediation of the rule
   */
  readonly remedy?: string;
}

/** One application of a rule to one thing. It passes when nothing was observed. */
export interface Check {
  readonly subject: Subject;
  readonly observations: readonly Observation[];
  /** What was asked about endpoints, those that passed included: how each answer is known, and what it took as given. */
  readonly asked?: readonly AskedEndpoint[];
  /** What was not in the input and had to be taken as given, in sentences to print. */
  readonly assumptions?: readonly string[];
}

/** A question about a row of the catalogue. */
export interface AskedEndpoint {
  /** Id of the row. */
  readonly endpoint: string;
  readonly evidence: Evidence;
}

/**
 * A documented requirement, asked of the model.
 *
 * Three answers: nothing observed passes; what certainly breaks the requirement fails; what cannot be decided is undecided and says
 * what it waits for. A rule that does not apply to a thing answers no check for it.
 */
export interface Rule {
  /** Kebab-case, permanent; the names of its file, page and test. */
  readonly name: string;
  /** The pack that it belongs to. */
  readonly pack: PackName;
  /** The requirement, as one sentence that holds when the rule passes. */
  readonly description: string;
  readonly severity: Severity;
  /** Graph's error types that the rule predicts from the design: where no observation names one, its cause is ruled out. */
  readonly errorTypes: readonly string[];
  /**
   * Graph's error types that it predicts only when facts of the tenant are given.
   * @default - none
   */
  readonly tenantErrorTypes?: readonly string[];
  /** Where Microsoft says so, without locale. */
  readonly url: string;
  /** What to change when it fails, in one sentence. */
  readonly remediation: string;
  readonly judge: (design: Design) => readonly Check[];
}
