import { describe, expect, test } from "vitest";
import { rulesFor } from "../../../sandbox/arm/rules.ts";
import { armBench, group, networkId, ref, subscription } from "./support.ts";

const network = (location: string) => ({
  location,
  properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
});
const table = { location: "westeurope" };

describe("every PUT", () => {
  test.each([
    {
      case: "a resource group that is not there",
      id: networkId("routeTables/rt", `${subscription}/resourceGroups/none`),
      body: table,
      says: ["ResourceGroupNotFound: Resource group 'none' could not be found."],
    },
    {
      case: "a resource group written in another case",
      id: networkId("routeTables/rt", group.toUpperCase()),
      body: table,
      says: [],
    },
    {
      case: "a parent that is not there",
      id: networkId("virtualNetworks/none/subnets/a"),
      body: { properties: { addressPrefix: "10.0.0.0/24" } },
      says: [
        `ParentResourceNotFound: Failed to perform 'write' on resource(s) of type 'virtualNetworks/subnets', because the parent resource '${networkId("virtualNetworks/none")}' could not be found.`,
      ],
    },
    {
      case: "no location",
      id: networkId("routeTables/rt"),
      body: {},
      says: ["LocationRequired: The location property is required for this definition."],
    },
    { case: "a location with spaces", id: networkId("routeTables/rt"), body: { location: "West Europe" }, says: [] },
  ])("is judged by its place: $case", ({ id, body, says }) => {
    expect(armBench().refusals(id, body)).toEqual(says);
  });

  test("names the regions when the location is none of them", () => {
    expect(armBench().refusals(networkId("routeTables/rt"), { location: "westeurop" })[0]).toMatch(
      /^LocationNotAvailableForResourceType: The provided location 'westeurop' is not available for resource type 'Microsoft.Network\/routeTables'. List of available regions for the resource type is '.*westeurope.*'\.$/,
    );
  });

  test.each([
    { name: "rt", verdict: "accepted" },
    { name: "rt_", verdict: "accepted" },
    { name: "r.t-1", verdict: "accepted" },
    { name: "rt-", verdict: "InvalidResourceName" },
    { name: "_rt", verdict: "InvalidResourceName" },
    { name: "r t", verdict: "InvalidResourceName" },
    { name: "r".repeat(80), verdict: "accepted" },
    { name: "r".repeat(81), verdict: "InvalidResourceName" },
  ])('the name "$name" of a route table is $verdict', ({ name, verdict }) => {
    expect(armBench().verdict(networkId(`routeTables/${name}`), table)).toBe(verdict);
  });

  test.each([
    { type: "virtualNetworks", name: "v", verdict: "InvalidResourceName" },
    { type: "virtualNetworks", name: "v".repeat(64), verdict: "accepted" },
    { type: "virtualNetworks", name: "v".repeat(65), verdict: "InvalidResourceName" },
  ])("the name of a virtual network has 2 to 64 characters: $name is $verdict", ({ type, name, verdict }) => {
    expect(armBench().verdict(networkId(`${type}/${name}`), network("westeurope"))).toBe(verdict);
  });

  test.each([
    { path: "Microsoft.OperationalInsights/workspaces/log", verdict: "InvalidWorkspaceName" },
    { path: "Microsoft.OperationalInsights/workspaces/logs", verdict: "accepted" },
    { path: "Microsoft.OperationalInsights/workspaces/logs-", verdict: "InvalidWorkspaceName" },
    { path: "Microsoft.Authorization/locks/keep%", verdict: "InvalidLockName" },
    { path: "Microsoft.Authorization/locks/keep it", verdict: "accepted" },
    { path: "Microsoft.Insights/diagnosticSettings/to:log", verdict: "InvalidDiagnosticSettingName" },
  ])("names outside Microsoft.Network: $path is $verdict", ({ path, verdict }) => {
    const properties = path.includes("locks") ? { level: "ReadOnly" } : {};
    const place = path.includes("workspaces") ? { location: "westeurope" } : {};
    expect(armBench().verdict(`${group}/providers/${path}`, { ...place, properties })).toBe(verdict);
  });

  test("a resource cannot move to another region", () => {
    const bench = armBench((azure) => azure.put(networkId("virtualNetworks/hub"), network("westeurope")));
    expect(bench.refusals(networkId("virtualNetworks/hub"), network("North Europe"))).toEqual([
      "InvalidResourceLocation: The resource 'hub' already exists in location 'westeurope' in resource group 'rg-test'. A resource with the same name cannot be created in location 'North Europe'. Please select a new resource name.",
    ]);
    expect(bench.verdict(networkId("virtualNetworks/hub"), network("West Europe"))).toBe("accepted");
  });

  test("a resource group cannot move either", () => {
    expect(armBench().refusals(group, { location: "northeurope" })).toEqual([
      "InvalidResourceGroupLocation: Invalid resource group location 'northeurope'. The Resource group already exists in location 'westeurope'.",
    ]);
  });

  test("zones exist only where the region has them", () => {
    const address = (location: string) => ({
      location,
      sku: { name: "Standard" },
      zones: ["1", "2", "3"],
      properties: { publicIPAllocationMethod: "Static" },
    });
    const bench = armBench();
    expect(bench.verdict(networkId("publicIPAddresses/pip"), address("westeurope"))).toBe("accepted");
    expect(bench.refusals(networkId("publicIPAddresses/pip"), address("westus"))).toEqual([
      "AvailabilityZoneNotSupported: The zone(s) '1,2,3' for resource 'Microsoft.Network/publicIPAddresses/pip' is not supported. The supported zones for location 'westus' are ''",
    ]);
  });
});

