import { z } from "zod";
import { containsUnknown, type PropertyMap, plain, secret, unknown } from "../protocol/property-values.ts";
import type { CheckFailure, CheckRequest, CheckResult } from "../protocol/resource-type.ts";
import { defaultsInput, type InputRules, inputFailures, knownInputs } from "./check-inputs.ts";
import type { PasswordVault } from "./password-vault.ts";
import { optionalText } from "./picked.ts";

/** The inputs that a hybrid join has besides. */
export const domainInputs = ["adDomainName", "adDomainUsername", "adDomainPassword", "organizationalUnit"];

const group = "/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+";
const network = `${group}/providers/Microsoft\\.Network/virtualNetworks/[^/]+`;
const subnet = `${network}/subnets/[^/]+`;

/** Source: https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection (page of 2026-05-05, read 2026-11-20). */
const rules: InputRules = {
  displayName: { schema: z.string().min(1, "must not be empty") },
  connectionType: { schema: z.enum(["azureADJoin", "hybridAzureADJoin"]), required: true },
  resourceGroupId: { schema: armId(group, "/subscriptions/…/resourceGroups/…"), required: true },
  subscriptionId: { schema: z.guid() },
  virtualNetworkId: { schema: armId(network, "/subscriptions/…/virtualNetworks/…") },
  subnetId: { schema: armId(subnet, "/subscriptions/…/virtualNetworks/…/subnets/…"), required: true },
  adDomainName: {
    schema: z
      .string()
      .max(255)
      .regex(/^[^\s.@]+(\.[^\s.@]+)+$/, 'must be a full domain name such as "corp.contoso.com"'),
  },
  adDomainUsername: { schema: z.string().regex(/^[^\s@]+@[^\s@]+$/, 'must be of the form "account@corp.contoso.com"') },
  adDomainPassword: { schema: z.string().min(1, "must not be empty") },
  organizationalUnit: {
    schema: z
      .string()
      .regex(/^(OU|CN)=.+,\s*DC=.+$/i, 'must be a distinguished name such as "OU=Cloud PCs,DC=corp,DC=contoso,DC=com"'),
  },
};

/** Checks the inputs of a connection: makes a name where there is none, and puts a salted hash in the place of the password. */
export async function checkConnection(
  { urn, news, olds, randomSeed }: CheckRequest,
  vault: PasswordVault,
): Promise<CheckResult> {
  const { [defaultsInput]: _, ...given } = news;
  const failures = [...inputFailures(given, rules), ...togetherFailures(knownInputs(given), given)];
  if (failures.length > 0) return { inputs: news, failures };
  const made = { ...nameFor(given, olds, urn, randomSeed), ...placeOf(given) };
  const defaults = Object.keys(made).filter((name) => given[name] === undefined);
  const inputs = { ...made, ...given, ...(defaults.length > 0 && { [defaultsInput]: defaults }) };
  return { inputs: await withSealedPassword(inputs, olds, vault), failures: [] };
}

/** What is wrong with inputs seen together. */
function togetherFailures(known: PropertyMap, given: PropertyMap): readonly CheckFailure[] {
  return [...domainFailures(known.connectionType, given), ...placeFailures(known)];
}

function placeFailures(known: PropertyMap): readonly CheckFailure[] {
  const [group, wholeSubnet] = [optionalText(known, "resourceGroupId"), optionalText(known, "subnetId")];
  if (wholeSubnet === undefined) return [];
  const { subscriptionId, virtualNetworkId } = placeOf({ subnetId: wholeSubnet });
  const differs = (one: string | undefined, other: unknown) =>
    one !== undefined && one.toLowerCase() !== String(other).toLowerCase();
  const apart = "is in another subscription than the subnet; a connection has one subscription";
  return [
    ...(differs(group?.split("/")[2], subscriptionId) ? [{ property: "resourceGroupId", reason: apart }] : []),
    ...(differs(optionalText(known, "subscriptionId"), subscriptionId)
      ? [{ property: "subscriptionId", reason: "is not the subscription of the subnet; leave it out" }]
      : []),
    ...(differs(optionalText(known, "virtualNetworkId"), virtualNetworkId)
      ? [{ property: "virtualNetworkId", reason: "is not the virtual network of the subnet; leave it out" }]
      : []),
  ];
}

function domainFailures(connectionType: unknown, given: PropertyMap): readonly CheckFailure[] {
  if (connectionType === "azureADJoin") {
    const tooMany = domainInputs.filter((name) => given[name] !== undefined);
    return tooMany.map((property) => ({ property, reason: 'belongs to connectionType "hybridAzureADJoin" only' }));
  }
  if (connectionType !== "hybridAzureADJoin") return [];
  const missing = domainInputs.filter((name) => name !== "organizationalUnit" && given[name] === undefined);
  return missing.map((property) => ({ property, reason: 'is required with connectionType "hybridAzureADJoin"' }));
}

/** The name of the last deployment if it was made here too, else one that no earlier connection has. */
function nameFor(given: PropertyMap, olds: PropertyMap, urn: string, randomSeed: string): PropertyMap {
  if (given.displayName !== undefined) return {};
  const old = isMade(olds, "displayName") ? optionalText(olds, "displayName") : undefined;
  const suffix = randomSeed === "" ? crypto.randomUUID().slice(0, 8) : randomSeed.slice(0, 8);
  return { displayName: old ?? `${urn.split("::").at(-1) ?? "connection"}-${suffix}` };
}

/** Subscription and virtual network are those of the subnet. They are inputs, so that policies see them. */
function placeOf({ subnetId = "" }: PropertyMap): PropertyMap {
  const id = plain(subnetId);
  if (containsUnknown(id)) return { subscriptionId: unknown, virtualNetworkId: unknown };
  const parts = String(id).split("/");
  return { subscriptionId: parts[2] ?? "", virtualNetworkId: parts.slice(0, -2).join("/") };
}

/** Whether the provider itself has filled in an input. */
export function isMade(inputs: PropertyMap, name: string): boolean {
  const made = inputs[defaultsInput];
  return Array.isArray(made) && made.includes(name);
}

async function withSealedPassword(given: PropertyMap, olds: PropertyMap, vault: PasswordVault): Promise<PropertyMap> {
  const { adDomainPassword } = given;
  if (adDomainPassword === undefined || containsUnknown(adDomainPassword)) return given;
  const old = olds.adDomainPassword === undefined ? undefined : plain(olds.adDomainPassword);
  const hash = await vault.seal(String(plain(adDomainPassword)), typeof old === "string" ? old : undefined);
  return { ...given, adDomainPassword: secret(hash) };
}

function armId(form: string, example: string): z.ZodType {
  return z.string().regex(new RegExp(`^${form}$`, "i"), `must be the id of an Azure resource such as "${example}"`);
}
