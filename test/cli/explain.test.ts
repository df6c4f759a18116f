import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { fixture, hubAndSpoke, w365 } from "./w365.ts";

const folder = mkdtempSync(join(tmpdir(), "w365-explain-"));
afterAll(() => rmSync(folder, { recursive: true }));

const subnetId =
  "/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000001/resourceGroups/RG-net/providers/microsoft.network/virtualNetworks/vnet-spoke/subnets/snet-direct";
const tcp443 = ["--protocol", "tcp", "--port", "443"];

describe("the ends of a question", () => {
  test.each([
    { from: "10.1.1.4", kind: "address", value: "10.1.1.4" },
    { from: "10.1.1.0/25", kind: "prefix", value: "10.1.1.0/25" },
    { from: "vnet-spoke/snet-direct", kind: "subnet", value: "vnet-spoke/snet-direct" },
    { from: "SNET-direct", kind: "subnet", value: "vnet-spoke/snet-direct" },
    { from: subnetId, kind: "subnet", value: "vnet-spoke/snet-direct" },
    { from: "Internet", kind: "serviceTag", value: "Internet" },
  ])("a flow comes from $from, a $kind", async ({ from, kind, value }) => {
    const run = await w365([
      "explain",
      ...hubAndSpoke,
      "--from",
      from,
      "--to",
      "10.1.4.4",
      ...tcp443,
      "--format",
      "json",
    ]);
    expect(JSON.parse(run.out).flow.from).toMatchObject({ kind, value });
  });

  test.each([
    { to: "198.51.100.99", kind: "address", code: 0 },
    { to: "198.51.100.128/25", kind: "prefix", code: 0 },
    { to: "vnet-spoke/snet-apps", kind: "subnet", code: 0 },
    { to: "www.example.org", kind: "fqdn", code: 0 },
    { to: "WindowsVirtualDesktop", kind: "serviceTag", code: 0 },
    { to: "Storage.WestEurope", kind: "serviceTag", code: 0 },
  ])("a flow goes to $to, a $kind", async ({ to, kind, code }) => {
    const run = await w365([
      "explain",
      ...hubAndSpoke,
      "--from",
      "snet-direct",
      "--to",
      to,
      ...tcp443,
      "--format",
      "json",
    ]);
    expect(JSON.parse(run.out).flow.to).toEqual({
      kind,
      value: to === "vnet-spoke/snet-apps" ? "vnet-spoke/snet-apps" : to,
    });
    expect(run.code).toBe(code);
  });

  test("the source port decides too", async () => {
    const run = await w365([
      "explain",
      ...hubAndSpoke,
      "--from",
      "snet-direct",
      "--to",
      "198.51.100.99",
      ...tcp443,
      "--from-port",
      "50000",
    ]);
    expect(run.code).toBe(0);
  });
});

describe("exit codes", () => {
  test.each([
    { case: "an allowed flow", code: 0, args: ["--from", "snet-direct", "--to", "198.51.100.99", ...tcp443] },
    { case: "a denied flow", code: 1, args: ["--from", "snet-dark", "--to", "198.51.100.99", ...tcp443] },
    { case: "an unknown answer", code: 1, args: ["--from", "snet-appliance", "--to", "198.51.100.99", ...tcp443] },
    { case: "an unknown option", code: 2, args: ["--form", "snet-dark"] },
    { case: "an unknown subnet", code: 2, args: ["--from", "snet-none/x", "--to", "198.51.100.99", ...tcp443] },
  ])("$case ends with $code", async ({ code, args }) => {
    expect((await w365(["explain", ...hubAndSpoke, ...args])).code).toBe(code);
  });

  test("help ends with 0 and names every option", async () => {
    const run = await w365(["explain", "--help"]);
    expect(run.code).toBe(0);
    for (const option of ["stack", "arm", "state", "from", "to", "protocol", "port", "from-port", "flows", "subnet"]) {
      expect(run.out).toContain(`--${option} `);
    }
  });

  test.each([
    { debug: false, says: "(W365_DEBUG=1 adds where in the program it happened)" },
    { debug: true, says: "    at " },
  ])("a fault of the program ends with 3; with debug $debug it says $says", async ({ debug, says }) => {
    const broken = () => {
      throw new TypeError("the calendar is missing");
    };
    const run = await w365(["explain", ...hubAndSpoke, "--to", "198.51.100.99", ...tcp443], { today: broken, debug });
    expect(run).toMatchObject({ code: 3, out: "" });
    expect(run.err).toContain("w365 itself broke: this is a bug. Please report");
    expect(run.err).toContain("TypeError: the calendar is missing\n");
    expect(run.err.includes("    at ")).toBe(debug);
    expect(run.err).toContain(says);
  });
});

