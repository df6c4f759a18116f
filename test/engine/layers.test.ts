import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../tools/sandbox/workspace.ts";
import { commands, expectSuccess, stackOutputs, testWorkspace } from "../support/engine.ts";
import { estateProblems } from "../support/sandbox-run.ts";

function environmentOf(stack: string): Record<string, unknown> {
  const file = parse(readFileSync(join(projectRoot, `config/stacks/Pulumi.${stack}.yaml`), "utf8"));
  return file.config["windows365-network:environment"];
}

const hubStack = "organization/windows365-network/hub";

describe("hub and region as stacks of their own", () => {
  test("build what one stack builds, and only ids travel between them", async () => {
    const environment = environmentOf("hybrid");
    const workspace = await testWorkspace();
    const { azure } = workspace.sandbox;
    await workspace.prepareStack("hub", {
      "windows365-network:layer": "hub",
      "windows365-network:environment": environment,
    });
    await workspace.prepareStack("weu", {
      "windows365-network:layer": "region",
      "windows365-network:region": "weu",
      "windows365-network:hubStack": hubStack,
      "windows365-network:environment": environment,
    });

    const early = await workspace.pulumi(commands.preview("weu"));
    expect(early.exitCode).not.toBe(0);
    expect(early.output).toContain(`stack "${hubStack}" has no output "shared" of the hub layer; deploy it first`);

    expectSuccess(await workspace.pulumi(commands.up("hub")));
    expectSuccess(await workspace.pulumi(commands.preview("weu")));
    expectSuccess(await workspace.pulumi(commands.up("weu")));
    expect(azure.count()).toBe(35);
    expect(estateProblems(azure.resources())).toEqual([]);
    for (const stack of ["hub", "weu"]) {
      expectSuccess(await workspace.pulumi([...commands.up(stack), "--expect-no-changes"]));
    }
    const { azureNetworkConnections } = await stackOutputs(workspace, "weu");
    expect(azureNetworkConnections).toHaveLength(2);

    expectSuccess(await workspace.pulumi(commands.destroy("weu")));
    expectSuccess(await workspace.pulumi(commands.destroy("hub")));
    expect(azure.resources().map(({ id }) => id)).toEqual([]);
    expect(workspace.sandbox.requests.filter(({ conflict }) => conflict)).toEqual([]);
  });

  test("are refused when their environments differ, before anything is changed", async () => {
    const environment = environmentOf("example");
    const workspace = await testWorkspace();
    const config = {
      "windows365-network:layer": "region",
      "windows365-network:region": "weu",
      "windows365-network:hubStack": hubStack,
    };
    await workspace.prepareStack("hub", {
      "windows365-network:layer": "hub",
      "windows365-network:environment": environment,
    });
    expectSuccess(await workspace.pulumi(commands.up("hub")));
    const count = workspace.sandbox.azure.count();

    await workspace.prepareStack("weu", {
      ...config,
      "windows365-network:environment": { ...environment, tags: { changed: "yes" } },
    });
    const { exitCode, output } = await workspace.pulumi(commands.up("weu"));
    expect(exitCode).not.toBe(0);
    expect(output).toContain(`stack "${hubStack}" was deployed with another windows365-network:environment`);
    expect(output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(workspace.sandbox.azure.count()).toBe(count);
  });
});
