import { Option } from "commander";
import type { Fix } from "../model/fix/smallest-fix.ts";
import type { Network } from "../model/topology/network.ts";
import { allRules } from "../policy-packs/all-rules.ts";
import type { Finding } from "../policy-packs/finding.ts";
import type { Design } from "../policy-packs/rule.ts";
import { runRules } from "../policy-packs/run-rules.ts";
import type { Waiver } from "../policy-packs/waiver.ts";
import { applyWaivers } from "../policy-packs/waivers.ts";
import type { Problem } from "../readers/problem.ts";
import { addInputArguments } from "./arguments/input-arguments.ts";
import { deliverReport } from "./arguments/write-report.ts";
import { cloudPcSubnetsOf } from "./check/cloud-pc-subnets.ts";
import { findingLocations } from "./check/finding-locations.ts";
import { inputDigest } from "./check/input-digest.ts";
import { groupFindings, readinessOf } from "./check/readiness.ts";
import type { CommandIo, ExitCode } from "./command-io.ts";
import { noteInput } from "./input/input-notes.ts";
import type { InputOptions } from "./input/input-options.ts";
import { throwProblems } from "./input/input-problems.ts";
import { readNetwork } from "./input/read-network.ts";
import { InputError } from "./input-error.ts";
import type { Registration } from "./lazy-command.ts";
import { plainPaint, terminalPaint } from "./report/paint.ts";
import { type CheckFormat, checkFormats, renderCheck } from "./report/render-check.ts";

interface CheckOptions extends InputOptions {
  readonly format: CheckFormat;
  readonly out?: string;
  readonly undecided: "fail" | "warn";
  readonly waivers?: string;
  readonly tenant?: string;
}

/** `w365 check`: whether Cloud PCs will provision on a network. Ends with 0 when it is ready, else with 1. */
export const registerCheck: Registration = (command, io, done) => {
  addInputArguments(command)
    .option(
      "--subnet <subnet>",
      "only this subnet: vnet/subnet, a unique name or a resource id (default: all Cloud PC subnets)",
    )
    .addOption(
      new Option("--undecided <what>", "whether a result that cannot be decided stands in the way")
        .choices(["fail", "warn"])
        .default("fail"),
    )
    .option("--tenant <file>", "facts read from the tenant (docs/tenant-facts.md)")
    .option("--waivers <file>", "findings that somebody accepts for a while (docs/waivers.md)")
    .addOption(new Option("--format <format>", "form of the report").choices(checkFormats).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action(async (options: CheckOptions) => done(await runCheck(options, io)));
};

async function runCheck(options: CheckOptions, io: CommandIo): Promise<ExitCode> {
  const problems: Problem[] = [];
  const read = await readNetwork(options, io.today(), problems);
  const waivers = await waiversOf(options, problems);
  const tenant = await tenantOf(options, io.today(), problems);
  throwProblems(problems);
  if (read === undefined) throw new InputError("the input cannot be read");
  const { network, input, assumptions } = read;
  const design: Design = {
    network,
    cloudPcSubnets: cloudPcSubnetsOf(network, input, options.subnet),
    resources: input.resources,
    ...(tenant !== undefined && { tenant }),
  };
  const result = applyWaivers(runRules(allRules, design), waivers, io.today());
  const readiness = readinessOf({
    input: { kind: input.kind, name: input.name, digest: inputDigest(network, input) },
    design,
    result,
    assumptions,
    fixes: await fixesOf(network, result.findings),
    locations: findingLocations(input, result.findings),
    undecided: options.undecided,
  });
  noteInput(input, options, io);
  const paint = options.out === undefined && io.colour === true ? terminalPaint : plainPaint;
  deliverReport(await renderCheck(readiness, options.format, paint), options.out, io);
  return readiness.ready ? 0 : 1;
}

async function tenantOf({ tenant }: CheckOptions, today: string, problems: Problem[]) {
  if (tenant === undefined) return undefined;
  const { readTenantFile } = await import("./input/tenant-file.ts");
  return readTenantFile(tenant, today, problems);
}

async function waiversOf({ waivers }: CheckOptions, problems: Problem[]): Promise<readonly Waiver[]> {
  if (waivers === undefined) return [];
  const { readWaivers } = await import("./input/waivers-file.ts");
  return readWaivers(waivers, problems);
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
  const { smallestFix } = await import("../model/fix/smallest-fix.ts");
  for (const finding of firsts) {
    const { evidence } = finding;
    const fix = evidence === undefined ? undefined : smallestFix(network, evidence.question, evidence.answer);
    if (fix !== undefined) fixes.set(finding, fix);
  }
  return fixes;
}
