import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { policyPackArguments } from "../../tools/sandbox/policy-pack-arguments.ts";
import { projectRoot } from "../../tools/sandbox/workspace.ts";
import { commands, expectSuccess, testWorkspace } from "../support/engine.ts";
import { bothPacks, violationsIn } from "../support/policy-output.ts";

test("a region whose hub is another stack is judged together with the state of that stack", async () => {
  const workspace = await testWorkspace();
  const file = parse(readFileSync(join(projectRoot, "config/stacks/Pulumi.example.yaml"), "utf8"));
  const environment: unknown = file.config["windows365-network:environment"];
  await workspace.prepareStack("hub", {
    "windows365-network:layer": "hub",
    "windows365-network:environment": environment,
  });
  await workspace.prepareStack("weu", {
    "windows365-network:layer": "region",
    "windows365-network:region": "weu",
    "windows365-network:hubStack": "organization/windows365-network/hub",
    "windows365-network:environment": environment,
  });

  // A hub alone has no subnet for Cloud PCs, and says so.
  const hub = await workspace.pulumi([...commands.up("hub"), ...bothPacks]);
  expectSuccess(hub);
  expect(violationsIn(hub)).toEqual([]);

  const alone = await workspace.pulumi([...commands.preview("weu"), ...bothPacks]);
  expect(alone.exitCode, alone.output).not.toBe(0);
  expect(violationsIn(alone).map(({ policy }) => policy)).toContain("required-endpoints-reachable");

  const state = join(workspace.folder, "hub.json");
  const configuration = join(workspace.folder, "packs.json");
  expectSuccess(await workspace.pulumi(["stack", "export", "--stack", "hub", "--file", state]));
  writeFileSync(configuration, JSON.stringify({ "program-understood": { captured: [state] } }));
  const packs = policyPackArguments(["network", "identity"], configuration);
  const together = await workspace.pulumi([...commands.preview("weu"), ...packs]);
  expectSuccess(together);
  expect(violationsIn(together)).toEqual([]);
  const up = await workspace.pulumi([...commands.up("weu"), ...packs]);
  expectSuccess(up);
  expect(violationsIn(up)).toEqual([]);

  writeFileSync(configuration, JSON.stringify({ "program-understood": { captured: ["/nowhere/hub.json"] } }));
  const missing = await workspace.pulumi([...commands.preview("weu"), ...packs]);
  expect(missing.exitCode).not.toBe(0);
  expect(violationsIn(missing).map(({ policy }) => policy)).toContain("program-understood");
  expect(missing.output).toContain('"/nowhere/hub.json" of "captured" cannot be read');
});
