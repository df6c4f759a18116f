import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contradictions } from "../../catalogue/contradictions.ts";
import type { Endpoint } from "../../catalogue/endpoint.ts";
import { allEndpoints } from "../../catalogue/endpoints.ts";
import { errorTypes } from "../../catalogue/health-checks.ts";
import { loadData } from "../../catalogue/load-data.ts";
import { regions } from "../../catalogue/regions.ts";

interface Documented {
  readonly line: string;
  readonly list: string;
  readonly side: string;
  readonly cloud: string;
  readonly destination: string;
  readonly protocol: string;
  readonly port: string;
}

const documented = readFileSync(new URL("./fixtures/documented-endpoints.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line): Documented => {
    const [list = "", side = "", cloud = "", destination = "", protocol = "", port = ""] = line.split(" ");
    return { line, list, side, cloud, destination, protocol, port };
  });

/** What is documented and not in the catalogue, with the reason. */
const leftOut: readonly { readonly destination: string; readonly because: string }[] = [
  { destination: "intunecdnpeasd.azureedge.net", because: "serves Android devices; a Cloud PC is none" },
  { destination: "intunecdnpeasd.manage.microsoft.com", because: "serves Android devices; a Cloud PC is none" },
];

const byDestination = Map.groupBy(allEndpoints(), ({ destination }) =>
  destination.value.replace(/\/32$/, "").toLowerCase(),
);

describe("what the lists name", () => {
  test.each([
    { list: "windows365", lines: 102 },
    { list: "avd", lines: 72 },
    { list: "intune", lines: 300 },
    { list: "intune-2026", lines: 171 },
    { list: "hybrid-join", lines: 4 },
  ])("$list has $lines destinations and ports, each in the catalogue or left out with a reason", ({ list, lines }) => {
    const ofList = documented.filter((one) => one.list === list);
    expect(ofList).toHaveLength(lines);
    const missing = ofList.filter((one) => !isLeftOut(one) && !isCovered(one));
    expect(missing.map(({ line }) => line)).toEqual([]);
  });

  test("only what is left out for a reason is left out", () => {
    expect(documented.filter(isLeftOut)).toHaveLength(3);
    for (const { destination } of leftOut) expect(byDestination.get(destination)).toBeUndefined();
  });
});

describe("counts of what was collected", () => {
  const roles = loadData("roles");
  const identity = loadData("identity");
  const anc = loadData("anc");
  test.each([
    { what: "error types", is: errorTypes().length, documented: 69 },
    { what: "health checks, two of them not on the page", is: loadData("health-checks").checks.length, documented: 17 },
    {
      what: "thresholds of checks, but for the one that is not documented",
      is: loadData("health-checks").thresholds.length,
      documented: 4,
    },
    { what: "regions", is: regions().length, documented: 39 },
    {
      what: "regions for disaster recovery only",
      is: regions().filter((region) => region.support === "disasterRecoveryOnly").length,
      documented: 4,
    },
    {
      what: "restricted regions",
      is: regions().filter((region) => region.support === "restricted").length,
      documented: 2,
    },
    { what: "government regions", is: regions().filter((region) => region.cloud === "usGov").length, documented: 3 },
    { what: "role assignments of Windows 365", is: roles.assignments.length, documented: 3 },
    { what: "Azure built-in roles", is: roles.roles.length, documented: 9 },
    { what: "applications", is: roles.applications.length, documented: 6 },
    { what: "Entra roles", is: roles.entraRoles.length, documented: 4 },
    { what: "uses of Graph permissions", is: roles.graphPermissions.length, documented: 4 },
    { what: "properties of a connection", is: anc.properties.length, documented: 24 },
    { what: "operations on a connection", is: anc.operations.length, documented: 7 },
    {
      what: "requirements of network, subnet and resource group",
      is: loadData("subnet-requirements").statements.length,
      documented: 39,
    },
    { what: "rules of routes and firewalls", is: loadData("network-semantics").statements.length, documented: 74 },
    { what: "rules of gateways and peerings", is: loadData("hybrid-connectivity").statements.length, documented: 79 },
    { what: "rules of Virtual WAN", is: loadData("virtual-wan").statements.length, documented: 51 },
    { what: "rules of DNS", is: loadData("dns").statements.length, documented: 43 },
    { what: "limits and naming rules of Azure", is: loadData("azure-limits").limits.length, documented: 60 },
    { what: "built-in policies", is: loadData("azure-policies").policies.length, documented: 15 },
    {
      what: "flows to domain controllers, NetBIOS once for each protocol",
      is: loadData("domain-controllers").flows.length,
      documented: 19,
    },
    { what: "join types", is: identity.joinTypes.length, documented: 2 },
    {
      what: "identity types, the superseded answer on external ones left out",
      is: identity.identityTypes.length,
      documented: 4,
    },
    { what: "Conditional Access targets", is: identity.conditionalAccessTargets.length, documented: 4 },
    { what: "steps to single sign-on", is: identity.singleSignOnSteps.length, documented: 4 },
    { what: "FQDN tags", is: loadData("fqdn-tags").fqdnTags.length, documented: 12 },
    { what: "service tags with pinned prefixes", is: loadData("service-tag-prefixes").tags.length, documented: 74 },
    { what: "Microsoft 365 endpoint sets", is: loadData("endpoints-microsoft365").endpointSets.length, documented: 79 },
    { what: "facts on agents", is: loadData("agents").statements.length, documented: 14 },
    {
      what: "contradictions collected, besides those found while compiling",
      is: contradictions().filter(({ id }) => !/^(?:dns|hybrid|net|wan)-/.test(id)).length,
      documented: 36,
    },
  ])("$documented $what", ({ is, documented: expected }) => {
    expect(is).toBe(expected);
  });
});

function isLeftOut({ destination }: Documented): boolean {
  return leftOut.some((one) => one.destination === destination);
}

function isCovered({ side, cloud, destination, protocol, port }: Documented): boolean {
  const rows = byDestination.get(destination.toLowerCase()) ?? [];
  return rows.some(
    (row: Endpoint) =>
      row.side === side &&
      row.clouds.some((one) => one === cloud) &&
      row.protocol.toUpperCase() === protocol &&
      row.ports.includes(port),
  );
}
