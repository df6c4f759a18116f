import { describe, expect, test } from "vitest";
import { diagnosticsNames, hubNames, regionNames } from "../../config/names.ts";
import { identityOf, type Naming, nameProblem, patternProblem, resourceName } from "../../config/naming.ts";

const naming: Naming = {
  pattern: "{abbreviation}-{workload}-{name}",
  overrides: {},
  workload: "w365",
  stackName: "prod",
  seed: "00000000-0000-0000-0000-000000000001",
};

describe("resourceName", () => {
  // Abbreviations of the Cloud Adoption Framework.
  test.each([
    { kind: "resourceGroup", name: "rg-w365-weu" },
    { kind: "virtualNetwork", name: "vnet-w365-weu" },
    { kind: "subnet", name: "snet-w365-weu" },
    { kind: "networkSecurityGroup", name: "nsg-w365-weu" },
    { kind: "routeTable", name: "rt-w365-weu" },
    { kind: "natGateway", name: "ng-w365-weu" },
    { kind: "publicIPAddress", name: "pip-w365-weu" },
    { kind: "publicIPPrefix", name: "ippre-w365-weu" },
    { kind: "loadBalancer", name: "lb-w365-weu" },
    { kind: "azureFirewall", name: "afw-w365-weu" },
    { kind: "firewallPolicy", name: "afwp-w365-weu" },
    { kind: "ruleCollectionGroup", name: "rcg-w365-weu" },
    { kind: "virtualNetworkGateway", name: "vgw-w365-weu" },
    { kind: "localNetworkGateway", name: "lgw-w365-weu" },
    { kind: "connection", name: "con-w365-weu" },
    { kind: "virtualNetworkPeering", name: "peer-w365-weu" },
    { kind: "workspace", name: "log-w365-weu" },
  ] as const)("names a $kind $name", ({ kind, name }) => {
    expect(resourceName(naming, kind, ["weu"])).toBe(name);
  });

  test("joins the parts, and fills every token of a pattern", () => {
    const pattern = "{stack}-{name}-{workload}-{abbreviation}";
    expect(resourceName({ ...naming, pattern }, "subnet", ["weu", "staff"])).toBe("prod-weu-staff-w365-snet");
  });

  test("takes an override as it is, for its own resource only", () => {
    const overridden = { ...naming, overrides: { "virtualNetwork/weu": "corp-vnet-17" } };
    expect(resourceName(overridden, "virtualNetwork", ["weu"])).toBe("corp-vnet-17");
    expect(resourceName(overridden, "virtualNetwork", ["neu"])).toBe("vnet-w365-neu");
    expect(resourceName(overridden, "subnet", ["weu"])).toBe("snet-w365-weu");
  });

  test("gives a storage account a short name of letters and digits that differs between firms", () => {
    const name = resourceName(naming, "storageAccount", ["a-rather-long-region-name"]);
    expect(name).toMatch(/^stw365aratherlon[0-9a-f]{8}$/);
    expect(resourceName({ ...naming, seed: "another firm" }, "storageAccount", ["a-rather-long-region-name"])).not.toBe(
      name,
    );
    expect(
      resourceName({ ...naming, stackName: "another stack" }, "storageAccount", ["a-rather-long-region-name"]),
    ).toBe(name);
  });
});

describe("identity", () => {
  const renamed = { name: "frankfurt", renamedFrom: "weu" };

  test("is the name that was first deployed", () => {
    expect(identityOf(renamed)).toBe("weu");
    expect(identityOf({ name: "frankfurt" })).toBe("frankfurt");
  });

  test("keeps every name of a hub or region that is renamed", () => {
    const texts = (names: object) => Object.values(names).filter((name) => typeof name === "string");
    expect(texts(regionNames(naming, renamed))).toEqual(texts(regionNames(naming, { name: "weu" })));
    expect(texts(hubNames(naming, renamed))).toEqual(texts(hubNames(naming, { name: "weu" })));
  });

  test("keeps the names of a pool and a site that are renamed", () => {
    expect(regionNames(naming, { name: "weu" }).subnet({ name: "new", renamedFrom: "old" })).toBe("snet-w365-weu-old");
    expect(hubNames(naming, { name: "weu" }).connection({ name: "new", renamedFrom: "old" })).toBe(
      "con-w365-hub-weu-old",
    );
  });

  test("does not confuse a hub and a region of the same name", () => {
    expect(hubNames(naming, { name: "weu" }).virtualNetwork).toBe("vnet-w365-hub-weu");
    expect(regionNames(naming, { name: "weu" }).virtualNetwork).toBe("vnet-w365-weu");
    expect(diagnosticsNames(naming).workspace).toBe("log-w365-diagnostics");
  });
});

describe("nameProblem", () => {
  test.each([
    {
      kind: "virtualNetwork",
      name: "v",
      problem: 'virtualNetwork name "v" has length 1; Azure accepts 2 to 64 characters',
    },
    {
      kind: "subnet",
      name: "snet w365",
      problem:
        'subnet name "snet w365" is not valid; Azure accepts letters, digits, "_", "." and "-", starting with a letter or digit and ending with one or "_"',
    },
    {
      kind: "resourceGroup",
      name: "rg.",
      problem:
        'resourceGroup name "rg." is not valid; Azure accepts letters, digits, "_", "-", ".", "(" and ")", not ending with "."',
    },
    {
      kind: "storageAccount",
      name: "st-w365",
      problem: 'storageAccount name "st-w365" is not valid; Azure accepts lower-case letters and digits',
    },
    {
      kind: "workspace",
      name: "log_w365",
      problem:
        'workspace name "log_w365" is not valid; Azure accepts letters, digits and "-", starting and ending with a letter or digit',
    },
    { kind: "subnet", name: "snet-w365_", problem: undefined },
    { kind: "resourceGroup", name: "rg-(w365)", problem: undefined },
    { kind: "virtualNetwork", name: "v".repeat(64), problem: undefined },
    {
      kind: "virtualNetwork",
      name: "v".repeat(65),
      problem: `virtualNetwork name "${"v".repeat(65)}" has length 65; Azure accepts 2 to 64 characters`,
    },
  ] as const)("$kind $name: $problem", ({ kind, name, problem }) => {
    expect(nameProblem(kind, name)).toBe(problem);
  });
});

describe("patternProblem", () => {
  test.each([
    { pattern: "{name}", problem: undefined },
    {
      pattern: "{region}-{name}",
      problem:
        'pattern "{region}-{name}" has the unknown token "{region}"; tokens are {abbreviation}, {workload}, {name}, {stack}',
    },
    { pattern: "{abbreviation}", problem: 'pattern "{abbreviation}" must have the token "{name}", else names collide' },
  ])("$pattern: $problem", ({ pattern, problem }) => {
    expect(patternProblem(pattern)).toBe(problem);
  });
});
