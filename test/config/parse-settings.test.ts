import { describe, expect, test } from "vitest";
import { parseSettings, type StackConfig } from "../../config/parse-settings.ts";
import { environment, hubEnvironment } from "./input.ts";

const namespace = "windows365-network";

function settings(values: Readonly<Record<string, unknown>>, changes: Partial<StackConfig> = {}) {
  const entries = Object.entries(values).map(
    ([key, value]) => [key.includes(":") ? key : `${namespace}:${key}`, value] as const,
  );
  return parseSettings({
    stackName: "test",
    values: new Map(entries),
    secretKeys: new Set(),
    secretsRequired: true,
    ...changes,
  });
}

function problems(values: Readonly<Record<string, unknown>>, changes: Partial<StackConfig> = {}) {
  const result = settings(values, changes);
  return result.ok ? [] : result.problems.map(({ key, message }) => `${key}: ${message}`);
}

describe("layers", () => {
  test.each([
    { case: "everything by default", values: { environment: environment() }, layer: { layer: "all" } },
    { case: "the hubs", values: { environment: hubEnvironment(), layer: "hub" }, layer: { layer: "hub" } },
    {
      case: "one region with the hub of another stack",
      values: {
        environment: hubEnvironment(),
        layer: "region",
        region: "weu",
        hubStack: "organization/windows365-network/hub",
      },
      layer: { layer: "region", region: "weu", hubStack: "organization/windows365-network/hub" },
    },
  ])("a stack deploys $case", ({ values, layer }) => {
    const result = settings(values);
    expect(result.ok && result.settings.layer).toEqual(layer);
  });

  test("the hub and region stacks of one environment have one digest", () => {
    const hub = settings({ environment: hubEnvironment(), layer: "hub" });
    const region = settings(
      { environment: hubEnvironment(), layer: "region", region: "weu", hubStack: "hub" },
      { stackName: "other" },
    );
    expect(hub.ok && hub.settings.environmentDigest).toBe(region.ok && region.settings.environmentDigest);
    expect(hub.ok).toBe(true);
  });

  test.each([
    {
      case: "an unknown layer",
      values: { environment: environment(), layer: "regions" },
      expected: [
        'windows365-network:layer: layer "regions" is not known; it must be "all", "hub", "region" or "connection"; did you mean "region"?',
      ],
    },
    {
      case: "a region layer that names no region",
      values: { environment: environment(), layer: "region", hubStack: "hub" },
      expected: ['windows365-network:region: it is missing; layer "region" deploys one region, which must be "weu"'],
    },
    {
      case: "a region layer that names another region",
      values: { environment: environment(), layer: "region", region: "wue", hubStack: "hub" },
      expected: ['windows365-network:region: region "wue" is not in the environment; did you mean "weu"?'],
    },
    {
      case: "a region layer without the stack of the hub layer",
      values: { environment: hubEnvironment(), layer: "region", region: "weu" },
      expected: [
        'windows365-network:hubStack: it is missing; layer "region" needs the stack of the hub layer, such as "organization/windows365-network/hub"',
      ],
    },
    {
      case: "a hub stack that is no text",
      values: { environment: environment(), layer: "region", region: "weu", hubStack: 7 },
      expected: [
        'windows365-network:hubStack: 7 is not the name of a stack; layer "region" needs the stack of the hub layer, such as "organization/windows365-network/hub"',
      ],
    },
    {
      case: "a region in another layer",
      values: { environment: environment(), region: "weu" },
      expected: [
        'windows365-network:region: it has no meaning in layer "all"; remove it, or set windows365-network:layer to "region"',
      ],
    },
    {
      case: "a connection layer without the stacks of the network",
      values: { environment: environment({ windows365: { connections: {} } }), layer: "connection" },
      expected: [
        'windows365-network:networkStacks: it is missing; layer "connection" needs the stacks that hold the network, such as ["organization/windows365-network/hub", "organization/windows365-network/weu"]',
      ],
    },
    {
      case: "a connection layer that is given a hub stack, and an environment that asks for nothing of Windows 365",
      values: { environment: environment(), layer: "connection", hubStack: "hub", networkStacks: ["weu"] },
      expected: [
        'windows365-network:hubStack: it has no meaning in layer "connection"; remove it, or set windows365-network:layer to "region"',
        'windows365-network:layer: layer "connection" makes what the environment says under windows365, and it says nothing',
      ],
    },
    {
      case: "names that differ between the layers",
      values: { environment: environment({ naming: { pattern: "{stack}-{abbreviation}-{name}" } }), layer: "hub" },
      expected: [
        'windows365-network:layer: layer "hub" does not go with naming.pattern "{stack}-{abbreviation}-{name}": the layers of one environment are different stacks, so {stack} would give one resource two names; use {workload}',
      ],
    },
  ])("$case is refused", ({ values, expected }) => {
    expect(problems(values)).toEqual(expected);
  });
});

describe("keys", () => {
  test.each([
    {
      case: "no environment",
      values: {},
      expected: [
        "windows365-network:environment: it is missing; set it, or set environmentFile to a file that holds it",
      ],
    },
    {
      case: "an environment and a file",
      values: { environment: environment(), environmentFile: "shared.yaml" },
      expected: ["windows365-network:environmentFile: the stack has an environment of its own too; remove one of them"],
    },
    {
      case: "a misspelt key, beside a misspelt part of the environment",
      values: { enviroment: {}, environment: environment({ protekt: true }) },
      expected: [
        'windows365-network:environment: key "protekt" is not known; did you mean "protect"?',
        'windows365-network:enviroment: the key is not known; did you mean "environment"?',
      ],
    },
  ])("$case is refused", ({ values, expected }) => {
    expect(problems(values)).toEqual(expected);
  });

  test("an environment that was set as a secret is refused", () => {
    const secretKeys = new Set([`${namespace}:environment`]);
    expect(problems({ environment: environment() }, { secretKeys })).toEqual([
      "windows365-network:environment: it is set as a secret; set it in clear, and each secret as a key of its own that the environment names",
    ]);
  });

  test("the environment of a shared file is as good as the stack's own", () => {
    const own = settings({ environment: environment() });
    const shared = settings({ environmentFile: "shared.yaml" }, { sharedEnvironment: environment() });
    expect(shared).toEqual(own);
    expect(shared.ok).toBe(true);
  });

  test("a key that nothing uses is a warning, and keys of other projects are none of ours", () => {
    const result = settings({ environment: environment(), leftOver: "x", "azure-native:location": "westeurope" });
    expect(result.ok && result.warnings.map(({ key, message }) => `${key}: ${message}`)).toEqual([
      "windows365-network:leftOver: the key is not used: the environment names no such secret",
    ]);
  });
});
