import { z } from "zod";
import { containsUnknown, type PropertyMap, plain, secret } from "../protocol/property-values.ts";
import type { CheckFailure, CheckRequest, CheckResult } from "../protocol/resource-type.ts";
import { defaultsInput, type InputRules, inputFailures, knownInputs } from "./check-inputs.ts";
import type { PasswordVault } from "./password-vault.ts";
import { optionalText } from "./picked.ts";

/** The inputs that a hybrid join has besides. */
export const domainInputs = ["adDomainName", "adDomainUsername", "adDomainPassword", "organizationalUnit"];

const group = "/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+";
const subnet = `${group}/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+`;

/** Source: https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection (page of 2026-05-05, read 2026-11-20). */
const rules: InputRules = {
  displayName: { schema: z.string().min(1, "must not be empty") },
  connectionType: { schema: z.enum(["azureADJoin", "hybridAzureADJoin"]), required: true },
  resourceGroupId: { schema: armId(group, "/subscriptions/…/resourceGroups/…"), required: true },
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
  const named = given.displayName === undefined ? withName(given, olds, urn, randomSeed) : given;
  return { inputs: await withSealedPassword(named, olds, vault), failures: [] };
}

/** What is wrong with inputs seen together. */
function togetherFailures(known: PropertyMap, given: PropertyMap): readonly CheckFailure[] {
  const [groupId, subnetId] = [optionalText(known, "resourceGroupId"), optionalText(known, "subnetId")];
  const [ofGroup, ofSubnet] = [groupId, subnetId].map((id) => id?.split("/")[2]?.toLowerCase());
  const apart = ofGroup !== undefined && ofSubnet !== undefined && ofGroup !== ofSubnet;
  return [
    ...domainFailures(known.connectionType, given),
    ...(apart
      ? [
          {
            property: "resourceGroupId",
            reason: "is in another subscription than the subnet; a connection has one subscription",
          },
        ]
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
function withName(given: PropertyMap, olds: PropertyMap, urn: string, randomSeed: string): PropertyMap {
  const old = olds[defaultsInput] === undefined ? undefined : optionalText(olds, "displayName");
  const suffix = randomSeed === "" ? crypto.randomUUID().slice(0, 8) : randomSeed.slice(0, 8);
  const displayName = old ?? `${urn.split("::").at(-1) ?? "connection"}-${suffix}`;
  return { ...given, displayName, [defaultsInput]: ["displayName"] };
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
