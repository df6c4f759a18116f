import type {
  ReportViolation,
  ResourceValidation,
  ResourceValidationPolicy,
  StackValidation,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Rule } from "../rule.ts";
import { applyWaivers } from "../waivers.ts";
import { connectionType } from "./connection-type.ts";
import { type RuleConfig, ruleConfigSchema, unknownKeys, waiversOf } from "./policy-config.ts";
import type { ProgramDesign } from "./program-design.ts";
import type { ProgramJudge } from "./program-judge.ts";
import { finishedResource } from "./program-resource.ts";
import { type Violation, violationsOf, waivedMessages } from "./violations.ts";

const blind =
  'nothing is known of the program, because policy "program-understood" is disabled; it takes in what the others judge';

/** A rule as a policy of the engine: at the end of a preview or update, and before a Windows 365 connection is made. */
export type RulePolicy = ResourceValidationPolicy & StackValidationPolicy;

/**
 * Makes a rule a policy.
 *
 * At the end of a preview it judges everything that the program registered. During an update that would be too late, since by then
 * everything is made; so what a connection needs is judged when the connection is registered, and a violation stops it.
 *
 * @param today - ISO date, for waivers
 */
export function rulePolicy(rule: Rule, judge: ProgramJudge, today: () => string): RulePolicy {
  /** Findings that were said at a connection already. */
  const said = new Set<string>();

  const validateStack: StackValidation = (args, report) => {
    sayUnknownKeys(args.getConfig<RuleConfig>(), report);
    if (args.resources.some(({ urn }) => judge.registered(urn) === undefined)) return report(blind);
    const finished = () => args.resources.map((each) => finishedResource(each, judge.registered(each.urn)));
    say(judge.whole(finished), args.getConfig<RuleConfig>(), report);
  };
  const validateResource: ResourceValidation = (args, report) => {
    if (args.type !== connectionType) return;
    sayUnknownKeys(args.getConfig<RuleConfig>(), report);
    if (judge.registered(args.urn) === undefined) return report(blind);
    const program = judge.connection(args.urn);
    if (program !== undefined) say(program, args.getConfig<RuleConfig>(), report);
  };

  function sayUnknownKeys(config: RuleConfig, report: ReportViolation): void {
    for (const message of unknownKeys(rule.name, config, ruleConfigSchema)) report(message);
  }

  function say(program: ProgramDesign, config: RuleConfig, report: ReportViolation): void {
    // What cannot be judged, policy `program-understood` says.
    if (program.kind !== "design") return;
    const waived = applyWaivers(judge.judge(rule, program), waiversOf(rule.name, config), today());
    const fresh = waived.findings.filter(({ id }) => !said.has(id));
    const own = fresh.filter((finding) => finding.rule === rule);
    const ofWaivers = fresh.filter((finding) => finding.rule !== rule);
    for (const { id } of fresh) said.add(id);
    for (const violation of violationsOf(own, program.design.network)) {
      const urns = [violation.subjectId, violation.checkedId].flatMap(
        (id) => program.program.urns.get(id.toLowerCase()) ?? [],
      );
      reportViolation(report, rule, violation, config, urns[0]);
    }
    for (const message of waivedMessages(own)) warn(report, rule, message);
    for (const { message } of ofWaivers) warn(report, rule, message);
  }

  // The engine's library looks at this mark before it unpacks a resource for a policy that wants none but one type.
  const typed = Object.assign(validateResource, { __pulumiType: connectionType });
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    severity: rule.severity,
    url: rule.url,
    remediationSteps: rule.remediation,
    configSchema: ruleConfigSchema,
    validateResource: typed,
    validateStack,
  };
}

function reportViolation(
  report: ReportViolation,
  rule: Rule,
  { outcome, waitsForDeployment, message }: Violation,
  { undecided = "fail" }: RuleConfig,
  urn: string | undefined,
): void {
  if (outcome === "fail" || (undecided === "fail" && !waitsForDeployment)) report(message, urn);
  else warn(report, rule, message, urn);
}

/**
 * Reports without standing in the way, whatever the enforcement level. The library takes an object beside a text since 1.14 but
 * does not declare it.
 */
function warn(report: ReportViolation, { description }: Rule, message: string, urn?: string): void {
  const violation = { message: `${description}\n${message}`, urn, description, enforcementLevel: "advisory" };
  Reflect.apply(report, undefined, [violation]);
}
