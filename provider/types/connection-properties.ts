import { createHash } from "node:crypto";
import { type PropertyMap, type PropertyValue, sameValue } from "../protocol/property-values.ts";
import { picked } from "./picked.ts";

/** The properties of a connection that are outputs, by Graph's names. */
export const returned = [
  ...["displayName", "connectionType", "subscriptionId", "resourceGroupId", "virtualNetworkId", "subnetId"],
  ...["virtualNetworkLocation", "adDomainName", "adDomainUsername", "organizationalUnit"],
];

/** What Graph is told, or will tell, in the order of its page. */
export function bodyOf(inputs: PropertyMap): PropertyMap {
  const place = ["subscriptionId", "resourceGroupId", "virtualNetworkId", "subnetId"];
  return picked(inputs, [
    "displayName",
    "connectionType",
    ...place,
    "adDomainName",
    "adDomainUsername",
    "organizationalUnit",
  ]);
}

/** What Graph answers, in the program's spelling where only letter case differs. */
export function outputsOf(inputs: PropertyMap, found: PropertyMap): PropertyMap {
  const wanted = bodyOf(inputs);
  return { ...wanted, ...withSpellingOf(wanted, picked(found, returned)) };
}

/** What Graph returned, with the program's own spelling of what is the same. */
export function withSpellingOf(wanted: PropertyMap, found: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => {
      const own = wanted[name];
      return [name, own !== undefined && own !== null && sameInput(name, own, value) ? own : value];
    }),
  );
}

/** Graph gives ids back in lower case, and names of domains and accounts have none. */
export function sameInput(property: string, one: PropertyValue, other: PropertyValue): boolean {
  const caseless = property.endsWith("Id") || property === "adDomainName" || property === "adDomainUsername";
  if (!caseless || typeof one !== "string" || typeof other !== "string") return sameValue(one, other);
  return one.toLowerCase() === other.toLowerCase();
}

/** Another text whenever an input changes, the password included, by its hash: what health checks are run again for. */
export function revisionOf(inputs: PropertyMap): string {
  const entries = Object.entries(inputs).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(entries)).digest("hex").slice(0, 16);
}
