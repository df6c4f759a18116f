import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fixture, hubAndSpoke, w365 } from "./w365.ts";

const folder = mkdtempSync(join(tmpdir(), "w365-input-"));
afterAll(() => rmSync(folder, { recursive: true }));

const question = ["--to", "198.51.100.99", "--protocol", "tcp", "--port", "443"];
const stateFile = join(import.meta.dirname, "../readers/fixtures/stack-export.json");

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("--arm", () => {
  test("reads several files as one network", async () => {
    const { value }: { readonly value: readonly object[] } = JSON.parse(
      readFileSync(fixture("hub-and-spoke.json"), "utf8"),
    );
    const halves = [value.slice(0, 4), value.slice(4)].map((part, index) =>
      file(`half-${index}.json`, JSON.stringify(part)),
    );
    const run = await w365(["explain", "--arm", ...halves, "--from", "snet-direct", ...question]);
    expect(run.out).toBe((await w365(["explain", ...hubAndSpoke, "--from", "snet-direct", ...question])).out);
  });

  test("reads UTF-16, as Windows PowerShell writes it", async () => {
    const text = readFileSync(fixture("hub-and-spoke.json"), "utf8");
    const utf16 = file("utf-16.json", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]));
    expect((await w365(["explain", "--arm", utf16, "--from", "snet-direct", ...question])).code).toBe(0);
  });

  test.each([
    { case: "a missing file", make: () => join(folder, "none.json"), says: ": there is no such file" },
    { case: "a directory", make: () => folder, says: ": this is a directory; name the files in it" },
    {
      case: "a binary file",
      make: () => file("binary.json", new Uint8Array([0x7b, 0xff, 0, 1])),
      says: ": this is a binary file; expected JSON as text in UTF-8",
    },
    {
      case: "text with NUL",
      make: () => file("nul.json", '{"value": "\0"}'),
      says: ": this is a binary file; expected JSON as text in UTF-8",
    },
    { case: "an empty file", make: () => file("empty.json", ""), says: ":1: the file is empty; expected ARM JSON" },
    { case: "half a file", make: () => file("half.json", '{\n  "value": [\n'), says: ":3: expected a value" },
    {
      case: "something else",
      make: () => file("else.json", '{ "hello": 1 }'),
      says: ':1: this is an object with "hello"; expected a template',
    },
    {
      case: "a Pulumi state",
      make: () => stateFile,
      says: "this is the state of a Pulumi stack; it is read with --state, not --arm",
    },
  ])("refuses $case with exit code 2", async ({ make, says }) => {
    const path = make();
    const run = await w365(["explain", "--arm", path, ...question]);
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err.startsWith(`error: ${path}`)).toBe(true);
    expect(run.err).toContain(says);
  });

  test("refuses a file of gigabytes without reading it", async () => {
    const path = file("huge.json", "{");
    truncateSync(path, 3 * 2 ** 30);
    const run = await w365(["explain", "--arm", path, ...question]);
    expect(run.err).toBe(`error: ${path}: the file has 3072 MiB; at most 128 MiB are read\n`);
  });

  test("lists the problems of all files together", async () => {
    const run = await w365([
      "explain",
      "--arm",
      join(folder, "a.json"),
      folder,
      "--attest",
      join(folder, "b.json"),
      ...question,
    ]);
    expect(run.err).toBe(
      `error: 3 problems\n  ${join(folder, "a.json")}: there is no such file\n  ${folder}: this is a directory; name the files in it\n  ${join(folder, "b.json")}: there is no such file\n`,
    );
  });

  test("a nested deployment that contains itself by reference ends with an answer or a problem, never with a fault", async () => {
    const nested = {
      type: "Microsoft.Resources/deployments",
      apiVersion: "2022-09-01",
      name: "self",
      properties: {
        mode: "Incremental",
        template: {
          $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          contentVersion: "1.0.0.0",
          resources: [],
          outputs: { x: { type: "string", value: "[reference('self').outputs.x.value]" } },
        },
      },
    };
    const vnet = {
      type: "Microsoft.Network/virtualNetworks",
      apiVersion: "2024-05-01",
      name: "[reference('self').outputs.x.value]",
      location: "westeurope",
      properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] }, subnets: [] },
    };
    const path = file(
      "circle.json",
      JSON.stringify({
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        contentVersion: "1.0.0.0",
        resources: [nested, vnet],
      }),
    );
    const run = await w365(["explain", "--arm", path, "--from", "10.0.0.4", ...question]);
    expect([1, 2]).toContain(run.code);
    expect(run.err).not.toContain("broke");
  });

  test("names with emoji stay aligned, and terminal codes in names are shown, not obeyed", async () => {
    const name = "snet-🖥️\u001b[31m";
    const subnets = [
      { name, properties: { addressPrefix: "10.9.0.0/24", defaultOutboundAccess: false } },
      { name: "snet-plain", properties: { addressPrefix: "10.9.1.0/24" } },
    ];
    const vnet = {
      type: "Microsoft.Network/virtualNetworks",
      name: "vnet-日本",
      properties: { addressSpace: { addressPrefixes: ["10.9.0.0/16"] }, subnets },
    };
    const run = await w365([
      "explain",
      "--arm",
      file("emoji.json", JSON.stringify(vnet)),
      "--from",
      "10.9.0.4",
      ...question,
    ]);
    expect(run.code).toBe(1);
    expect(run.out).not.toContain("\u001b");
    const lines = run.out.split("\n").filter((line) => line.includes("  Route ") || line.includes("  Egress "));
    expect(lines).toEqual([
      "there    allow  Route   vnet-日本/snet-🖥️\\u001b[31m  system route 0.0.0.0/0 -> Internet",
      expect.stringMatching(/^ {9}deny {3}Egress {2}snet-🖥️\\u001b\[31m {12}subnet /u),
    ]);
  });
});

