import { parseAddress, parsePrefix } from "../../model/prefix.ts";
import type { Attestation } from "../../model/reference-data.ts";
import { type ArmObject, type ArmValue, member } from "../../readers/arm/arm-value.ts";
import type { Problem } from "../../readers/problem.ts";
import { JsonFields, readJsonFile } from "./json-fields.ts";

/** What people vouch for, and which of it is not used any more. */
export interface Attestations {
  readonly valid: readonly Attestation[];
  /** Sentences about those that have expired. */
  readonly expired: readonly string[];
}

/**
 * Reads a file of attestations (`docs/schemas/attestations.schema.json`). One is used up to and including the day on which it
 * expires.
 *
 * @param today - ISO date
 */
export function readAttestations(file: string, today: string, problems: Problem[]): Attestations {
  const value = readJsonFile(file, problems);
  if (value === undefined) return { valid: [], expired: [] };
  const list = value.kind === "object" ? member(value, "attestations") : undefined;
  if (value.kind !== "object" || list?.kind !== "array") {
    const message = 'these are no attestations: expected { "attestations": [ … ] }';
    problems.push({ file, line: value.place.line, message });
    return { valid: [], expired: [] };
  }
  new JsonFields(value, problems).allow("$schema", "attestations");
  const all = list.items.flatMap((item) => attestation(item, problems));
  return {
    valid: all.filter(({ expires }) => expires >= today),
    expired: all
      .filter(({ expires }) => expires < today)
      .map(
        ({ owner, reason, expires }) => `what ${owner} vouched for (${reason}) expired on ${expires} and is not used`,
      ),
  };
}

function attestation(item: ArmValue, problems: Problem[]): readonly Attestation[] {
  if (item.kind !== "object") {
    problems.push({ file: item.place.file, line: item.place.line, message: `${item.place.path} must be an object` });
    return [];
  }
  const fields = new JsonFields(item, problems).allow("applianceIp", "destinations", "owner", "reason", "expires");
  const [address, owner, reason, expires] = [
    fields.text("applianceIp"),
    fields.text("owner"),
    fields.text("reason"),
    fields.text("expires"),
  ];
  const destinations = fields.texts("destinations");
  const applianceIp = address === undefined ? undefined : parseAddress(address);
  if (applianceIp?.ok === false) problems.push(at(item, "applianceIp", applianceIp.message));
  if (expires !== undefined && !isDate(expires)) {
    problems.push(at(item, "expires", `expires "${expires}" is not a date such as "2027-01-31"`));
  }
  for (const message of (destinations ?? []).flatMap(destinationProblem))
    problems.push(at(item, "destinations", message));
  if (!applianceIp?.ok || owner === undefined || reason === undefined || expires === undefined) return [];
  if (destinations === undefined) return [];
  const everything = destinations.includes("*");
  return [{ applianceIp: applianceIp.value, destinations: everything ? [] : destinations, owner, reason, expires }];
}

function at(item: ArmObject, name: string, message: string): Problem {
  const { file, line } = (member(item, name) ?? item).place;
  return { file, line, message };
}

/** `2026-02-31` is no date, although it looks like one. */
function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

/** A prefix, an address as `/32`, a host name, a service tag or `*`; only what has the look of an address can be wrong. */
function destinationProblem(text: string): readonly string[] {
  if (/^[\d./]+$/.test(text)) {
    const parsed = parsePrefix(text);
    return parsed.ok ? [] : [`destination ${parsed.message}`];
  }
  if (/^(\*|(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)$/.test(text)) return [];
  return [`destination "${text}" is not a host name, a prefix, a service tag or "*"`];
}
