import { basename } from "node:path";
import { type Prefix, parsePrefix } from "../../model/prefix.ts";
import type { ReferenceData, TagPrefixes } from "../../model/reference-data.ts";
import { type ArmValue, member } from "../../readers/arm/arm-value.ts";
import type { Problem } from "../../readers/problem.ts";
import { readJsonFile } from "./json-fields.ts";

/**
 * Reads Microsoft's file of service tags (`ServiceTags_Public_20260614.json`) as the table of their IPv4 prefixes.
 * Names compare without case. https://www.microsoft.com/download/details.aspx?id=56519, read 2026-11-20.
 */
export function readServiceTags(file: string, problems: Problem[]): ReferenceData["serviceTag"] {
  const tags = new Map<string, TagPrefixes>();
  const value = readJsonFile(file, problems);
  if (value === undefined) return () => undefined;
  const list = value.kind === "object" ? member(value, "values") : undefined;
  if (list?.kind !== "array") {
    const message = 'this is not Microsoft\'s file of service tags: it has no list "values"';
    problems.push({ file, line: value.place.line, message });
    return () => undefined;
  }
  const asOf = dateOf(file, value);
  for (const item of list.items) {
    const name = memberOf(item, "name");
    const prefixes = memberOf(memberOf(item, "properties"), "addressPrefixes");
    if (name?.kind !== "string" || prefixes?.kind !== "array") {
      const message = `${item.place.path} is no service tag: expected "name" and "properties.addressPrefixes"`;
      problems.push({ file, line: item.place.line, message });
      continue;
    }
    tags.set(name.value.toLowerCase(), { prefixes: prefixesOf(prefixes.items, problems), asOf });
  }
  return (name) => tags.get(name.toLowerCase());
}

function prefixesOf(items: readonly ArmValue[], problems: Problem[]): readonly Prefix[] {
  return items.flatMap((item) => {
    const text = item.kind === "string" ? item.value : "";
    if (text.includes(":")) return [];
    const parsed = parsePrefix(text);
    if (parsed.ok) return [parsed.value];
    problems.push({ file: item.place.file, line: item.place.line, message: parsed.message });
    return [];
  });
}

/** Microsoft puts the date into the file's name only; the content has a change number. */
function dateOf(file: string, value: ArmValue): string {
  const [, year, month, day] = /(20\d\d)(\d\d)(\d\d)/.exec(basename(file)) ?? [];
  if (year !== undefined) return `${year}-${month}-${day}`;
  const change = memberOf(value, "changeNumber");
  return change?.kind === "number" ? `change number ${change.value}` : "a day that the file does not tell";
}

function memberOf(value: ArmValue | undefined, name: string): ArmValue | undefined {
  return value?.kind === "object" ? member(value, name) : undefined;
}
