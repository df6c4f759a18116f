import { type ArmValue, member } from "./arm-value.ts";

/** What says that an answer goes on: REST's and the Azure CLI's `nextLink`, Graph's, and Resource Graph's in both spellings. */
const continuations = ["nextLink", "@odata.nextLink", "skipToken", "$skipToken"];

/**
 * What tells that a list of resources is only a part of the answer, as it is written; undefined for a whole one. Resource Graph:
 * https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data (read 2026-11-21).
 */
export function signOfPartialAnswer(value: ArmValue): string | undefined {
  if (value.kind !== "object") return undefined;
  const continued = continuations.find((name) => {
    const token = member(value, name);
    return token?.kind === "string" && token.value !== "";
  });
  if (continued !== undefined) return `it has "${continued}"`;
  const truncated = member(value, "resultTruncated");
  if (
    (truncated?.kind === "string" && truncated.value === "true") ||
    (truncated?.kind === "boolean" && truncated.value)
  )
    return '"resultTruncated" is true';
  const numbers = ["count", "totalRecords"].map((name) => member(value, name));
  const [count, total] = numbers.map((number) => (number?.kind === "number" ? number.value : undefined));
  return count !== undefined && total !== undefined && total > count
    ? `it has ${count} of ${total} records`
    : undefined;
}