describe("bad questions", () => {
  const four = "vnet-spoke/snet-cloudpc, vnet-spoke/snet-direct, vnet-spoke/snet-dark, vnet-spoke/snet-appliance";
  const six =
    "vnet-hub/AzureFirewallSubnet, vnet-hub/GatewaySubnet, vnet-spoke/snet-cloudpc, vnet-spoke/snet-direct, vnet-spoke/snet-dark, vnet-spoke/snet-appliance, vnet-spoke/snet-apps";
  test.each([
    {
      case: "nothing",
      args: [],
      says: [
        "--to: it is missing: where the flow goes to",
        "--protocol: it is missing: tcp, udp, icmp, esp or ah",
        `--from: the input has 4 subnets that Cloud PCs could be in; name one with --subnet: ${four}`,
      ],
    },
    {
      case: "a wrong protocol and port",
      args: ["--to", "10.1.0.4", "--protocol", "tpc", "--port", "65536"],
      says: [
        '--protocol: protocol "tpc" is not one of tcp, udp, icmp, esp, ah',
        '--port: port "65536" is not a number from 0 to 65535',
        `--from: the input has 4 subnets that Cloud PCs could be in; name one with --subnet: ${four}`,
      ],
    },
    {
      case: "a port of icmp",
      args: ["--from", "10.1.1.4", "--to", "10.1.0.4", "--protocol", "icmp", "--port", "8"],
      says: ["--port: protocol Icmp has no ports"],
    },
    {
      case: "two sources",
      args: ["--from", "10.1.0.4", "--subnet", "snet-dark", "--to", "10.1.0.5", "--protocol", "tcp"],
      says: ["--subnet: it says where the flow comes from, and --from says so too; keep one of them"],
    },
    {
      case: "no source among several",
      args: ["--to", "10.1.0.5", "--protocol", "tcp"],
      says: [`--from: the input has 4 subnets that Cloud PCs could be in; name one with --subnet: ${four}`],
    },
    {
      case: "an unknown subnet",
      args: ["--subnet", "snet-x", "--to", "10.1.0.5", "--protocol", "tcp"],
      says: [`--subnet: subnet "snet-x" is not in the input; it has ${six}`],
    },
    {
      case: "host bits",
      args: ["--from", "10.1.0.4/24", "--to", "10.1.0.5", "--protocol", "tcp"],
      says: ['--from: prefix "10.1.0.4/24" has host bits set; did you mean "10.1.0.0/24"?'],
    },
    {
      case: "every end and the port",
      args: ["--from", "10.0.0.300", "--to", "1.1.1.1/8", "--protocol", "tcp", "--port", "99999"],
      says: [
        '--port: port "99999" is not a number from 0 to 65535',
        '--from: "10.0.0.300" has "300", which is more than 255',
        '--to: prefix "1.1.1.1/8" has host bits set; did you mean "1.0.0.0/8"?',
      ],
    },
    {
      case: "both ends and no protocol",
      args: ["--from", "a/b", "--to", "VirtualNetwork", "--from-port", "x"],
      says: [
        "--protocol: it is missing: tcp, udp, icmp, esp or ah",
        '--from-port: port "x" is not a number from 0 to 65535',
        `--from: subnet "a/b" is not in the input; it has ${six}`,
        '--to: "VirtualNetwork" means something else in each subnet; name an address, a prefix or a subnet',
      ],
    },
    {
      case: "a question of a network that cannot be read",
      args: ["--from", "10.0.0.300", "--to", "a/b", "--protocol", "tcp", "--attest", "/nowhere/attest.json"],
      says: ["/nowhere/attest.json: there is no such file", '--from: "10.0.0.300" has "300", which is more than 255'],
    },
    {
      case: "a name as source",
      args: ["--from", "www.example.org", "--to", "10.1.0.5", "--protocol", "tcp"],
      says: ['--from: a flow cannot come from a name: "www.example.org"'],
    },
    {
      case: "questions twice",
      args: ["--flows", fixture("flows.json"), "--to", "10.1.0.5"],
      says: ["--to: the questions are in the file of --flows; give one or the other"],
    },
    {
      case: "a gateway without routes",
      args: ["--gateway", "vgw", "--from", "10.1.1.4", "--to", "10.1.0.5", "--protocol", "tcp"],
      says: ["--gateway: it says whose routes --learned-routes holds, which is not given"],
    },
  ])("$case is told, and nothing is written", async ({ args, says }) => {
    const out = join(folder, "never.txt");
    const run = await w365(["explain", ...hubAndSpoke, ...args, "--out", out]);
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err).toBe(
      says.length === 1
        ? `error: ${says[0]}\n`
        : `error: ${says.length} problems\n${says.map((line) => `  ${line}\n`).join("")}`,
    );
    expect(existsSync(out)).toBe(false);
  });

  test("every flow of a file that is wrong is told with its line and index", async () => {
    const file = join(folder, "flows.json");
    writeFileSync(
      file,
      `[
  { "from": "snet-direct", "to": "10.1.0.4", "protocol": "tcp", "prot": 443 },
  { "from": "snet-direct", "to": "10.1.0.4", "protocol": "sctp", "port": 70000 },
  { "to": "10.1.0.4", "protocol": "tcp" },
  7,
  { "from": "10.0.0.300", "to": "a/b", "protocol": "icmp", "port": 1 },
  {
    "from": "www.example.org",
    "to": "1.1.1.1/8",
    "protocol": "tcp",
    "port": "443"
  }
]`,
    );
    const run = await w365(["explain", ...hubAndSpoke, "--flows", file]);
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err.split("\n").slice(1, -1)).toEqual([
      `  ${file}:2: [0].prot: field "prot" is not known; there are from, to, protocol, port, fromPort`,
      `  ${file}:3: [1].protocol: protocol "sctp" is not one of tcp, udp, icmp, esp, ah`,
      `  ${file}:3: [1].port: port "70000" is not a number from 0 to 65535`,
      `  ${file}:4: [2]: "from" is missing`,
      `  ${file}:5: [3]: a flow is an object such as { "from": "10.0.0.4", "to": "example.org", "protocol": "tcp", "port": 443 }`,
      `  ${file}:11: [5].port: "port" must be a whole number`,
      `  ${file}:6: [4].from: "10.0.0.300" has "300", which is more than 255`,
      `  ${file}:6: [4].to: subnet "a/b" is not in the input; it has ${six}`,
      `  ${file}:6: [4].port: protocol Icmp has no ports`,
      `  ${file}:8: [5].from: a flow cannot come from a name: "www.example.org"`,
      `  ${file}:9: [5].to: prefix "1.1.1.1/8" has host bits set; did you mean "1.0.0.0/8"?`,
    ]);
  });

  test("a flow of a file whose subnet is unknown is told with its line and index", async () => {
    const file = join(folder, "unknown.json");
    writeFileSync(file, '[\n{ "from": "a/b", "to": "10.1.0.4", "protocol": "tcp" }]');
    const run = await w365(["explain", ...hubAndSpoke, "--flows", file]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(
      `error: ${file}:2: [0].from: subnet "a/b" is not in the input; it has vnet-hub/AzureFirewallSubnet, `,
    );
  });
});

