import type { Parsed } from "../../model/prefix.ts";

/** One part of a distinguished name: `OU=Cloud PCs`. */
export interface NamePart {
  /** In upper case. */
  readonly attribute: string;
  /** As written, escapes included. */
  readonly value: string;
}

/**
 * Reads the distinguished name of a container of computer accounts, the innermost part first: `OU=Cloud PCs,DC=corp,DC=example,DC=com`.
 *
 * The text form is that of RFC 4514: a comma and other special characters in a value are escaped by a backslash. What is read is a
 * container of a domain, so there are parts of organizational units or containers first, and those of the domain after them.
 */
export function parseContainerName(text: string): Parsed<readonly NamePart[]> {
  if (text !== text.trim()) return refuse("it has a space at its beginning or end");
  if (/^ldaps?:\/\//i.test(text)) return refuse("it is an LDAP address; leave out what is before the name");
  const parts: NamePart[] = [];
  for (const [index, written] of splitAtCommas(text).entries()) {
    const match = /^\s*([a-z][a-z0-9-]*)\s*=\s*(.*?)\s*$/is.exec(written);
    const [, attribute = "", value = ""] = match ?? [];
    if (match === null) return refuse(`part ${index + 1} of it, "${written}", is not of the form attribute=value`);
    if (value === "") return refuse(`part ${index + 1} of it, "${written}", has no value`);
    const special = /(?<!\\)(?:\\\\)*(["+;<>])/.exec(value)?.[1];
    if (special !== undefined) return refuse(`"${special}" in "${written}" is not escaped by a backslash`);
    parts.push({ attribute: attribute.toUpperCase(), value });
  }
  return withShape(parts);
}

/** The domain of a distinguished name: `corp.example.com`. */
export function domainOf(parts: readonly NamePart[]): string {
  return parts
    .filter(({ attribute }) => attribute === "DC")
    .map(({ value }) => value)
    .join(".");
}

/** Containers, then the domain. */
function withShape(parts: readonly NamePart[]): Parsed<readonly NamePart[]> {
  const firstDc = parts.findIndex(({ attribute }) => attribute === "DC");
  if (firstDc < 0) return refuse("it does not end in the domain, such as DC=corp,DC=example,DC=com");
  if (firstDc === 0) return refuse("it names a domain, not a container in it");
  const odd = [
    ...parts.slice(0, firstDc).filter(({ attribute }) => attribute !== "OU" && attribute !== "CN"),
    ...parts.slice(firstDc).filter(({ attribute }) => attribute !== "DC"),
  ][0];
  if (odd !== undefined) return refuse(`"${odd.attribute}=${odd.value}" stands where OU=, CN= or DC= belongs`);
  return { ok: true, value: parts };
}

/** At commas that no backslash escapes. */
function splitAtCommas(text: string): readonly string[] {
  const parts = [""];
  for (const token of text.match(/\\[\s\S]|[\s\S]/g) ?? []) {
    if (token === ",") parts.push("");
    else parts[parts.length - 1] += token;
  }
  return parts;
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
