import type { AnswerPart } from "../../model/answer-parts.ts";
import type { Answer } from "../../model/explain.ts";
import type { Step, Verdict } from "../../model/path/step.ts";
import { hasPorts } from "../../model/protocol.ts";
import { alignColumns } from "./columns.ts";
import { decidedBy } from "./decided-by.ts";
import type { Explanation } from "./explanation.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

const labelWidth = 9;

/**
 * An answer as a person reads it: the verdict in one line and why, each layer with the rule or route that decided, the way back
 * where it matters, the parts of a set with a witness, what was taken as given, and the fix.
 *
 * @param assumptions - taken as given whatever is asked, before the answer's own
 */
export function explainText({ answer, fix }: Explanation, assumptions: readonly string[], paint: Paint): string {
  const given = [...new Set([...assumptions, ...answer.assumptions])].map(printable);
  // Together, so that both ways have the same columns.
  const steps = stepLines([...answer.steps, ...answer.returnSteps], answer.because, paint);
  const lines = [
    verdictLine(answer, paint),
    ...section("", [`${printable(answer.because)} ${paint.faint(`(${answer.disposition})`)}`], paint),
    ...(answer.verdict === "Allow" ? section("known", [knownBy[answer.basis]], paint) : []),
    ...section("there", steps.slice(0, answer.steps.length).flat(), paint),
    ...section("back", steps.slice(answer.steps.length).flat(), paint),
    ...section("parts", partLines(answer, paint), paint),
    ...section("assumed", given, paint),
    ...section("fix", fix === undefined ? [] : [printable(fix.summary)], paint),
  ];
  return `${lines.join("\n")}\n`;
}

/** `Deny     Tcp 443 from vnet/subnet to example.org`. */
export function verdictLine({ verdict, flow }: Answer, paint: Paint): string {
  const port = flow.port === null ? "" : ` ${flow.port}`;
  const question = `${flow.protocol}${port} from ${flow.from.value} to ${flow.to.value}`;
  return `${colour(verdict, paint)(verdict)}${" ".repeat(labelWidth - verdict.length)}${printable(question)}`;
}

const knownBy: Readonly<Record<Answer["basis"], string>> = {
  geometry: "by prefixes, ports and routes alone",
  documentedTag: "because Microsoft documents that a service tag covers it",
  resolvedSnapshot: "from a dated table of addresses",
  attested: "because a person vouches for it",
};

/** Lines under a label in the left column; none without lines. */
function section(label: string, lines: readonly string[], paint: Paint): readonly string[] {
  const indent = " ".repeat(labelWidth);
  return lines.map(
    (line, index) => `${index === 0 && label !== "" ? paint.faint(label.padEnd(labelWidth)) : indent}${line}`,
  );
}

/** The lines of each step. */
function stepLines(steps: readonly Step[], said: string, paint: Paint): readonly (readonly string[])[] {
  const rows = steps.map((step) => [step.verdict.toLowerCase(), step.kind, placeOf(step), decidedBy(step)]);
  const lines = alignColumns(rows, (text, row, column) => {
    const step = steps[row];
    if (step === undefined || !step.reached) return paint.faint(text);
    return column === 0 ? colour(step.verdict, paint)(text) : text;
  });
  return steps.map((step, index) => {
    const behind = step.reached ? "" : paint.faint("  (not reached)");
    const own = `${lines[index]}${behind}`;
    // What may match is named above; why it is not known is said below it.
    const open = step.reached && step.verdict === "Unknown" && step.because !== said;
    return open && decidedBy(step) !== printable(step.because)
      ? [own, paint.faint(`         ${printable(step.because)}`)]
      : [own];
  });
}

/** `nsg-cpc (Subnet, Outbound)`. */
function placeOf({ at, scope, direction }: Step): string {
  const detail = [scope, direction].filter((part) => part !== undefined).join(", ");
  return printable(detail === "" ? at : `${at} (${detail})`);
}

function partLines({ parts, flow }: Answer, paint: Paint): readonly string[] {
  const withPorts = hasPorts(flow.protocol);
  return parts.flatMap((part) => [
    `${colour(part.verdict, paint)(part.verdict.toLowerCase().padEnd(7))}  ${part.from} to ${part.to}${portsOf(part, withPorts)}`,
    `         ${printable(part.because)} ${paint.faint(`(${part.disposition})`)}`,
    paint.faint(
      `         for example ${part.witness.from} to ${part.witness.to}${withPorts ? ` port ${part.witness.port}` : ""}`,
    ),
  ]);
}

function portsOf({ port }: AnswerPart, withPorts: boolean): string {
  if (!withPorts) return "";
  return port === "*" ? ", every port" : `, port ${port}`;
}

/** The colour of a verdict. */
function colour(verdict: Verdict, paint: Paint): (text: string) => string {
  return { Allow: paint.allow, Deny: paint.deny, Unknown: paint.unknown }[verdict];
}
