import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands, expectSuccess, stackOutputs, testWorkspace } from "../support/engine.ts";
import { environmentOf } from "../support/stack-environment.ts";

const account = { username: "join@corp.example.com", passwordSecret: "domainJoin" };

test("the connections of a hybrid landing zone are healthy, and a new password reaches the one that joins the domain in place", async () => {
  const workspace = await testWorkspace();
  const { graph } = workspace.sandbox;
  const windows365 = { connections: { domainJoinAccount: account } };
  const environment = { ...environmentOf("hybrid"), windows365 };
  await workspace.prepareStack("anc", { "windows365-network:environment": environment });
  const setPassword = (input: string) =>
    workspace.pulumi(["config", "set", "--secret", "domainJoin", "--stack", "anc"], { input });
  expectSuccess(await setPassword("first-not-a-real-one"));
  expectSuccess(await workspace.pulumi(commands.up("anc")));
  const before = await stackOutputs(workspace, "anc");
  expect(before.connections).toMatchObject([
    { pool: "staff", joinType: "hybridAzureADJoin", healthCheckStatus: "passed" },
    { pool: "contractors", joinType: "azureADJoin", healthCheckStatus: "passed" },
  ]);

  expectSuccess(await setPassword("second-not-a-real-one"));
  const from = graph.requests.length;
  const rotated = await workspace.pulumi(commands.up("anc"));
  expectSuccess(rotated);
  const writes = graph.requests.slice(from).filter(({ method }) => method !== "GET");
  expect(writes.map(({ path }) => path.split("/").at(-1))).toContain("updateAdDomainPassword");
  expect(writes.filter(({ method }) => method === "DELETE")).toEqual([]);
  expect((await stackOutputs(workspace, "anc")).connections).toEqual(before.connections);

  const state = readFileSync(join(workspace.folder, "state/.pulumi/stacks/windows365-network/anc.json"), "utf8");
  for (const text of [state, rotated.output]) expect(text).not.toMatch(/(first|second)-not-a-real-one/);
});