describe("--state", () => {
  test("reads what `pulumi stack export` prints", async () => {
    const run = await w365(["routes", "--state", stateFile, "--format", "json"]);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.out).subnet).toBe("vnet-spoke/snet-cloudpc");
    const named = await w365(["routes", "--state", stateFile, "--subnet", "nowhere"]);
    expect(named.err).toContain('--subnet: subnet "nowhere" is not in the input; it has ');
  });

  test("refuses ARM JSON, and says what it expects", async () => {
    const run = await w365(["explain", "--state", fixture("hub-and-spoke.json"), ...question]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(":1: this is not the state of a Pulumi stack: expected a checkpoint");
  });

  test("cannot stand beside another input", async () => {
    const run = await w365(["explain", "--state", stateFile, "--stack", "example", ...question]);
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err).toMatch(/option '--st\w+ <\w+>' cannot be used with option '--st\w+ <\w+>'/);
  });
});

describe("the subnet that is meant", () => {
  const vnet = (...subnets: readonly object[]) => ({
    id: "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v",
    name: "v",
    type: "Microsoft.Network/virtualNetworks",
    properties: { addressSpace: { addressPrefixes: ["10.9.0.0/16"] }, subnets },
  });
  const subnet = (name: string, third: number, more = {}) => ({
    name,
    properties: { addressPrefix: `10.9.${third}.0/24`, ...more },
  });
  const delegated = { delegations: [{ name: "d", properties: { serviceName: "Microsoft.Web/serverFarms" } }] };
  const connection = {
    "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection",
    id: "9ec90ff8-fd63-4fb9-ab5a-aa4fdcc43ec9",
    displayName: "anc",
    virtualNetworkId: vnet().id,
    subnetId: `${vnet().id}/subnets/b`,
  };

  test.each([
    {
      case: "the only one that is neither reserved nor delegated",
      value: [vnet(subnet("a", 1), subnet("GatewaySubnet", 2), subnet("c", 3, delegated))],
      meant: "v/a",
    },
    {
      case: "the one that a Windows 365 connection names",
      value: [vnet(subnet("a", 1), subnet("b", 2)), connection],
      meant: "v/b",
    },
  ])("is $case", async ({ value, meant }) => {
    const run = await w365(["routes", "--arm", file("meant.json", JSON.stringify(value)), "--format", "json"]);
    expect(run.err).toBe("");
    expect(JSON.parse(run.out).subnet).toBe(meant);
  });

  test("is each one that the stack has pools for, one after another", async () => {
    const [staff, contractors] = ["vnet-w365-weu/snet-w365-weu-staff", "vnet-w365-weu/snet-w365-weu-contractors"];
    const first = await w365(["routes", "--stack", "hybrid", "--subnet", staff]);
    const second = await w365(["routes", "--stack", "hybrid", "--subnet", contractors]);
    expect((await w365(["routes", "--stack", "hybrid"])).out).toBe(`${first.out}\n${second.out}`);
    const json = await w365(["rules", "--stack", "hybrid", "--format", "json"]);
    expect(JSON.parse(json.out)).toMatchObject([{ subnet: staff }, { subnet: contractors }]);
  });

  test.each([
    {
      case: "several could be",
      value: [vnet(subnet("a", 1), subnet("b", 2))],
      says: "--subnet: the input has 2 subnets that Cloud PCs could be in; name one with --subnet: v/a, v/b",
    },
    {
      case: "none could be",
      value: [vnet(subnet("GatewaySubnet", 1))],
      says: "--subnet: the input has no subnets that Cloud PCs could be in",
    },
  ])("is asked for where $case", async ({ value, says }) => {
    const run = await w365(["rules", "--arm", file("several.json", JSON.stringify(value))]);
    expect(run).toMatchObject({ code: 2, out: "", err: `error: ${says}\n` });
  });
});