describe("where the report goes", () => {
  const question = ["explain", ...hubAndSpoke, "--from", "snet-dark", "--to", "198.51.100.99", ...tcp443];

  test("colours only where they are wanted, and the same words with and without", async () => {
    const plain = await w365(question);
    const coloured = await w365(question, { colour: true });
    expect(plain.out).not.toContain("\u001b");
    expect(coloured.out).toContain("\u001b[31mDeny\u001b[0m");
    expect(stripVTControlCharacters(coloured.out)).toBe(plain.out);
  });

  test("a file gets the report without colours, and standard output nothing", async () => {
    const out = join(folder, "report.txt");
    const run = await w365([...question, "--out", out], { colour: true });
    expect(run).toMatchObject({ code: 1, out: "" });
    expect(readFileSync(out, "utf8")).toBe((await w365(question)).out);
  });

  test("a file that cannot be written is bad input", async () => {
    const run = await w365([...question, "--out", join(folder, "none", "report.txt")]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(`the report cannot be written to "${join(folder, "none", "report.txt")}": ENOENT`);
  });

  test("what was not read is counted on standard error, and listed with --verbose", async () => {
    expect((await w365(question)).err).toBe(
      "note: 1 resource is of a type that the model does not read; --verbose lists them\n",
    );
    const { err } = await w365([...question, "--verbose"]);
    expect(err).toContain('not read: Microsoft.Storage/storageAccounts: "stlogs"\n');
    expect(err).toMatch(/not read: .*hub-and-spoke\.json:\d+: value\[\d+\]\.\S+ of "\S+"/);
    expect((await w365(["--verbose", ...question])).err).toBe(err);
  });

  test("--verbose is taken before the name of every command too", async () => {
    const run = await w365(["--verbose", "catalogue", "stale"]);
    expect(run.err).not.toContain("unknown option");
    expect(run.code).toBeLessThan(2);
  });
});
