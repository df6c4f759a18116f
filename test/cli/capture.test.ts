import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { readTenantFile } from "../../cli/input/tenant-file.ts";
import { quoted } from "../../cli/tenant/command-text.ts";
import type { Problem } from "../../readers/problem.ts";
import { w365 } from "./w365.ts";

const subscription = "22222222-2222-2222-2222-222222222222";
const group = `/subscriptions/${subscription}/resourceGroups/rg-net`;
const policy = `/subscriptions/${subscription}/providers/Microsoft.Authorization`;
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-cpc`;
const firewallPolicy = `${group}/providers/Microsoft.Network/firewallPolicies/fp`;

/** What the tenant answers, by a part of the command; the first that fits counts. */
const answers: readonly (readonly [part: string, answer: unknown])[] = [
  ["account show --query id", `${subscription}\n`],
  ["account show", { id: subscription, tenantId: "11111111-1111-1111-1111-111111111111" }],
  [
    `--url /subscriptions/${subscription}?`,
    { subscriptionId: subscription, state: "Enabled", tenantId: "11111111-1111-1111-1111-111111111111" },
  ],
  ["--query data[].name", "mg-cpc\n"],
  ["Microsoft.ResourceGraph", { data: [{ managementGroups: [{ name: "mg-cpc" }] }] }],
  [
    "policy assignment list",
    [{ id: `${policy}/policyAssignments/a`, policyDefinitionId: `${policy}/policySetDefinitions/s`, parameters: {} }],
  ],
  [
    "policy definition list --management-group",
    [{ id: `${policy}/policyDefinitions/d`, policyRule: {}, parameters: {} }],
  ],
  ["policy definition list", [{ id: `${policy}/policyDefinitions/unused`, policyRule: {}, parameters: {} }]],
  ["policy set-definition list --management-group", []],
  [
    "policy set-definition list",
    [
      {
        id: `${policy}/policySetDefinitions/s`,
        policyDefinitions: [{ policyDefinitionId: `${policy}/policyDefinitions/D`, parameters: {} }],
        parameters: {},
      },
    ],
  ],
  ["policy exemption list", []],
  [
    "role assignment list",
    [
      {
        id: `${policy}/roleAssignments/r`,
        principalId: "p",
        scope: `/subscriptions/${subscription}`,
        roleDefinitionId: "/r",
      },
    ],
  ],
  ["lock list", "ERROR: (AuthorizationFailed) The client may not read locks.\nmore\n"],
  ["group show", { id: group, properties: { provisioningState: "Succeeded" } }],
  ["deployment group list", 7],
  ["servicePrincipals", { id: "33333333-3333-3333-3333-333333333333" }],
  [
    "subscribedSkus",
    {
      value: [
        {
          skuPartNumber: "CPC_E",
          consumedUnits: 1,
          prepaidUnits: { enabled: 2 },
          servicePlans: [{ servicePlanName: "CPC" }],
        },
      ],
    },
  ],
  [
    "deviceEnrollmentConfigurations",
    {
      value: [
        { "@odata.type": "#microsoft.graph.deviceEnrollmentLimitConfiguration", id: "x", displayName: "limit" },
        {
          "@odata.type": "#microsoft.graph.deviceEnrollmentPlatformRestrictionsConfiguration",
          id: "1_DefaultPlatformRestrictions",
          displayName: "All users",
          windowsRestriction: { platformBlocked: false },
        },
        {
          "@odata.type": "#microsoft.graph.deviceEnrollmentPlatformRestrictionConfiguration",
          id: "2",
          displayName: "Kiosks",
          platformType: "windows",
          platformRestriction: { platformBlocked: true },
        },
        {
          "@odata.type": "#microsoft.graph.deviceEnrollmentPlatformRestrictionConfiguration",
          id: "3",
          displayName: "Phones",
          platformType: "ios",
          platformRestriction: { platformBlocked: true },
        },
      ],
    },
  ],
  [
    "onPremisesConnections",
    {
      value: [
        {
          id: "c",
          displayName: "anc",
          connectionType: "azureADJoin",
          subnetId: `${network}/subnets/cpc`,
          subscriptionId: subscription,
          resourceGroupId: group,
          virtualNetworkId: network,
        },
      ],
    },
  ],
  ["conditionalAccess", { value: [] }],
  ["[?type=='Microsoft.Network/firewallPolicies']", `${firewallPolicy}\n`],
  ["[?type==", ""],
  ["starts_with(type", `${network}\n${firewallPolicy}\n`],
  [
    `resource show --ids ${network}`,
    {
      id: network,
      type: "Microsoft.Network/virtualNetworks",
      name: "vnet-cpc",
      location: "westeurope",
      properties: {
        provisioningState: "Succeeded",
        addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
        subnets: [
          {
            id: `${network}/subnets/cpc`,
            name: "cpc",
            properties: { addressPrefix: "10.1.1.0/24", ipConfigurations: [{ id: "/a" }, { id: "/b" }] },
          },
        ],
      },
    },
  ],
  [
    `resource show --ids ${firewallPolicy}`,
    {
      id: firewallPolicy,
      type: "Microsoft.Network/firewallPolicies",
      name: "fp",
      location: "westeurope",
      properties: {},
    },
  ],
  [
    "/ruleCollectionGroups",
    {
      value: [
        {
          id: `${firewallPolicy}/ruleCollectionGroups/g`,
          name: "g",
          type: "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
          properties: { priority: 100, ruleCollections: [] },
        },
      ],
    },
  ],
];

const folder = mkdtempSync(join(tmpdir(), "w365-capture-"));
const path = process.env.PATH ?? "";
afterAll(() => rmSync(folder, { recursive: true }));

/** Puts an `az` on the PATH that answers from the table and notes what it was asked; what nobody listed is not there. */
function fakeAz(extra: typeof answers = []): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const cases = [...extra, ...answers].map(([part, answer], index) => {
    const text = typeof answer === "string" ? answer : JSON.stringify(answer);
    writeFileSync(join(bin, `${index}.txt`), text);
    const failed = text.startsWith("ERROR") ? ">&2; exit 3" : "";
    return `*'${part.replaceAll("'", "'\\''")}'*) cat '${join(bin, `${index}.txt`)}' ${failed};;`;
  });
  const script = [
    "#!/bin/bash",
    `echo "$*" >> '${join(bin, "asked")}'`,
    'case "$*" in',
    ...cases,
    "*) echo 'ERROR: (ResourceNotFound) nobody knows' >&2; exit 3;;",
    "esac",
  ];
  writeFileSync(join(bin, "az"), `${script.join("\n")}\n`);
  chmodSync(join(bin, "az"), 0o755);
  writeFileSync(join(bin, "asked"), "");
  return bin;
}

const [tenantFile, networkFile] = [join(folder, "tenant.json"), join(folder, "network.json")];
const files = ["--out", tenantFile, "--network", networkFile];

beforeEach(() => {
  process.env.PATH = `${fakeAz()}:${path}`;
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(tenantFile, { force: true });
  rmSync(networkFile, { force: true });
});

const written = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

describe("w365 capture --run", () => {
  test("asks az, and writes facts that check reads, and the network", async () => {
    const run = await w365(["capture", "--run", "--resource-group", "rg-net", ...files]);
    expect(run.code).toBe(0);
    expect(run.out).toBe(
      `${tenantFile}: subscriptions, servicePrincipals, policies, roleAssignments, resourceGroups, virtualNetworks, licences, intune\n${networkFile}: 4 resources\n`,
    );
    const problems: Problem[] = [];
    const facts = readTenantFile(tenantFile, "2026-11-21", problems);
    expect(problems).toEqual([]);
    expect(facts).toMatchObject({
      tenantId: "11111111-1111-1111-1111-111111111111",
      readOn: "2026-11-21",
      subscriptions: [{ subscriptionId: subscription, state: "Enabled", managementGroups: ["mg-cpc"] }],
      servicePrincipals: [{ objectId: "33333333-3333-3333-3333-333333333333" }],
      policies: {
        assignments: [{ name: "a" }],
        definitions: [{ name: "d" }],
        setDefinitions: [{ name: "s" }],
        exemptions: [],
      },
      resourceGroups: [{ id: group, state: "Succeeded", deploymentCount: 7 }],
      virtualNetworks: [{ id: network, state: "Succeeded", subnets: [{ name: "cpc", usedAddressCount: 2 }] }],
      licences: [{ skuPartNumber: "CPC_E", enabled: 2, consumed: 1 }],
      intune: {
        platformRestrictions: [
          { name: "All users", kind: "default", windowsBlocked: false },
          { name: "Kiosks", kind: "custom", windowsBlocked: true },
        ],
      },
    });
    expect(statSync(tenantFile).mode & 0o077).toBe(0);
  });

  test("tells what could not be read and leaves it out, instead of taking it for empty", async () => {
    const run = await w365(["capture", "--run", "--resource-group", "rg-net", ...files]);
    expect(run.err).toContain("note: locks was not read: (AuthorizationFailed) The client may not read locks.\n");
    expect(written(tenantFile)).not.toHaveProperty("locks");
  });

  test("notes a resource group that is not there", async () => {
    process.env.PATH = `${fakeAz([["group show", "ERROR: (ResourceGroupNotFound) Resource group 'rg-gone' could not be found."]])}:${path}`;
    await w365(["capture", "--run", "--resource-group", "rg-gone", ...files]);
    expect(written(tenantFile)).toMatchObject({
      resourceGroups: [{ id: `/subscriptions/${subscription}/resourceGroups/rg-gone`, state: "NotFound" }],
    });
  });

  test("writes files with which check predicts what the design does not tell", async () => {
    await w365(["capture", "--run", "--resource-group", "rg-net", ...files]);
    const run = await w365(["check", "--arm", networkFile, "--tenant", tenantFile, "--format", "json"]);
    const { findings } = JSON.parse(run.out) as { findings: readonly { rule: string; message: string }[] };
    expect(findings.filter(({ rule }) => rule.startsWith("intune")).map(({ message }) => message)).toEqual([
      'platform restriction "Kiosks" of Intune blocks Windows; Cloud PCs of the users it is assigned to cannot enrol',
    ]);
  });

  test("says where az comes from when there is none, and writes nothing", async () => {
    process.env.PATH = join(folder, "empty");
    const run = await w365(["capture", "--run", ...files]);
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err).toMatch(
      /^error: the Azure CLI \(az\) is not on the PATH; install it \(https:\/\/learn\.microsoft\.com\//,
    );
    expect(() => statSync(tenantFile)).toThrow();
  });

  test("asks for a sign-in where az has no account", async () => {
    process.env.PATH = `${fakeAz([["account show", "ERROR: Please run 'az login' to setup account."]])}:${path}`;
    const run = await w365(["capture", "--run", ...files]);
    expect(run).toMatchObject({
      code: 2,
      err: "error: az does not tell its subscription: Please run 'az login' to setup account.\n",
    });
  });
});

describe("an answer of several pages", () => {
  const more = "https://graph.microsoft.com/beta/next";
  const paged: typeof answers = [
    [
      more,
      {
        value: [
          {
            "@odata.type": "#microsoft.graph.deviceEnrollmentPlatformRestrictionConfiguration",
            id: "4",
            displayName: "More",
            platformType: "windows",
            platformRestriction: { platformBlocked: false },
          },
        ],
      },
    ],
    ["deviceEnrollmentConfigurations", { "@odata.nextLink": more, value: [] }],
  ];

  test("is read to its end", async () => {
    process.env.PATH = `${fakeAz(paged)}:${path}`;
    await w365(["capture", "--run", "--resource-group", "rg-net", ...files]);
    expect(written(tenantFile)).toMatchObject({ intune: { platformRestrictions: [{ name: "More" }] } });
  });

  test("is left out where only its beginning is there", async () => {
    const kept = join(folder, "kept");
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, "account.json"), JSON.stringify({ tenantId: "11111111-1111-1111-1111-111111111111" }));
    writeFileSync(join(kept, "enrolment.json"), JSON.stringify({ "@odata.nextLink": more, value: [] }));
    const run = await w365(["capture", "--from", kept, ...files]);
    expect(run.err).toContain("note: enrolment was not read: the answer goes on in another page, which is not here\n");
    expect(written(tenantFile)).not.toHaveProperty("intune");
  });
});

describe("w365 capture", () => {
  test("prints commands that bash runs and that ask what --run asks; --from makes the same files of their answers", async () => {
    await w365(["capture", "--run", "--resource-group", "rg-net", ...files]);
    const asked = (bin: string) => readFileSync(join(bin, "asked"), "utf8").trim().split("\n").sort();
    const ran = asked(join(folder, "bin"));
    const [facts, resources] = [written(tenantFile), written(networkFile)];

    const bin = fakeAz();
    const printed = await w365(["capture", "--resource-group", "rg-net"]);
    expect(printed.code).toBe(0);
    execFileSync("bash", ["-c", printed.out], {
      cwd: folder,
      env: { ...process.env, PATH: `${bin}:${path}` },
      stdio: "ignore",
    });
    // A list that two steps need is asked for once by each.
    expect(new Set(asked(bin))).toEqual(new Set(ran));

    const run = await w365(["capture", "--from", join(folder, "capture"), ...files]);
    expect(run.code).toBe(0);
    expect([written(tenantFile), written(networkFile)]).toEqual([facts, resources]);
  });

  test.each([
    {
      case: "a name for an id",
      args: ["--subscription", "prod; rm"],
      says: '--subscription: "prod; rm" is not the id of a subscription such as "00000000-0000-0000-0000-000000000000"',
    },
    {
      case: "a folder that is not there",
      args: ["--from", "/nowhere"],
      says: '--from: the folder "/nowhere" cannot be read: ENOENT',
    },
  ])("refuses $case", async ({ args, says }) => {
    expect(await w365(["capture", ...args])).toEqual({ code: 2, out: "", err: `error: ${says}\n` });
  });

  test.each([
    { text: "plain-text_1.json", shell: "plain-text_1.json" },
    { text: "rg (it's)", shell: "'rg (it'\\''s)'" },
    { text: "$item/x?y", shell: '"$item/x?y"' },
    { text: "'$subscription'$items", shell: "\"'$subscription'\\$items\"" },
    { text: 'a`b"$c $item', shell: '"a\\`b\\"\\$c $item"' },
  ])("quotes $text for bash", ({ text, shell }) => {
    expect(quoted(text)).toBe(shell);
    const echoed = execFileSync("bash", ["-c", `item=ITEM subscription=SUB; printf %s ${quoted(text)}`], {
      encoding: "utf8",
    });
    expect(echoed).toBe(text.replaceAll(/\$item\b/g, "ITEM").replace("$subscription", "SUB"));
  });
});
