import { z } from "zod";
import { formatAddress, type Prefix, parseAddress, parsePrefix } from "../model/prefix.ts";

/** Read-only at every depth: a parsed configuration is never edited in place. */
export type Immutable<T> = T extends readonly (infer Element)[]
  ? readonly Immutable<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

/** An IPv4 prefix as text, for example `10.20.0.0/16`; parsed to the model's `Prefix`. */
export const addressPrefix = z
  .string()
  .meta({ pattern: String.raw`^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$`, examples: ["10.20.0.0/16"] })
  .transform((text, context): Prefix => {
    const parsed = parsePrefix(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: "custom", message: parsed.message });
    return z.NEVER;
  });

/** An IPv4 address as text, for example `10.20.0.4`; kept as its only canonical spelling. */
export const ipAddress = z
  .string()
  .meta({ pattern: String.raw`^\d{1,3}(\.\d{1,3}){3}$`, examples: ["10.20.0.4"] })
  .transform((text, context): string => {
    const parsed = parseAddress(text);
    if (parsed.ok) return formatAddress(parsed.value);
    context.addIssue({ code: "custom", message: `address ${parsed.message}` });
    return z.NEVER;
  });

/** A list of address prefixes with at least one entry: ARM's `addressSpace.addressPrefixes`. */
export const addressSpace = z.array(addressPrefix).min(1);

/** Names a file that stands in for a network that somebody else owns, where nobody is signed in. */
export const captured = z
  .string()
  .min(1)
  .exactOptional()
  .describe("ARM export that stands in for it in proofs without a login, relative to the stack file. Default: none.");

const guidPattern = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

/** A GUID (subscription, object id), lower-cased because Azure compares them without case. */
export const guid = z
  .string()
  .regex(new RegExp(`^${guidPattern}$`), {
    error: (issue) => `${JSON.stringify(issue.input)} is not a GUID such as "00000000-0000-0000-0000-000000000000"`,
  })
  .transform((text) => text.toLowerCase());

/**
 * The full ARM id of an existing resource of one type, for example `Microsoft.Network/virtualNetworks/subnets`.
 *
 * Ids compare without case (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules,
 * read 2026-11-21); the spelling given is kept.
 */
export function resourceId(type: string) {
  const [provider = "", ...kinds] = type.split("/");
  const path = kinds.map((kind) => `/${kind}/[^/\\s]+`).join("");
  const shape = `/subscriptions/<subscription>/resourceGroups/<resource group>/providers/${provider}${kinds.map((kind) => `/${kind}/<name>`).join("")}`;
  const source = `^/subscriptions/${guidPattern}/resourceGroups/[^/\\s]+/providers/${provider.replaceAll(".", "\\.")}${path}$`;
  return z
    .string()
    .meta({ examples: [shape] })
    .regex(new RegExp(source, "i"), {
      error: (issue) => `${JSON.stringify(issue.input)} is not the id of a ${type}; it has the form "${shape}"`,
    });
}

/** The full ARM id of an existing resource group. */
export const resourceGroupId = z
  .string()
  .regex(new RegExp(`^/subscriptions/${guidPattern}/resourceGroups/[^/\\s]+$`, "i"), {
    error: (issue) =>
      `${JSON.stringify(issue.input)} is not the id of a resource group; it has the form "/subscriptions/<subscription>/resourceGroups/<name>"`,
  });

/** What people call a hub, region, pool or site: part of resource names, so short, lower-case and without spaces. */
export const label = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, {
  error: (issue) =>
    `name ${JSON.stringify(issue.input)} must be lower-case letters, digits and single hyphens, starting with a letter, such as "weu"`,
});

/** A resource group that is made, or one that exists. */
export const resourceGroup = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("create") }),
  z.strictObject({
    mode: z.literal("use"),
    resourceGroupId: resourceGroupId.describe("Id of the existing resource group."),
  }),
]);

/** A resource group that is made, or one that exists. */
export type ResourceGroup = Immutable<z.output<typeof resourceGroup>>;
