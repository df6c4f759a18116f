import { describe, expect, test } from "vitest";
import type { Estate } from "../../model/estate.ts";
import { plainOf } from "../../readers/arm/arm-value.ts";
import { parseJson } from "../../readers/arm/parse-json.ts";
import { readPulumiState } from "../../readers/pulumi-state.ts";
import {
  declared,
  flattened,
  isJson,
  type Json,
  nestedChildren,
  standaloneChildren,
  withUpperCaseIds,
} from "./forms.ts";
import { fixture, readData, readGood, template, withoutPlaces } from "./read.ts";

const all = resourcesOf("every-type.json");
const resources = all.filter((resource) => resource.type !== undefined);
const connection = all.filter((resource) => resource.type === undefined);
const expected = comparable(readData(all).estate);

const symbolicNames = (list: readonly Json[]) =>
  Object.fromEntries(list.map((resource, index) => [`resource${index}`, resource]));
const exploded = resources.flatMap(standaloneChildren);

describe("the same resources are the same estate", () => {
  test.each<{ form: string; files: readonly unknown[] }>([
    { form: "as an array", files: [all] },
    { form: "as an answer of the REST API", files: [{ value: all, nextLink: null }] },
    { form: "as an answer of Resource Graph", files: [{ count: all.length, data: all }] },
    { form: "each in a file of its own", files: all },
    { form: "as the Azure CLI prints them", files: [all.map(flattened)] },
    { form: "as a template", files: [template(resources.map(declared)), connection] },
    {
      form: "as a template with symbolic names",
      files: [template(symbolicNames(resources.map(declared)), { languageVersion: "2.0" }), connection],
    },
    {
      form: "as an exported template inside an answer",
      files: [{ template: template(resources.map(declared)) }, connection],
    },
    { form: "as a nested deployment", files: [template([deployment(template(resources.map(declared)))]), connection] },
    { form: "with all children on their own", files: [[...exploded, ...connection]] },
    { form: "with all children on their own, flattened", files: [[...exploded, ...connection].map(flattened)] },
    { form: "with all children on their own, in a template", files: [template(exploded.map(declared)), connection] },
    { form: "with children nested in their parents", files: [template(nestedChildren(exploded)), connection] },
    {
      form: "in two templates",
      files: [template(resources.slice(0, 5).map(declared)), template(resources.slice(5).map(declared)), connection],
    },
    { form: "with children before their parents", files: [[...exploded].reverse().concat(connection)] },
    { form: "with ids in other case", files: [[...exploded, ...connection].map(withUpperCaseIds)] },
    {
      form: "with types in other case",
      files: [
        all.map((resource) => ({
          ...resource,
          ...(resource.type === undefined ? {} : { type: String(resource.type).toUpperCase() }),
        })),
      ],
    },
  ])("$form", ({ files }) => {
    const reading = readGood(
      ...files.map((data, index) => ({ name: `file${index}.json`, text: JSON.stringify(data) })),
    );
    expect(reading.estate.problems).toEqual([]);
    expect(comparable(reading.estate)).toEqual(expected);
  });

  test("as a stack of Pulumi exports them", () => {
    const exported = resources.map((resource, index) => ({
      urn: `urn:pulumi:prod::project::azure-native:any:Resource::r${index}`,
      custom: true,
      id: resource.id,
      type: "azure-native:network:VirtualNetwork",
      inputs: resource.type === "Microsoft.Network/virtualWans" ? { type: "Standard" } : {},
      outputs: withoutWanType(flattened(resource)),
    }));
    const reading = readPulumiState({
      name: "state.json",
      text: JSON.stringify({ version: 3, deployment: { resources: exported } }),
    });
    expect(
      reading.ok &&
        comparable({ ...reading.estate, azureNetworkConnections: readData(connection).estate.azureNetworkConnections }),
    ).toEqual(expected);
  });
});

/** Without places and order, ids in one case, and with the subscription and group that a template leaves open. */
function comparable(estate: Estate): unknown {
  const text = JSON.stringify(withoutPlaces(estate))
    .toLowerCase()
    .replaceAll("{subscription}", "00000000-0000-0000-0000-000000000001")
    .replaceAll("{resource-group}", "rg-net");
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([name, item]) => [name, sorted(item)] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return sorted(JSON.parse(text));
}

function deployment(inner: object): object {
  return {
    type: "Microsoft.Resources/deployments",
    apiVersion: "2022-09-01",
    name: "inner",
    properties: { mode: "Incremental", expressionEvaluationOptions: { scope: "inner" }, template: inner },
  };
}

function withoutWanType({ typePropertiesType: _, ...rest }: Json): Json {
  return rest;
}

function resourcesOf(name: string): readonly Json[] {
  const parsed = parseJson(fixture(name).text, name);
  const plain = "value" in parsed ? plainOf(parsed.value) : undefined;
  const list = plain !== undefined && "plain" in plain && isJson(plain.plain) ? plain.plain.value : undefined;
  return Array.isArray(list) ? list.filter(isJson) : [];
}
