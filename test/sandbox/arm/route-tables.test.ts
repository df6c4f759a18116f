import { describe, expect, test } from "vitest";
import { armBench, networkId, ref } from "./support.ts";

const rt = networkId("routeTables/rt");
const appliance = { addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.0.0.4" };
const table = (...routes: object[]) => ({
  location: "westeurope",
  properties: { routes: routes.map((properties, index) => ({ name: `route${index}`, properties })) },
});

describe("routes", () => {
  test.each([
    { case: "an appliance with its address", route: appliance, verdict: "accepted" },
    {
      case: "an appliance without",
      route: { ...appliance, nextHopIpAddress: undefined },
      verdict: "MissingNextHopIpAddress",
    },
    {
      case: "an address without an appliance",
      route: { ...appliance, nextHopType: "Internet" },
      verdict: "NextHopIpAddressNotAllowed",
    },
    {
      case: "an appliance's name instead of its address",
      route: { ...appliance, nextHopIpAddress: "firewall" },
      verdict: "InvalidNextHopIpAddress",
    },
    {
      case: "a service tag",
      route: { addressPrefix: "WindowsVirtualDesktop", nextHopType: "Internet" },
      verdict: "accepted",
    },
    {
      case: "a tag that does not exist",
      route: { addressPrefix: "Windows365", nextHopType: "Internet" },
      verdict: "InvalidAddressPrefixFormat",
    },
    { case: "host bits", route: { ...appliance, addressPrefix: "10.1.0.4/16" }, verdict: "InvalidCIDRNotation" },
    { case: "no prefix", route: { nextHopType: "Internet" }, verdict: "RouteAddressPrefixRequired" },
    {
      case: "a next hop that only Azure makes",
      route: { addressPrefix: "10.1.0.0/16", nextHopType: "VNetPeering" },
      verdict: "InvalidRequestFormat",
    },
  ])("$case: $verdict", ({ route, verdict }) => {
    expect(armBench().verdict(rt, table(route))).toBe(verdict);
  });

  test("one prefix has one route", () => {
    expect(armBench().verdict(rt, table(appliance, { addressPrefix: "0.0.0.0/0", nextHopType: "Internet" }))).toBe(
      "RouteConflict",
    );
    expect(armBench().verdict(rt, table(appliance, { addressPrefix: "10.0.0.0/8", nextHopType: "None" }))).toBe(
      "accepted",
    );
  });

  test("the missing address is answered in ARM's words", () => {
    expect(armBench().refusals(rt, table({ ...appliance, nextHopIpAddress: undefined }))).toEqual([
      "MissingNextHopIpAddress: NextHopIpAddress cannot be Null or Empty in route route0 when NextHopType is VirtualAppliance.",
    ]);
  });
});

describe("route tables", () => {
  test("take 25 routes with service tags", () => {
    const tags = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        addressPrefix: `Storage.Region${index}`,
        nextHopType: "Internet",
      }));
    expect(armBench().verdict(rt, table(...tags(25)))).toBe("accepted");
    expect(armBench().verdict(rt, table(...tags(26)))).toBe("ServiceTagRouteLimitExceeded");
  });

  test("take 1000 routes", () => {
    const routes = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        addressPrefix: `10.${Math.floor(index / 256)}.${index % 256}.0/24`,
        nextHopType: "None",
      }));
    expect(armBench().verdict(rt, table(...routes(1000)))).toBe("accepted");
    expect(armBench().verdict(rt, table(...routes(1001)))).toBe("RouteTableLimitExceeded");
  });

  test("a table in use stays, and a GET shows its subnets", () => {
    const bench = armBench((azure) => {
      azure.put(rt, table(appliance));
      azure.put(networkId("virtualNetworks/hub"), {
        location: "westeurope",
        properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
      });
      azure.put(networkId("virtualNetworks/hub/subnets/a"), {
        properties: { addressPrefix: "10.0.0.0/24", routeTable: { id: rt } },
      });
    });
    expect(bench.get(rt).properties.subnets).toEqual([ref("virtualNetworks/hub/subnets/a")]);
    expect(bench.deleteVerdict(rt)).toBe("InUseRouteTableCannotBeDeleted");
    bench.put(networkId("virtualNetworks/hub/subnets/a"), { properties: { addressPrefix: "10.0.0.0/24" } });
    expect(bench.deleteVerdict(rt)).toBe("accepted");
  });

  test("a route written by itself meets the inline ones and shows in the table", () => {
    const bench = armBench((azure) => azure.put(rt, table(appliance)));
    expect(bench.verdict(`${rt}/routes/own`, { properties: appliance })).toBe("RouteConflict");
    bench.put(`${rt}/routes/own`, { properties: { ...appliance, addressPrefix: "10.9.0.0/16" } });
    expect(bench.get(rt).properties.routes).toMatchObject([{ name: "route0" }, { name: "own" }]);
  });
});
