import { z } from "zod";
import { describeIssue } from "../../config/schema-issues.ts";
import { didYouMean } from "../../config/suggest.ts";
import { readYamlFile } from "../../config/yaml-file.ts";
import { allRules } from "../../policy-packs/all-rules.ts";
import { type Waiver, waiverSchema } from "../../policy-packs/waiver.ts";
import { waiversCurrentName } from "../../policy-packs/waivers.ts";
import type { Problem } from "../../readers/problem.ts";

/**
 * Reads a file of waivers (`docs/waivers.md`). Everything that is wrong with it goes to `problems`, each with its line; there are no
 * waivers then.
 */
export function readWaivers(name: string, problems: Problem[]): readonly Waiver[] {
  const file = readYamlFile(name);
  if (!file.ok) {
    problems.push({ file: name, line: file.location.line, message: file.message });
    return [];
  }
  const lineOf = (path: readonly (string | number)[]) => file.locate(path).line;
  const parsed = fileSchema.safeParse(file.value);
  const wrong = (parsed.error?.issues ?? []).flatMap((issue) => describeIssue(fileSchema, file.value, issue));
  problems.push(...wrong.map(({ path, message }) => ({ file: name, line: lineOf(path), message })));
  return (parsed.data?.waivers ?? []).map((waiver, index) => ({
    ...waiver,
    place: { file: name, line: lineOf(["waivers", index]) },
  }));
}

/** A misspelt rule would waive nothing, so it is refused and not only reported as unused. */
const ruleName = waiverSchema.shape.rule.check(({ value, issues }) => {
  const message = ruleProblem(value);
  if (message !== undefined) issues.push({ code: "custom", input: value, message });
});

const fileSchema = z.strictObject({ waivers: z.array(waiverSchema.extend({ rule: ruleName })) });

function ruleProblem(name: string): string | undefined {
  if (name === waiversCurrentName) return `rule "${name}" cannot be waived: it watches over the waivers`;
  const names = allRules.map((rule) => rule.name);
  if (names.includes(name)) return undefined;
  return `there is no rule "${name}"${didYouMean(name, names) || "; docs/rules.md lists them"}`;
}
