import type { Ipv4Address, PortRange, RuleAddress } from "../../model/estate/resource.ts";
import { type Parsed, type Prefix, parseAddress, parsePrefix } from "../../model/prefix.ts";
import { type Place, type Read, type Unknown, unknown } from "../../model/read.ts";
import type { ResourceId } from "../../model/resource-id.ts";
import type { Place as ArmPlace, ArmUnknown, ArmValue } from "../arm/arm-value.ts";

/** The place as the estate gives it: without a line where the input has none. */
export function placeOf({ file, line, path }: ArmPlace): Place {
  return line > 0 ? { file, line, path } : { file, path };
}

/** What the estate says of a value that is not known. */
export function unknownOf(value: ArmUnknown): Unknown {
  return unknown(value.reason, placeOf(value.place));
}

/**
 * An id, also one of which only a part is unknown: it still names the resource that was read with the same unknown part.
 */
export function referenceOf(value: ArmValue): Parsed<Read<ResourceId>> {
  if (value.kind === "unknown") {
    return { ok: true, value: value.symbol.startsWith("/") ? value.symbol : unknownOf(value) };
  }
  if (value.kind !== "string" || !value.value.startsWith("/")) return wrong(value, "a resource id");
  return { ok: true, value: value.value };
}

/** A text. */
export function textOf(value: ArmValue): Parsed<string> {
  return value.kind === "string" ? { ok: true, value: value.value } : wrong(value, "a text");
}

/** A whole number; the Azure CLI prints some of them as text. */
export function integerOf(value: ArmValue): Parsed<number> {
  const number =
    value.kind === "number"
      ? value.value
      : value.kind === "string" && /^\d+$/.test(value.value)
        ? Number(value.value)
        : Number.NaN;
  return Number.isInteger(number) ? { ok: true, value: number } : wrong(value, "a whole number");
}

/** A truth value; templates may write it as text. */
export function booleanOf(value: ArmValue): Parsed<boolean> {
  if (value.kind === "boolean") return { ok: true, value: value.value };
  const text = value.kind === "string" ? value.value.toLowerCase() : "";
  return text === "true" || text === "false" ? { ok: true, value: text === "true" } : wrong(value, "true or false");
}

/** A value of an enumeration, in ARM's spelling whatever case it was written in. */
export function choiceOf<T extends string>(value: ArmValue, choices: readonly T[]): Parsed<T> {
  const text = value.kind === "string" ? value.value.toLowerCase() : "";
  const choice = choices.find((candidate) => candidate.toLowerCase() === text);
  if (choice !== undefined) return { ok: true, value: choice };
  return wrong(value, `one of ${choices.map((candidate) => JSON.stringify(candidate)).join(", ")}`);
}

/** An IPv4 address. */
export function addressOf(value: ArmValue): Parsed<Ipv4Address> {
  return value.kind === "string" ? parseAddress(value.value) : wrong(value, "an IPv4 address");
}

/** A canonical IPv4 prefix. */
export function prefixOf(value: ArmValue): Parsed<Prefix> {
  return value.kind === "string" ? parsePrefix(value.value) : wrong(value, "an IPv4 prefix");
}

/** An address expression of a rule: any, a prefix, an address, a range, a service tag, or something of IPv6. */
export function ruleAddressOf(value: ArmValue): Parsed<RuleAddress> {
  if (value.kind !== "string") return wrong(value, 'a prefix, a service tag or "*"');
  const text = value.value.trim();
  if (text === "*" || text.toLowerCase() === "any") return { ok: true, value: { kind: "any" } };
  if (isIpv6(text)) return { ok: true, value: { kind: "ipv6", text } };
  const range = /^([\d.]+)-([\d.]+)$/.exec(text);
  if (range !== null) return addressRange(text, range[1] ?? "", range[2] ?? "");
  if (/^[A-Za-z][\w.-]*$/.test(text)) return { ok: true, value: { kind: "serviceTag", name: text } };
  const address = parseAddress(text);
  const parsed = address.ok ? parsePrefix(`${text}/32`) : parsePrefix(text);
  return parsed.ok ? { ok: true, value: { kind: "prefix", prefix: parsed.value } } : parsed;
}

/** Ports as a rule writes them: `*`, `443`, `1024-65535`. */
export function portRangeOf(value: ArmValue): Parsed<PortRange> {
  const text = value.kind === "number" ? String(value.value) : value.kind === "string" ? value.value.trim() : "";
  if (text === "*") return { ok: true, value: { from: 0, to: 65_535 } };
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (found === null) return wrong(value, 'a port, a range such as "1024-65535" or "*"');
  const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
  if (from > to) return { ok: false, message: `port range "${text}" is reversed; did you mean "${to}-${from}"?` };
  if (to > 65_535) return { ok: false, message: `port range "${text}" goes beyond port 65535` };
  return { ok: true, value: { from, to } };
}

/** Whether a text is an address, prefix or range of IPv6, which the model does not judge. */
export function isIpv6(text: string): boolean {
  return /^[\da-fA-F:.]*:[\da-fA-F:.]*(\/\d+)?(-[\da-fA-F:.]+)?$/.test(text) && text.split(":").length > 2;
}

function addressRange(text: string, first: string, last: string): Parsed<RuleAddress> {
  const [from, to] = [parseAddress(first), parseAddress(last)];
  if (!from.ok) return from;
  if (!to.ok) return to;
  if (from.value > to.value)
    return { ok: false, message: `range "${text}" is reversed; did you mean "${last}-${first}"?` };
  return { ok: true, value: { kind: "range", from: from.value, to: to.value } };
}

function wrong(value: ArmValue, expected: string): { readonly ok: false; readonly message: string } {
  const given =
    value.kind === "string" || value.kind === "number" || value.kind === "boolean"
      ? JSON.stringify(value.value)
      : `of type ${value.kind}`;
  return { ok: false, message: `${given} is not ${expected}` };
}
