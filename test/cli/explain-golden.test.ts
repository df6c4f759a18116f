import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixture, hubAndSpoke, w365 } from "./w365.ts";

const from = (subnet: string, to: string, protocol: string, port?: number) => [
  ...["--from", subnet, "--to", to, "--protocol", protocol],
  ...(port === undefined ? [] : ["--port", String(port)]),
];

/** Situations that a person asks about; reviewed as a diff, and written anew by `npx vitest run test/cli -u`. */
const situations: readonly { readonly name: string; readonly code: number; readonly args: readonly string[] }[] = [
  {
    name: "name-allowed-by-firewall",
    code: 0,
    args: from("vnet-w365-weu/snet-w365-weu-staff", "login.microsoftonline.com", "tcp", 443),
  },
  { name: "denied-by-security-rule", code: 1, args: from("snet-direct", "10.1.0.4", "tcp", 3389) },
  { name: "denied-by-two-layers", code: 1, args: from("snet-cloudpc", "198.51.100.99", "tcp", 25) },
  { name: "dropped-by-route", code: 1, args: from("snet-cloudpc", "192.0.2.10", "tcp", 443) },
  { name: "denied-by-firewall", code: 1, args: from("snet-cloudpc", "198.51.100.99", "udp", 123) },
  { name: "application-rule-asks-for-name", code: 1, args: from("snet-cloudpc", "198.51.100.128/25", "tcp", 443) },
  { name: "some-of-a-prefix", code: 1, args: from("snet-cloudpc", "203.0.113.0/24", "tcp", 443) },
  { name: "some-of-a-names-addresses", code: 1, args: from("snet-cloudpc", "www.example.org", "tcp", 443) },
  { name: "no-egress", code: 1, args: from("snet-dark", "198.51.100.99", "tcp", 443) },
  { name: "nat-gateway-carries-no-icmp", code: 1, args: from("snet-direct", "198.51.100.99", "icmp") },
  { name: "service-tag-through-nat-gateway", code: 0, args: from("snet-direct", "WindowsVirtualDesktop", "udp", 3478) },
  { name: "unknown-appliance", code: 1, args: from("snet-appliance", "198.51.100.99", "tcp", 443) },
  {
    name: "attested-appliance",
    code: 0,
    args: [...from("snet-appliance", "198.51.100.99", "tcp", 443), "--attest", fixture("attestations.json")],
  },
  { name: "on-premises-not-learnt", code: 1, args: from("snet-cloudpc", "192.168.0.10", "tcp", 443) },
  {
    name: "asymmetric-return",
    code: 1,
    args: [...from("snet-cloudpc", "192.168.0.10", "tcp", 443), "--learned-routes", fixture("learned-routes.json")],
  },
  {
    name: "on-premises-and-back",
    code: 0,
    args: [...from("snet-direct", "192.168.0.10", "tcp"), "--learned-routes", fixture("learned-routes.json")],
  },
  { name: "name-of-private-zone", code: 0, args: from("snet-direct", "app.corp.example.net", "tcp", 8080) },
  { name: "name-not-resolvable", code: 1, args: from("snet-cloudpc", "nothing.corp.example.net", "tcp", 443) },
  { name: "from-the-internet", code: 1, args: from("Internet", "10.1.0.4", "tcp", 3389) },
];

describe("w365 explain", () => {
  test.each(situations)("tells $name as a person reads it", async ({ name, code, args }) => {
    const input = args[1]?.startsWith("vnet-w365") ? ["--stack", "example"] : hubAndSpoke;
    const run = await w365(["explain", ...input, ...args]);
    expect(run.code).toBe(code);
    await expect(run.out).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  test("answers a file of flows in order, with what was taken as given once at the end", async () => {
    const run = await w365(["explain", ...hubAndSpoke, "--flows", fixture("flows.json")]);
    expect(run.code).toBe(1);
    await expect(run.out).toMatchFileSnapshot("golden/flows.txt");
  });
});

describe("w365 routes and rules", () => {
  test.each(["routes", "rules"])("%s shows a subnet as a table", async (command) => {
    const run = await w365([command, ...hubAndSpoke, "--subnet", "vnet-spoke/snet-cloudpc"]);
    expect(run.code).toBe(0);
    await expect(run.out).toMatchFileSnapshot(`golden/${command}.txt`);
  });
});

test("the example of docs/explain.md is what the command answers", async () => {
  const page = readFileSync(`${import.meta.dirname}/../../docs/explain.md`, "utf8");
  const [, command = "", answer = ""] = /^\$ npx w365 (.+)\n([\s\S]+?)^```$/m.exec(page) ?? [];
  expect((await w365(command.split(" "))).out).toBe(answer);
});
