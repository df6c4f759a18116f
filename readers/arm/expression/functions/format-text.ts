import type { ArmValue } from "../../arm-value.ts";

/**
 * .NET composite formatting, as `format()` uses it: `{0}`, `{0,5}`, `{0:D3}`, `{0:X}`, `{0:000}` and doubled braces.
 * Other format strings are not evaluated. `parts` are the texts of `values`.
 *
 * https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting (read 2026-11-21).
 */
export function formatText(
  pattern: string,
  parts: readonly string[],
  values: readonly ArmValue[],
): { readonly text: string } | { readonly message: string } {
  let message: string | undefined;
  const text = pattern.replace(/\{\{|\}\}|\{(\d+)(?:,(-?\d+))?(?::([^{}]*))?\}|[{}]/g, (found, index, width, style) => {
    if (found === "{{" || found === "}}") return found.slice(1);
    const part = parts[Number(index)];
    const value = values[Number(index)];
    if (index === undefined || part === undefined || value === undefined) {
      message ??= `there is no value for ${JSON.stringify(found)} of ${JSON.stringify(pattern)}`;
      return "";
    }
    const styled = applyStyle(part, value, style);
    if (styled === undefined) message ??= `the format ${JSON.stringify(found)} is not evaluated`;
    return align(styled ?? "", Number(width ?? 0));
  });
  return message === undefined ? { text } : { message };
}

function applyStyle(part: string, value: ArmValue, style: string | undefined): string | undefined {
  if (style === undefined || style === "" || value.kind === "string" || value.kind === "unknown") return part;
  if (value.kind !== "number" || !Number.isInteger(value.value)) return undefined;
  const digits = Math.abs(value.value);
  const sign = value.value < 0 ? "-" : "";
  const decimal = /^[dD](\d{0,2})$/.exec(style);
  if (decimal !== null) return sign + String(digits).padStart(Number(decimal[1]), "0");
  const hexadecimal = /^([xX])(\d{0,2})$/.exec(style);
  if (hexadecimal !== null && value.value >= 0) {
    const text = digits.toString(16).padStart(Number(hexadecimal[2]), "0");
    return hexadecimal[1] === "X" ? text.toUpperCase() : text;
  }
  return /^0+$/.test(style) ? sign + String(digits).padStart(style.length, "0") : undefined;
}

function align(text: string, width: number): string {
  const size = Math.min(Math.abs(width), 1_000);
  return width < 0 ? text.padEnd(size) : text.padStart(size);
}
