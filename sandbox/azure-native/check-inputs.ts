import { createHash, randomUUID } from "node:crypto";
import { type PropertyMap, plainInputs } from "../protocol/property-values.ts";
import type { CheckRequest, CheckResult } from "../protocol/stand-in-provider.ts";
import { checkValues } from "./check-values.ts";
import { schemaOfType } from "./property-schema.ts";
import { addressInputNames } from "./resource-address.ts";
import type { ResourceType } from "./resource-types.ts";

/** Says that the name was made at random, so that a replacement can be created before the old one is deleted. */
export const createBeforeDelete = "__createBeforeDelete";

/**
 * Inputs with a name, a location and the API version, and what is wrong with them.
 * `defaultLocation` is asked only if neither the program nor an earlier deployment said where.
 */
export async function checkInputs(
  type: ResourceType,
  request: CheckRequest,
  defaultLocation: (inputs: PropertyMap) => Promise<string | undefined>,
): Promise<CheckResult> {
  const named = { ...withName(type, request), azureApiVersion: type.apiVersion };
  const inputs = await withLocation(type, named, request.olds, defaultLocation);
  const failures = findFailures(type, plainInputs(inputs));
  return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
}

function withName(type: ResourceType, { news, olds, ...request }: CheckRequest): PropertyMap {
  const input = type.names.at(-1);
  if (input === undefined || news[input] !== undefined) return news;
  const old = olds[input];
  if (old !== undefined) {
    const wasRandom = olds[createBeforeDelete] === true;
    return { ...news, [input]: old, ...(wasRandom && { [createBeforeDelete]: true }) };
  }
  const name = generatedName(type, request);
  return name === undefined ? news : { ...news, [input]: name, [createBeforeDelete]: true };
}

function generatedName(
  type: ResourceType,
  request: Pick<CheckRequest, "urn" | "randomSeed" | "autonaming">,
): string | undefined {
  const { autonaming } = request;
  if (autonaming?.mode === "disable") return undefined;
  if (autonaming?.mode === "enforce") return autonaming.proposedName;
  if (autonaming?.mode === "propose" && type.autoname === "random") return autonaming.proposedName;
  const seed = request.randomSeed === "" ? randomUUID() : request.randomSeed;
  const digits = createHash("sha256").update(`${seed} ${request.urn}`).digest("hex");
  if (type.autoname === "uuid")
    return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return `${request.urn.split("::").at(-1) ?? ""}${digits.slice(0, 8)}`;
}

async function withLocation(
  type: ResourceType,
  inputs: PropertyMap,
  olds: PropertyMap,
  defaultLocation: (inputs: PropertyMap) => Promise<string | undefined>,
): Promise<PropertyMap> {
  if (!type.located || inputs.location !== undefined) return inputs;
  const location = olds.location ?? (await defaultLocation(plainInputs(inputs)));
  return location === undefined ? inputs : { ...inputs, location };
}

function findFailures(type: ResourceType, inputs: PropertyMap): readonly string[] {
  const missing = [...addressInputNames(type), ...type.required]
    .filter((name) => inputs[name] === undefined)
    .map((name) => {
      const advice =
        ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.";
      return `missing required property '${name}'${name === "location" ? advice : ""}`;
    });
  return [...new Set([...missing, ...checkValues(inputs, schemaOfType(type))])];
}
