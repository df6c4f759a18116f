import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { loadStack } from "../../cli/input/load-stack.ts";
import { formatAddress } from "../../model/prefix.ts";
import type { Problem } from "../../readers/problem.ts";
import { w365 } from "./w365.ts";

const folder = mkdtempSync(join(tmpdir(), "w365-stack-"));
afterAll(() => rmSync(folder, { recursive: true }));

const virtualNetworkId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-theirs";

function stack(name: string, network: string): void {
  writeFileSync(
    join(folder, `Pulumi.${name}.yaml`),
    `config:
  windows365-network:environment:
    profile: { kind: entra }
    intuneLocation: eu
    regions:
      - name: weu
        location: westeurope
        network: ${network}
        egress: { via: natGateway }
        pools: [{ name: staff, cloudPcCount: 100 }]
`,
  );
}

let problems: Problem[] = [];
beforeEach(() => {
  problems = [];
});

describe("--stack", () => {
  test("is the example where nothing is named, and its Cloud PC subnets are those of its pools", async () => {
    const run = await w365(["routes"]);
    expect(run.code).toBe(0);
    expect(run.out.match(/^\S+(?=: \d+ of \d+ routes active$)/gm)).toEqual([
      "vnet-w365-weu/snet-w365-weu-staff",
      "vnet-w365-weu/snet-w365-weu-developers",
    ]);
  });

  test("knows the domain controllers of a hybrid configuration", async () => {
    const input = await loadStack("hybrid", problems);
    const [directory] = input?.directories ?? [];
    expect(directory?.domainName).toBe("corp.example.com");
    expect(directory?.dnsServers.map(formatAddress)).toEqual(["192.168.10.4", "192.168.10.5"]);
    const run = await w365([
      "explain",
      "--stack",
      "hybrid",
      "--subnet",
      "snet-w365-weu-staff",
      "--to",
      "corp.example.com",
      "--protocol",
      "tcp",
      "--port",
      "389",
    ]);
    expect(run.out).toContain('answers for domain "corp.example.com"');
  });

  test("counts components of the program not as resources that were not read", async () => {
    const run = await w365(["rules", "--stack", "minimal", "--verbose"]);
    expect(run.code).toBe(0);
    expect(run.err).toContain("not read: Microsoft.Storage/storageAccounts: ");
    expect(run.err).not.toContain("w365:");
  });

  test.each(["none", "../stacks/Pulumi.example", "example.yaml"])(
    "that is %s does not exist, and those that do are listed",
    async (name) => {
      const run = await w365(["routes", "--stack", name]);
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toMatch(
        /^error: --stack: there is no stack ".+" \(config\/stacks\/Pulumi\.<stack>\.yaml\); there are .*\bexample\b.*\n$/,
      );
    },
  );

  test("with a configuration that is not valid tells every problem with its line", async () => {
    stack("bad", `{ mode: create, addressSpace: [10.60.0.4/22], dnsSevers: [] }`);
    expect(await loadStack("bad", problems, folder)).toBeUndefined();
    expect(problems.length).toBeGreaterThan(1);
    expect(problems.map(({ file, line }) => ({ file, line }))).toEqual(
      problems.map(() => ({ file: join(folder, "Pulumi.bad.yaml"), line: 8 })),
    );
    expect(problems.map(({ message }) => message)).toContain(
      'regions[0].network.addressSpace[0]: prefix "10.60.0.4/22" has host bits set; did you mean "10.60.0.0/22"?',
    );
  });
});

describe("a network that others own", () => {
  const extend = (captured: string) =>
    `{ mode: extend, virtualNetworkId: "${virtualNetworkId}", addressSpace: [10.60.0.0/22]${captured} }`;

  test("is read from the export that the configuration names, with the subnets that the stack adds", async () => {
    stack("captured", extend(", captured: theirs.json"));
    const subnets = [{ name: "servers", properties: { addressPrefix: "10.60.16.0/24" } }];
    const properties = { addressSpace: { addressPrefixes: ["10.60.0.0/16"] }, subnets };
    const vnet = { id: virtualNetworkId, name: "vnet-theirs", type: "Microsoft.Network/virtualNetworks", properties };
    writeFileSync(join(folder, "theirs.json"), JSON.stringify(vnet));
    const input = await loadStack("captured", problems, folder);
    expect(problems).toEqual([]);
    expect(input?.assumptions).toEqual(['virtual network "vnet-theirs" is as theirs.json shows it']);
    expect(input?.estate.virtualNetworks.flatMap((each) => each.subnets.map(({ name }) => name))).toEqual([
      "servers",
      "snet-w365-weu-staff",
    ]);
    expect(input?.cloudPcSubnets).toEqual([`${virtualNetworkId}/subnets/snet-w365-weu-staff`]);
  });

  test("without an export is an assumption that is printed", async () => {
    stack("uncaptured", extend(""));
    const input = await loadStack("uncaptured", problems, folder);
    expect(input?.assumptions).toEqual([
      'region "weu": virtual network "vnet-theirs" belongs to others and no export of it is named ("captured"), so nothing is known of it but what this stack adds',
    ]);
  });

  test("with an export that is not there is bad input", async () => {
    stack("missing", extend(", captured: none.json"));
    expect(await loadStack("missing", problems, folder)).toBeUndefined();
    expect(problems).toEqual([{ file: join(folder, "none.json"), line: 0, message: "there is no such file" }]);
  });
});