describe("--learned-routes", () => {
  const asked = ["routes", ...hubAndSpoke, "--subnet", "snet-direct", "--format", "json"];

  test("adds what the only gateway learnt, without IPv6 and its own network", async () => {
    const run = await w365([...asked, "--learned-routes", fixture("learned-routes.json")]);
    const { routes }: { readonly routes: readonly { source: string; addressPrefixes: readonly string[] }[] } =
      JSON.parse(run.out);
    const learnt = routes
      .filter(({ source }) => source === "VirtualNetworkGateway")
      .flatMap(({ addressPrefixes }) => addressPrefixes);
    expect(new Set(learnt)).toEqual(new Set(["192.168.0.0/24"]));
  });

  test.each([{ gateway: "vgw-other", says: '--gateway: no gateway of the input is "vgw-other"; it has vgw-hub' }])(
    "of gateway $gateway are refused",
    async ({ gateway, says }) => {
      const run = await w365([...asked, "--learned-routes", fixture("learned-routes.json"), "--gateway", gateway]);
      expect(run).toMatchObject({ code: 2, out: "", err: `error: ${says}\n` });
    },
  );

  test.each([
    { text: "{}", says: ":1: these are no learnt routes" },
    {
      text: '{ "value": [\n{ "network": "10.0.0.1/8" }] }',
      says: ':2: prefix "10.0.0.1/8" has host bits set; did you mean "10.0.0.0/8"?',
    },
    { text: '[{ "origin": "EBgp" }]', says: ':1: a learnt route has no "network"' },
  ])("$text is refused", async ({ text, says }) => {
    const run = await w365([...asked, "--learned-routes", file("learned.json", text)]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(says);
  });
});

describe("--service-tags", () => {
  const asked = [
    "explain",
    ...hubAndSpoke,
    "--from",
    "snet-cloudpc",
    "--to",
    "Contoso",
    "--protocol",
    "tcp",
    "--port",
    "443",
  ];

  test("tells the prefixes of tags, with the date in the file's name", async () => {
    const run = await w365([...asked, "--service-tags", fixture("ServiceTags_Public_20260914.json")]);
    expect(run.code).toBe(0);
    expect(run.out).toContain('network rule "partner"');
    expect((await w365(asked)).code).toBe(1);
  });

  test.each([
    { text: '{ "tags": [] }', says: ':1: this is not Microsoft\'s file of service tags: it has no list "values"' },
    {
      text: '{ "values": [\n{ "name": "A" }] }',
      says: ':2: values[0] is no service tag: expected "name" and "properties.addressPrefixes"',
    },
    {
      text: '{ "values": [{ "name": "A", "properties": { "addressPrefixes": [\n"1.2.3.4"] } }] }',
      says: ':2: prefix "1.2.3.4" has no length; did you mean "1.2.3.4/32"?',
    },
  ])("$text is refused", async ({ text, says }) => {
    const run = await w365([...asked, "--service-tags", file("tags.json", text)]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(says);
  });
});

describe("--attest", () => {
  const asked = ["explain", ...hubAndSpoke, "--from", "snet-appliance", ...question, "--attest"];
  const one = {
    applianceIp: "10.0.9.4",
    destinations: ["198.51.100.0/24"],
    owner: "Kim",
    reason: "reviewed",
    expires: "2026-11-21",
  };
  const attest = (...list: readonly object[]) => file("attest.json", JSON.stringify({ attestations: list }));

  test("is used on its last day, and for everything where it says so", async () => {
    expect((await w365([...asked, attest(one)])).code).toBe(0);
    expect((await w365([...asked, attest({ ...one, destinations: ["*"] })])).code).toBe(0);
    expect((await w365([...asked, attest({ ...one, destinations: ["203.0.113.0/24"] })])).code).toBe(1);
  });

  test("is not used after it, which is said", async () => {
    const run = await w365([...asked, attest({ ...one, expires: "2026-11-20" }), "--format", "json"]);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({
      verdict: "Unknown",
      assumptions: ["what Kim vouched for (reviewed) expired on 2026-11-20 and is not used"],
    });
  });

  test.each([
    { wrong: { applianceIp: "10.0.9" }, says: '"10.0.9" is not an IPv4 address such as "10.20.0.4"' },
    { wrong: { expires: "2026-02-31" }, says: 'expires "2026-02-31" is not a date such as "2027-01-31"' },
    { wrong: { owner: " " }, says: 'attestations[0].owner: "owner" must be a text' },
    {
      wrong: { destinations: [] },
      says: 'attestations[0].destinations: "destinations" must be a list of texts with at least one entry',
    },
    {
      wrong: { destinations: ["10.0.0.1/8"] },
      says: 'destination prefix "10.0.0.1/8" has host bits set; did you mean "10.0.0.0/8"?',
    },
    { wrong: { destinations: ["a b"] }, says: 'destination "a b" is not a host name, a prefix, a service tag or "*"' },
    {
      wrong: { expiry: "2027-01-01" },
      says: 'attestations[0].expiry: field "expiry" is not known; there are applianceIp, destinations, owner, reason, expires',
    },
  ])("with $wrong is refused", async ({ wrong, says }) => {
    const path = attest({ ...one, ...wrong });
    const run = await w365([...asked, path]);
    expect(run).toMatchObject({ code: 2, out: "", err: `error: ${path}:1: ${says}\n` });
  });
});

describe("rules --network-interface", () => {
  test("that is not in the subnet is refused", async () => {
    const run = await w365(["rules", ...hubAndSpoke, "--subnet", "snet-direct", "--network-interface", "nic-1"]);
    expect(run).toMatchObject({
      code: 2,
      err: 'error: --network-interface: "nic-1" is not in subnet vnet-spoke/snet-direct; it has none\n',
    });
  });

  test("says in which of the subnets it is, where several are meant", async () => {
    const id =
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v";
    const subnet = (name: string, third: number) => ({ name, properties: { addressPrefix: `10.9.${third}.0/24` } });
    const input = [
      {
        id,
        name: "v",
        type: "Microsoft.Network/virtualNetworks",
        properties: { addressSpace: { addressPrefixes: ["10.9.0.0/16"] }, subnets: [subnet("a", 1), subnet("b", 2)] },
      },
      {
        name: "nic-1",
        type: "Microsoft.Network/networkInterfaces",
        properties: {
          ipConfigurations: [
            { name: "c", properties: { privateIPAddress: "10.9.2.4", subnet: { id: `${id}/subnets/b` } } },
          ],
        },
      },
      ...["a", "b"].map((name) => ({
        "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection",
        id: `9ec90ff8-fd63-4fb9-ab5a-aa4fdcc43ec${name}`,
        displayName: name,
        virtualNetworkId: id,
        subnetId: `${id}/subnets/${name}`,
      })),
    ];
    const asked = ["rules", "--arm", file("two-connections.json", JSON.stringify(input)), "--format", "json"];
    expect(JSON.parse((await w365(asked)).out)).toMatchObject([{ subnet: "v/a" }, { subnet: "v/b" }]);
    expect(JSON.parse((await w365([...asked, "--network-interface", "NIC-1"])).out)).toMatchObject({ subnet: "v/b" });
    expect((await w365([...asked, "--network-interface", "nic-2"])).err).toBe(
      'error: --network-interface: "nic-2" is not in any of v/a, v/b; they have nic-1\n',
    );
  });
});

test("a name of several subnets lists them", async () => {
  mkdirSync(join(folder, "two"), { recursive: true });
  const vnet = (name: string, second: number) => ({
    type: "Microsoft.Network/virtualNetworks",
    name,
    properties: {
      addressSpace: { addressPrefixes: [`10.${second}.0.0/16`] },
      subnets: [{ name: "same", properties: { addressPrefix: `10.${second}.0.0/24` } }],
    },
  });
  const path = file("two/same.json", JSON.stringify([vnet("v1", 1), vnet("v2", 2)]));
  const run = await w365(["explain", "--arm", path, "--from", "same", ...question]);
  expect(run).toMatchObject({
    code: 2,
    err: 'error: --from: subnet "same" is one of several: v1/same, v2/same\n',
  });
});
