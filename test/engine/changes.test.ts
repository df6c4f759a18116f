import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot, type Workspace } from "../../tools/sandbox/workspace.ts";
import { commands, expectSuccess, testWorkspace } from "../support/engine.ts";

type Environment = ReturnType<typeof exampleEnvironment>;

/** The environment of the example, to be changed by a test. */
function exampleEnvironment() {
  const file = parse(readFileSync(join(projectRoot, "config/stacks/Pulumi.example.yaml"), "utf8"));
  return file.config["windows365-network:environment"];
}

/** Writes a changed environment, deploys it, and returns what was written in Azure: method and the end of the id. */
async function deployChanged(workspace: Workspace, change: (environment: Environment) => void) {
  const environment = exampleEnvironment();
  change(environment);
  await workspace.prepareStack("example", { "windows365-network:environment": environment });
  const before = workspace.sandbox.requests.length;
  const run = await workspace.pulumi(commands.up("example"));
  const writes = workspace.sandbox.requests
    .slice(before)
    .filter(({ method }) => method !== "GET")
    .map(({ method, id }) => `${method} ${id.split("/").at(-1)}`);
  return { ...run, writes };
}

describe("a change of the configuration", () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await testWorkspace();
    expectSuccess(await deployChanged(workspace, () => undefined));
  });

  test("of a tag updates in place what has tags, and replaces nothing", async () => {
    const { writes, ...run } = await deployChanged(workspace, (environment) => {
      environment.tags = { ...environment.tags, owner: "network" };
    });
    expectSuccess(run);
    expect(writes.length).toBeGreaterThan(10);
    expect(writes.filter((write) => write.startsWith("DELETE"))).toEqual([]);
    expect(writes.filter((write) => write.includes("snet-"))).toEqual([]);
    const tagged = workspace.sandbox.azure
      .resources()
      .filter(({ tags }) => tags !== undefined && Object.keys(tags).length > 0);
    expect(tagged.filter(({ tags }) => tags?.owner !== "network")).toEqual([]);
  });

  test("of a Cloud PC count that fits changes nothing", async () => {
    const { writes, ...run } = await deployChanged(workspace, (environment) => {
      environment.tags = { ...environment.tags, owner: "network" };
      environment.regions[0].pools[0].cloudPcCount = 205;
    });
    expectSuccess(run);
    expect(writes).toEqual([]);
  });

  test("that adds a pool does not touch the subnets that are there", async () => {
    const { writes, ...run } = await deployChanged(workspace, (environment) => {
      environment.tags = { ...environment.tags, owner: "network" };
      environment.regions[0].pools.push({ name: "guests", cloudPcCount: 10 });
    });
    expectSuccess(run);
    expect(writes.filter((write) => write.includes("snet-"))).toEqual(["PUT snet-w365-weu-guests"]);
    expect(writes.filter((write) => write.startsWith("DELETE"))).toEqual([]);
  });

  test("that renames a region, a hub and a pool with renamedFrom touches nothing live", async () => {
    const { writes, ...run } = await deployChanged(workspace, (environment) => {
      environment.tags = { ...environment.tags, owner: "network" };
      environment.regions[0].pools.push({ name: "guests", cloudPcCount: 10 });
      Object.assign(environment.hubs[0], { name: "europe", renamedFrom: "weu" });
      Object.assign(environment.regions[0], { name: "europe", renamedFrom: "weu" });
      Object.assign(environment.regions[0].pools[0], { name: "employees", renamedFrom: "staff" });
    });
    expectSuccess(run);
    expect(writes).toEqual([]);
  });
});

describe("what is protected", () => {
  let workspace: Workspace;
  const protectedEnvironment = (environment: Environment) => {
    environment.protect = true;
  };
  beforeAll(async () => {
    workspace = await testWorkspace();
    expectSuccess(await deployChanged(workspace, protectedEnvironment));
  });

  test("is not destroyed, and the engine says which resource and how to go on", async () => {
    const count = workspace.sandbox.azure.count();
    const { exitCode, output } = await workspace.pulumi(commands.destroy("example"));
    expect(exitCode).not.toBe(0);
    expect(output).toContain("cannot be deleted\n");
    expect(output).toContain("because it is protected");
    const left = workspace.sandbox.azure.resources().map(({ id }) => id.split("/").at(-1));
    expect(left).toEqual(
      expect.arrayContaining([
        "vnet-w365-weu",
        "snet-w365-weu-staff",
        "snet-w365-weu-developers",
        "rg-w365-weu-nic",
        "vnet-w365-hub-weu",
      ]),
    );
    expect(left.length).toBeLessThanOrEqual(count);
    expectSuccess(await deployChanged(workspace, protectedEnvironment));
  });

  test("is not replaced: a virtual network that would move to another region is refused before anything is changed", async () => {
    const { exitCode, output, writes } = await deployChanged(workspace, (environment) => {
      protectedEnvironment(environment);
      environment.regions[0].location = "northeurope";
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("protect");
    expect(writes.filter((write) => /^DELETE.*(vnet|snet)/.test(write))).toEqual([]);
    expect(workspace.sandbox.azure.resources().some(({ id }) => id.endsWith("/vnet-w365-weu"))).toBe(true);
  });

  test("does not move: a pool put in front of live ones is refused, with the advice to pin them, before any rule is changed", async () => {
    const { exitCode, output, writes } = await deployChanged(workspace, (environment) => {
      protectedEnvironment(environment);
      environment.regions[0].pools.unshift({ name: "vip", cloudPcCount: 5 });
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      'subnet of pool "weu/staff" is deployed and protected with "10.60.0.0/23", but now computes to "10.60.2.0/23"',
    );
    expect(writes).toEqual([]);
  });

  test("is not lost to a rename: it is refused, with the advice to write renamedFrom", async () => {
    const { exitCode, output, writes } = await deployChanged(workspace, (environment) => {
      protectedEnvironment(environment);
      environment.regions[0].name = "europe";
      environment.regions[0].pools[1].name = "engineers";
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      'region "weu" is deployed and protected, but no longer configured; if it was renamed, write `renamedFrom: weu` beside its new name',
    );
    expect(output).not.toMatch(/\n\s+at /);
    expect(writes).toEqual([]);
  });
});
