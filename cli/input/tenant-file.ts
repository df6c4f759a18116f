import { describeIssue } from "../../config/schema-issues.ts";
import type { Estate } from "../../model/estate.ts";
import type { Place } from "../../model/read.ts";
import type { TenantFacts } from "../../policy-packs/tenant-facts.ts";
import { type ArmValue, member, plainOf } from "../../readers/arm/arm-value.ts";
import { newSession } from "../../readers/arm/expression/scope.ts";
import { plainResource } from "../../readers/arm/read-arm.ts";
import { estateFromArm } from "../../readers/estate-from-arm.ts";
import type { Problem } from "../../readers/problem.ts";
import { readJsonFile } from "./json-fields.ts";
import { tenantSchema } from "./tenant-schema.ts";

/**
 * Reads a file of facts of a tenant (`docs/schemas/tenant-facts.schema.json`); everything that is wrong goes to `problems`, each with
 * its line.
 *
 * @param today - ISO date, from which the age of the facts is counted
 */
export function readTenantFile(file: string, today: string, problems: Problem[]): TenantFacts | undefined {
  const document = readJsonFile(file, problems);
  if (document === undefined) return undefined;
  const plain = plainOf(document);
  const input = "plain" in plain ? plain.plain : null;
  const parsed = tenantSchema.safeParse(input);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues.flatMap((issue) => describeIssue(tenantSchema, input, issue))) {
      const { line } = placeAt(document, path);
      problems.push({ file, line, message: path.length > 1 ? `${pathText(path)}: ${message}` : message });
    }
    return undefined;
  }
  const { $schema: _, schemaVersion: __, policies, roleAssignments, locks, ...facts } = parsed.data;
  problems.push(...dateProblems(document, facts.readOn, today));
  const governance = (...path: readonly string[]) => estateAt(document, path, problems);
  const ageDays = Math.round((Date.parse(today) - Date.parse(facts.readOn)) / millisecondsADay);
  return {
    ...facts,
    ageDays,
    place: { file, line: 1 },
    partPlaces: partPlaces(document),
    ...(policies !== undefined && {
      policies: {
        assignments: governance("policies", "assignments").policyAssignments,
        definitions: governance("policies", "definitions").policyDefinitions,
        setDefinitions: governance("policies", "setDefinitions").policySetDefinitions,
        exemptions: governance("policies", "exemptions").policyExemptions,
      },
    }),
    ...(roleAssignments !== undefined && { roleAssignments: governance("roleAssignments").roleAssignments }),
    ...(locks !== undefined && { locks: governance("locks").locks }),
  };
}

function partPlaces(document: ArmValue): ReadonlyMap<string, Place> {
  const members = document.kind === "object" ? [...document.members] : [];
  return new Map(members.map(([name, { place }]) => [name, { file: place.file, line: place.line, path: place.path }]));
}

const millisecondsADay = 86_400_000;

/** A day that no calendar has, and one that has not come yet, are slips of the pen. */
function dateProblems(document: ArmValue, readOn: string, today: string): readonly Problem[] {
  const { file, line } = placeAt(document, ["readOn"]);
  if (new Date(`${readOn}T00:00:00Z`).toJSON()?.slice(0, 10) !== readOn) {
    return [{ file, line, message: `readOn "${readOn}" is not a day of the calendar` }];
  }
  return readOn > today ? [{ file, line, message: `readOn "${readOn}" is after today, "${today}"` }] : [];
}

/** ARM's resources of a list, read as those of any other input are; what is of another type than its list says is refused. */
function estateAt(document: ArmValue, path: readonly string[], problems: Problem[]): Estate {
  const list = valueAt(document, path);
  const session = newSession();
  const resources =
    list?.kind === "array"
      ? list.items.flatMap((item) => (item.kind === "object" ? plainResource(item, session) : []))
      : [];
  const wanted = typesOf[path.at(-1) ?? ""] ?? "";
  const misplaced = resources.filter(({ type }) => type.toLowerCase() !== wanted.toLowerCase());
  problems.push(
    ...session.problems,
    ...misplaced.map(({ type, place: { file, line } }) => ({
      file,
      line,
      message: `${pathText(path)} holds resources of type "${wanted}", not "${type}"`,
    })),
  );
  const { estate } = estateFromArm(resources.filter((resource) => !misplaced.includes(resource)));
  for (const { message, place } of estate.problems) {
    problems.push({ file: place?.file ?? "", line: place?.line ?? 0, message });
  }
  return estate;
}

const typesOf: Readonly<Record<string, string>> = {
  assignments: "Microsoft.Authorization/policyAssignments",
  definitions: "Microsoft.Authorization/policyDefinitions",
  setDefinitions: "Microsoft.Authorization/policySetDefinitions",
  exemptions: "Microsoft.Authorization/policyExemptions",
  roleAssignments: "Microsoft.Authorization/roleAssignments",
  locks: "Microsoft.Authorization/locks",
};

/** Where a value is written; where it is missing, what it is missing from. */
function placeAt(value: ArmValue, path: readonly (string | number)[]): ArmValue["place"] {
  const found = valueAt(value, path);
  return found === undefined ? placeAt(value, path.slice(0, -1)) : found.place;
}

function valueAt(value: ArmValue, [part, ...rest]: readonly (string | number)[]): ArmValue | undefined {
  if (part === undefined) return value;
  const next =
    value.kind === "array" && typeof part === "number"
      ? value.items[part]
      : value.kind === "object"
        ? member(value, String(part))
        : undefined;
  return next === undefined ? undefined : valueAt(next, rest);
}

function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );
}
