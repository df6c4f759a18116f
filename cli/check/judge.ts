import type { Fix } from "../../model/fix/smallest-fix.ts";
import type { Network } from "../../model/topology/network.ts";
import { allRules } from "../../policy-packs/all-rules.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import { groupFindings } from "../../policy-packs/group-findings.ts";
import type { Design } from "../../policy-packs/rule.ts";
import { runRules } from "../../policy-packs/run-rules.ts";
import type { TenantFacts } from "../../policy-packs/tenant-facts.ts";
import type { Waiver } from "../../policy-packs/waiver.ts";
import { applyWaivers } from "../../policy-packs/waivers.ts";
import type { Problem } from "../../readers/problem.ts";
import type { InputOptions } from "../input/input-options.ts";
import { throwProblems } from "../input/input-problems.ts";
import type { LoadedInput } from "../input/loaded-input.ts";
import { readNetwork } from "../input/read-network.ts";
import { InputError } from "../input-error.ts";
import { cloudPcSubnetsOf } from "./cloud-pc-subnets.ts";
import { findingLocations } from "./finding-locations.ts";
import { inputDigest } from "./input-digest.ts";
import { type Readiness, readinessOf } from "./readiness.ts";

/** What to judge, and with what. */
export interface JudgeOptions extends InputOptions {
  readonly undecided: "fail" | "warn";
  /** A file of waivers. */
  readonly waivers?: string;
  /** A file of facts of the tenant. */
  readonly tenant?: string;
}

/** An input and what the rules say about it. */
export interface Judgement {
  readonly input: LoadedInput;
  readonly readiness: Readiness;
}

/**
 * Reads an input and asks every rule about it. Throws an `InputError` that lists everything that cannot be read.
 *
 * @param today - ISO date, for what expires
 */
export async function judge(options: JudgeOptions, today: string): Promise<Judgement> {
  const problems: Problem[] = [];
  const read = await readNetwork(options, today, problems);
  const waivers = await waiversOf(options, problems);
  const tenant = await tenantOf(options, today, problems);
  throwProblems(problems);
  if (read === undefined) throw new InputError("the input cannot be read");
  const { network, input, assumptions } = read;
  const cloudPcSubnets = cloudPcSubnetsOf(network, input, options.subnet);
  const design: Design = { network, cloudPcSubnets, resources: input.resources, ...(tenant && { tenant }) };
  const result = applyWaivers(runRules(allRules, design), waivers, today);
  const readiness = readinessOf({
    input: { kind: input.kind, name: input.name, digest: inputDigest(design, input) },
    design,
    result,
    assumptions,
    fixes: await fixesOf(network, result.findings),
    locations: findingLocations(input, result.findings),
    undecided: options.undecided,
  });
  return { input, readiness };
}

// What few checks need is loaded only for them.

async function waiversOf({ waivers }: JudgeOptions, problems: Problem[]): Promise<readonly Waiver[]> {
  if (waivers === undefined) return [];
  const { readWaivers } = await import("../input/waivers-file.ts");
  return readWaivers(waivers, problems);
}

async function tenantOf(
  { tenant }: JudgeOptions,
  today: string,
  problems: Problem[],
): Promise<TenantFacts | undefined> {
  if (tenant === undefined) return undefined;
  const { readTenantFile } = await import("../input/tenant-file.ts");
  return readTenantFile(tenant, today, problems);
}

/**
 * The smallest change for the first finding of each cause that does not name its remedy itself. The others of a cause can be many, and
 * are mended in the same place.
 */
async function fixesOf(network: Network, findings: readonly Finding[]): Promise<ReadonlyMap<Finding, Fix>> {
  const fixes = new Map<Finding, Fix>();
  const firsts = groupFindings(findings).flatMap(([first]) =>
    first.observed === "fail" && first.remedy === undefined ? [first] : [],
  );
  if (firsts.length === 0) return fixes;
  const { smallestFix } = await import("../../model/fix/smallest-fix.ts");
  for (const finding of firsts) {
    const { evidence } = finding;
    const fix = evidence === undefined ? undefined : smallestFix(network, evidence.question, evidence.answer);
    if (fix !== undefined) fixes.set(finding, fix);
  }
  return fixes;
}
