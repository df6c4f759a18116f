import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { loadStackFile } from "../../config/load-file.ts";
import { registeredResources } from "../../stacks/registered-resources.ts";

const stacks = resolve(import.meta.dirname, "../../config/stacks");

async function registered(stack: string) {
  const loaded = loadStackFile(`${stacks}/Pulumi.${stack}.yaml`);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  return registeredResources(loaded.settings, stack);
}

describe("what the program registers, without an engine", () => {
  // Golden files, reviewed as a diff; `npx vitest run test/stacks -u` writes them anew.
  test.each(["example", "minimal", "hybrid"])("is reviewed for %s", async (stack) => {
    const resources = (await registered(stack)).filter(({ id }) => id !== "");
    const text = JSON.stringify(
      resources.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      null,
      2,
    );
    await expect(`${text}\n`).toMatchFileSnapshot(`golden/${stack}.json`);
  });

  test("has an id for every resource of Azure, each once", async () => {
    const resources = (await registered("hybrid")).filter(({ type }) => type.startsWith("azure-native:"));
    expect(resources.filter(({ id }) => !id.startsWith("/subscriptions/"))).toEqual([]);
    expect(new Set(resources.map(({ id }) => id.toLowerCase())).size).toBe(resources.length);
  });

  test("is the same however often it is asked for in one process", async () => {
    expect(await registered("minimal")).toEqual(await registered("minimal"));
  });

  test("is the whole network for a connection stack, without the connections, which wait for what is judged here", async () => {
    const loaded = loadStackFile(`${stacks}/Pulumi.minimal.yaml`);
    if (!loaded.ok) throw new Error("the example cannot be read");
    const { settings } = loaded;
    const windows365 = { connections: { waitForHealth: true, timeoutMinutes: 45, waivers: [] } };
    const environment = {
      ...settings.environment,
      windows365: { ...windows365, provisioningPolicies: [], userSettings: [] },
    };
    const layer = { layer: "connection", networkStacks: ["organization/windows365-network/weu"] } as const;
    expect(await registeredResources({ ...settings, environment, layer }, "minimal")).toEqual(
      await registered("minimal"),
    );
  });

  test("has no value for a secret", async () => {
    const connection = (await registered("hybrid")).find(({ type }) =>
      type.endsWith(":VirtualNetworkGatewayConnection"),
    );
    expect(connection?.inputs.sharedKey).toMatchObject({ value: "" });
  });
});
