import type { EffectiveRule } from "../../model/rules/effective-rules.ts";
import { alignColumns } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** The effective security rules of a subnet and what had to be taken as given for them. */
export interface SubnetRules {
  /** `vnet/subnet` */
  readonly subnet: string;
  /** In the order of evaluation. */
  readonly rules: readonly EffectiveRule[];
  readonly assumptions: readonly string[];
}

/** In the form of `docs/schemas/rules.schema.json`. */
export function rulesJson({ subnet, rules, assumptions }: SubnetRules) {
  return { schemaVersion: 1, subnet, assumptions, rules };
}

/** A table for each direction in the order of evaluation, then what tags and application security groups come to here. */
export function rulesText({ subnet, rules, assumptions }: SubnetRules, paint: Paint): string {
  if (rules.length === 0) return `${printable(subnet)}: no security group and no admin rule filters it\n`;
  const directions = [...new Set(rules.map(({ direction }) => direction))];
  const expanded = new Map(rules.flatMap((rule) => Object.entries(rule.expanded)));
  return [
    `${printable(subnet)}: ${rules.length} rules`,
    ...directions.flatMap((direction) => ["", ...table(direction, rules, paint)]),
    ...(expanded.size === 0
      ? []
      : [
          "",
          paint.faint("here these are"),
          ...alignColumns([...expanded].map(([name, text]) => [`  ${printable(name)}`, printable(shortList(text))])),
        ]),
    ...assumptions.map(
      (text, index) => `${index === 0 ? `\n${paint.faint("assumed")}` : "       "}  ${printable(text)}`,
    ),
    "",
  ].join("\n");
}

function table(
  direction: EffectiveRule["direction"],
  rules: readonly EffectiveRule[],
  paint: Paint,
): readonly string[] {
  const ours = rules.filter((rule) => rule.direction === direction);
  const heading = [direction, "priority", "name", "access", "protocol", "source", "ports", "destination", "ports"];
  const rows = ours.map((rule) =>
    [
      rule.scope,
      rule.priority === null ? "unknown" : String(rule.priority),
      rule.default ? `${rule.name} (default)` : rule.name,
      rule.access,
      rule.protocol,
      short(rule.sources),
      short(rule.sourcePorts),
      short(rule.destinations),
      short(rule.destinationPorts),
    ].map(printable),
  );
  return alignColumns([heading, ...rows], (text, row, column) => {
    const rule = ours[row - 1];
    if (rule === undefined) return paint.faint(text);
    if (column !== 3) return text;
    return rule.access === "Deny"
      ? paint.deny(text)
      : rule.access === "unknown"
        ? paint.unknown(text)
        : paint.allow(text);
  });
}

/** The first entries of a list; JSON has them all. */
function short(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).join(", ");
  return texts.length > 3 ? `${shown} and ${texts.length - 3} more` : shown;
}

/** A tag may have hundreds of prefixes: the first of them, and the reason for what is not known, which stands last. */
function shortList(text: string): string {
  const [prefixes = "", ...reasons] = text.split("; ");
  const all = prefixes.split(/, | and (?=\d+ more$)/);
  const more = /^(\d+) more$/.exec(all.at(-1) ?? "");
  const listed = more === null ? all : all.slice(0, -1);
  const hidden = Math.max(0, listed.length - 4) + Number(more?.[1] ?? 0);
  const shown = listed.slice(0, 4).join(", ");
  return [hidden === 0 ? shown : `${shown} and ${hidden} more`, ...reasons].join("; ");
}
