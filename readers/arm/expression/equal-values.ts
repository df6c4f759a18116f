import type { ArmValue } from "../arm-value.ts";

/** Whether two values are equal as `equals()` has it (strings with case); undefined where unknown parts leave it open. */
export function equalValues(a: ArmValue, b: ArmValue): boolean | undefined {
  if (a.kind === "unknown" || b.kind === "unknown") {
    return a.kind === "unknown" && b.kind === "unknown" && a.symbol === b.symbol ? true : undefined;
  }
  if (a.kind === "array" && b.kind === "array") {
    if (a.items.length !== b.items.length) return false;
    return all(a.items.map((item, index) => equalValues(item, b.items[index] ?? item)));
  }
  if (a.kind === "object" && b.kind === "object") {
    if (a.partial !== undefined || b.partial !== undefined) return undefined;
    if (a.members.size !== b.members.size) return false;
    return all(
      [...a.members].map(([name, value]) => {
        const other = b.members.get(name);
        return other === undefined ? false : equalValues(value, other);
      }),
    );
  }
  if (a.kind === "null" || b.kind === "null") return a.kind === b.kind;
  return a.kind === b.kind && "value" in a && "value" in b && a.value === b.value;
}

function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
