import type { Parsed } from "../../model/prefix.ts";
import { type Protocol, protocols } from "../../model/protocol.ts";

const named = protocols.filter((protocol) => protocol !== "Other");

/** Parses the name of a protocol without regard to case: `tcp`, `Udp`, `ICMP`. */
export function parseProtocol(text: string): Parsed<Protocol> {
  const value = named.find((protocol) => protocol.toLowerCase() === text.toLowerCase());
  if (value !== undefined) return { ok: true, value };
  const known = named.map((protocol) => protocol.toLowerCase()).join(", ");
  return { ok: false, message: `protocol "${text}" is not one of ${known}` };
}

/** Parses a port, 0 to 65535, as a decimal number without leading zeros. */
export function parsePort(text: string): Parsed<number> {
  const value = Number(text);
  if (/^(0|[1-9]\d{0,4})$/.test(text) && value <= 65_535) return { ok: true, value };
  return { ok: false, message: `port "${text}" is not a number from 0 to 65535` };
}
