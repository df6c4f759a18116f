import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fixture, hubAndSpoke, w365 } from "./w365.ts";

/** A report's schema as documented; every object in it is closed, so a field that nobody documented is seen. */
function schema(name: string): z.ZodType {
  return z.fromJSONSchema(
    JSON.parse(readFileSync(`${import.meta.dirname}/../../docs/schemas/${name}.schema.json`, "utf8")),
  );
}

const asks = (from: string, to: string, protocol: string, port: number) => [
  "--from",
  from,
  "--to",
  to,
  "--protocol",
  protocol,
  "--port",
  String(port),
];

describe("the JSON of", () => {
  test.each([
    {
      case: "an Allow with a name",
      args: ["explain", "--stack", "example", ...asks("snet-w365-weu-staff", "login.microsoftonline.com", "tcp", 443)],
    },
    {
      case: "a Deny with a security rule as fix",
      args: ["explain", ...hubAndSpoke, ...asks("snet-cloudpc", "203.0.113.0/24", "tcp", 443)],
    },
    {
      case: "a Deny with a route as fix",
      args: ["explain", ...hubAndSpoke, ...asks("snet-cloudpc", "192.0.2.10", "udp", 443)],
    },
    {
      case: "a Deny with a firewall rule as fix",
      args: ["explain", ...hubAndSpoke, ...asks("snet-cloudpc", "198.51.100.99", "udp", 123)],
    },
    {
      case: "a Deny with a NAT gateway as fix",
      args: ["explain", ...hubAndSpoke, ...asks("snet-dark", "198.51.100.99", "tcp", 443)],
    },
    {
      case: "an asymmetric return",
      args: [
        "explain",
        ...hubAndSpoke,
        ...asks("snet-cloudpc", "192.168.0.10", "tcp", 443),
        "--learned-routes",
        fixture("learned-routes.json"),
      ],
    },
    { case: "an Unknown", args: ["explain", ...hubAndSpoke, ...asks("snet-appliance", "198.51.100.0/24", "tcp", 443)] },
    { case: "an inbound flow", args: ["explain", ...hubAndSpoke, ...asks("Internet", "snet-direct", "tcp", 3389)] },
    { case: "a file of flows", args: ["explain", ...hubAndSpoke, "--flows", fixture("flows.json")] },
    { case: "routes", args: ["routes", ...hubAndSpoke, "--subnet", "snet-cloudpc"] },
    { case: "rules", args: ["rules", ...hubAndSpoke, "--subnet", "snet-cloudpc"] },
    { case: "routes of several subnets", args: ["routes", "--stack", "hybrid"] },
    { case: "rules of several subnets", args: ["rules", "--stack", "hybrid"] },
    { case: "rules of the example", args: ["rules", "--stack", "example", "--subnet", "snet-w365-weu-staff"] },
  ])("$case is as its schema documents", async ({ args }) => {
    const run = await w365([...args, "--format", "json"]);
    const parsed = schema(args[0] ?? "").safeParse(JSON.parse(run.out));
    expect(parsed.success ? [] : z.prettifyError(parsed.error)).toEqual([]);
  });

  test.each([
    { name: "explain", without: "verdict" },
    { name: "routes", without: "nextHopType" },
    { name: "rules", without: "direction" },
  ])("$name would be refused without $without", async ({ name, without }) => {
    const run = await w365([
      name,
      ...hubAndSpoke,
      ...(name === "explain" ? asks("snet-dark", "10.1.0.4", "tcp", 443) : ["--subnet", "snet-cloudpc"]),
      "--format",
      "json",
    ]);
    const broken: unknown = JSON.parse(run.out, (key, value) => (key === without ? undefined : value));
    expect(schema(name).safeParse(broken).success).toBe(false);
  });

  test("the attestations of the tests is as its schema documents", () => {
    const content: unknown = JSON.parse(readFileSync(fixture("attestations.json"), "utf8"));
    expect(schema("attestations").safeParse(content).success).toBe(true);
  });
});

describe("a fix in JSON", () => {
  const fixOf = async (...question: readonly string[]) =>
    JSON.parse((await w365(["explain", ...hubAndSpoke, ...question, "--format", "json"])).out).fix;

  test("is a security rule in ARM's shape", async () => {
    expect((await fixOf(...asks("snet-cloudpc", "203.0.113.200", "tcp", 443))).change).toEqual({
      kind: "addSecurityRule",
      networkSecurityGroupId: expect.stringMatching(/\/networkSecurityGroups\/nsg-cloudpc$/),
      securityRule: {
        name: "Allow-Tcp-443-Outbound",
        properties: {
          priority: 209,
          direction: "Outbound",
          access: "Allow",
          protocol: "Tcp",
          sourceAddressPrefix: "10.1.0.0/24",
          sourcePortRange: "*",
          destinationAddressPrefix: "203.0.113.200/32",
          destinationPortRange: "443",
        },
      },
    });
  });

  test("is a route in ARM's shape", async () => {
    expect((await fixOf(...asks("snet-cloudpc", "192.0.2.0/24", "udp", 123)))?.change ?? null).toBeNull();
    expect((await fixOf(...asks("snet-cloudpc", "192.0.2.10", "tcp", 443))).change).toMatchObject({
      kind: "addRoute",
      route: { name: expect.any(String), properties: { addressPrefix: "192.0.2.10/32", nextHopType: "Internet" } },
    });
  });

  test("is a rule collection in ARM's shape", async () => {
    expect((await fixOf(...asks("snet-cloudpc", "198.51.100.99", "udp", 123))).change).toMatchObject({
      kind: "addFirewallRule",
      ruleCollection: {
        ruleCollectionType: "FirewallPolicyFilterRuleCollection",
        action: { type: "Allow" },
        rules: [
          {
            ruleType: "NetworkRule",
            ipProtocols: ["UDP"],
            sourceAddresses: ["10.1.0.0/24"],
            destinationAddresses: ["198.51.100.99/32"],
            destinationPorts: ["123"],
          },
        ],
      },
    });
  });
});