describe("references", () => {
  const subnet = networkId("virtualNetworks/hub/subnets/a");
  const body = (properties: object) => ({ properties: { addressPrefix: "10.0.0.0/24", ...properties } });
  const other = `${subscription.replace("0001", "0002")}/resourceGroups/rg-test`;
  const bench = armBench((azure) => {
    azure.put(networkId("virtualNetworks/hub"), network("westeurope"));
    azure.put(networkId("routeTables/near"), { location: "westeurope" });
    azure.put(networkId("routeTables/far"), { location: "northeurope" });
    azure.put(other, { location: "westeurope" });
    azure.put(networkId("routeTables/foreign", other), { location: "westeurope" });
  });

  test.each([
    { case: "a table of the region", routeTable: ref("routeTables/near"), verdict: "accepted" },
    { case: "a table that is not there", routeTable: ref("routeTables/none"), verdict: "InvalidResourceReference" },
    { case: "a table of another region", routeTable: ref("routeTables/far"), verdict: "InvalidResourceReference" },
    {
      case: "a table of another subscription",
      routeTable: { id: networkId("routeTables/foreign", other) },
      verdict: "ReferencedResourceInDifferentSubscription",
    },
    { case: "a resource of another type", routeTable: ref("virtualNetworks/hub"), verdict: "InvalidRequestFormat" },
  ])("a subnet with $case is $verdict", ({ routeTable, verdict }) => {
    expect(bench.verdict(subnet, body({ routeTable }))).toBe(verdict);
  });

  test("a missing resource is named with the one that wanted it", () => {
    expect(bench.refusals(subnet, body({ routeTable: ref("routeTables/none") }))).toEqual([
      `InvalidResourceReference: Resource ${networkId("routeTables/none")} referenced by resource ${subnet} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    ]);
  });

  test.each([
    { state: "Failed", status: 400 },
    { state: "Updating", status: 429 },
  ])("a resource in state $state cannot be built on", ({ state, status }) => {
    const id = networkId("virtualNetworks/hub/subnets/b");
    const inState = {
      ...bench.estate,
      get: (wanted: string) => {
        const found = bench.estate.get(wanted);
        return found && wanted.endsWith("/near")
          ? { ...found, properties: { ...found.properties, provisioningState: state } }
          : found;
      },
    };
    const body = {
      id,
      name: "b",
      type: "Microsoft.Network/virtualNetworks/subnets",
      properties: { addressPrefix: "10.0.1.0/24", routeTable: ref("routeTables/near") },
    };
    expect(rulesFor(body.type)?.validatePut({ id, body, previous: undefined, estate: inState })).toEqual([
      {
        status,
        code: "ReferencedResourceNotProvisioned",
        message: `Cannot proceed with operation because resource ${networkId("routeTables/near")} used by resource ${id} is not in Succeeded state. Resource is in ${state} state.`,
      },
    ]);
  });
});

describe("management locks", () => {
  const lock = (level: string) => ({ properties: { level } });
  const lockId = `${group}/providers/Microsoft.Authorization/locks/keep`;

  test.each([
    { level: "CanNotDelete", write: "accepted", remove: "ScopeLocked" },
    { level: "ReadOnly", write: "ScopeLocked", remove: "ScopeLocked" },
  ])("a $level lock of the group: write $write, delete $remove", ({ level, write, remove }) => {
    const bench = armBench((azure) => {
      azure.put(networkId("routeTables/rt"), table);
      azure.put(lockId, lock(level));
    });
    expect(bench.verdict(networkId("routeTables/rt"), table)).toBe(write);
    expect(bench.deleteVerdict(networkId("routeTables/rt"))).toBe(remove);
    expect(bench.deleteVerdict(group)).toBe(remove);
    expect(bench.deleteVerdict(lockId)).toBe("accepted");
  });

  test("a lock of one resource leaves its neighbours alone", () => {
    const bench = armBench((azure) => {
      azure.put(networkId("routeTables/rt"), table);
      azure.put(networkId("routeTables/other"), table);
      azure.put(`${networkId("routeTables/rt")}/providers/Microsoft.Authorization/locks/keep`, lock("CanNotDelete"));
    });
    expect(bench.deleteVerdict(networkId("routeTables/rt"))).toBe("ScopeLocked");
    expect(bench.deleteVerdict(networkId("routeTables/other"))).toBe("accepted");
  });

  test("a lock needs something to lock", () => {
    expect(
      armBench().verdict(
        `${networkId("routeTables/none")}/providers/Microsoft.Authorization/locks/keep`,
        lock("ReadOnly"),
      ),
    ).toBe("ResourceNotFound");
  });
});

describe("resource groups", () => {
  const away = `${subscription}/resourceGroups/away`;

  test.each([
    { name: "rg-1_(a).b", verdict: "accepted" },
    { name: "rg.", verdict: "InvalidResourceGroup" },
    { name: "r g", verdict: "InvalidResourceGroup" },
    { name: "r".repeat(90), verdict: "accepted" },
    { name: "r".repeat(91), verdict: "InvalidResourceGroup" },
  ])('the name "$name" is $verdict', ({ name, verdict }) => {
    expect(armBench().verdict(`${subscription}/resourceGroups/${name}`, { location: "westeurope" })).toBe(verdict);
  });

  test("deleting a group deletes what uses each other inside it", () => {
    const bench = armBench((azure) => {
      azure.put(networkId("routeTables/rt"), table);
      azure.put(networkId("virtualNetworks/hub"), network("westeurope"));
      azure.put(networkId("virtualNetworks/hub/subnets/a"), {
        properties: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables/rt") },
      });
    });
    bench.delete(group);
    expect(bench.estate.get(networkId("virtualNetworks/hub/subnets/a"))).toBeUndefined();
  });

  test("a use from outside keeps the group", () => {
    const bench = armBench((azure) => {
      azure.put(away, { location: "westeurope" });
      azure.put(networkId("routeTables/rt"), table);
      azure.put(networkId("virtualNetworks/hub", away), network("westeurope"));
      azure.put(networkId("virtualNetworks/hub/subnets/a", away), {
        properties: { addressPrefix: "10.0.0.0/24", routeTable: ref("routeTables/rt") },
      });
    });
    expect(bench.deleteVerdict(group)).toBe("ResourceGroupDeletionBlocked");
    expect(bench.deleteVerdict(away)).toBe("accepted");
  });
});
