import { describe, expect, test } from "vitest";
import { commands, expectSuccess, testWorkspace } from "../support/engine.ts";

const writesOfHybrid = 35;

describe("an Azure that has a bad day", () => {
  test("is asked again, as azure-native does, when it throttles, fails for a moment or is busy", async () => {
    const refusals = [
      { status: 429, code: "TooManyRequests" },
      { status: 503, code: "ServiceUnavailable" },
      { status: 409, code: "AnotherOperationInProgress" },
    ];
    const workspace = await testWorkspace({
      scenario: {
        // One call of sixteen, spread so that no call can meet as many refusals as azure-native tries.
        faults: refusals.map((refusal, index) => ({
          on: { calls: Array.from({ length: 100 }, (_, turn) => 48 * turn + 16 * index + 1) },
          effect: { kind: "refuse" as const, ...refusal },
        })),
      },
    });
    await workspace.prepareStack("hybrid");
    expectSuccess(await workspace.pulumi(commands.up("hybrid")));
    expectSuccess(await workspace.pulumi([...commands.up("hybrid"), "--expect-no-changes"]));
    expectSuccess(await workspace.pulumi(commands.destroy("hybrid")));
    const injected = workspace.sandbox.requests.filter((request) => request.injected);
    expect(new Set(injected.map(({ code }) => code))).toEqual(new Set(refusals.map(({ code }) => code)));
    expect(workspace.sandbox.azure.count()).toBe(0);
  });

  test("that never answers one call reports it with its resource, at ten points, and the next up converges", async () => {
    const workspace = await testWorkspace();
    const { sandbox } = workspace;
    await workspace.prepareStack("hybrid");
    for (const point of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      sandbox.setScenario({
        faults: [
          {
            on: { method: "PUT", calls: [1 + (point % 3)] },
            effect: { kind: "refuse", status: 400, code: "PlantedFault", message: `planted at point ${point}` },
          },
        ],
      });
      const before = sandbox.requests.length;
      const { exitCode, output } = await workspace.pulumi(commands.up("hybrid"));
      const hit = sandbox.requests.slice(before).find(({ injected }) => injected);
      if (hit === undefined) break;
      expect(exitCode, `point ${point}`).not.toBe(0);
      expect(output).toContain("PlantedFault");
      expect(output).toContain(`planted at point ${point}`);
      expect(output).toMatch(/^ {2}azure-native:\S+ \(\S+\):$/m);
    }
    sandbox.setScenario({});
    expectSuccess(await workspace.pulumi(commands.up("hybrid")));
    expect(sandbox.azure.count()).toBe(writesOfHybrid);
    expectSuccess(await workspace.pulumi([...commands.up("hybrid"), "--expect-no-changes"]));
    expect(sandbox.requests.filter(({ injected }) => injected).length).toBeGreaterThanOrEqual(10);
  });

  test("whose firewall fails half-way is repaired by the next up", async () => {
    const workspace = await testWorkspace({
      scenario: {
        faults: [
          {
            on: { method: "PUT", type: "Microsoft.Network/azureFirewalls", calls: [1] },
            effect: { kind: "failHalfway", code: "AllocationFailed" },
          },
        ],
      },
    });
    await workspace.prepareStack("example");
    const { exitCode, output } = await workspace.pulumi(commands.up("example"));
    expect(exitCode).not.toBe(0);
    expect(output).toContain("AllocationFailed");
    expectSuccess(await workspace.pulumi(commands.up("example")));
    const firewall = workspace.sandbox.azure.resources().find(({ type }) => type.endsWith("/azureFirewalls"));
    expect(firewall?.properties.provisioningState).toBe("Succeeded");
    expectSuccess(await workspace.pulumi([...commands.up("example"), "--expect-no-changes"]));
  });

  test("that sees a new principal late does not matter, because its type is given", async () => {
    const workspace = await testWorkspace({ scenario: { principalsUnseenFor: 3 } });
    await workspace.prepareStack("minimal");
    expectSuccess(await workspace.pulumi(commands.up("minimal")));
  });

  test("whose quota is reached says so, and goes on once there is room", async () => {
    const workspace = await testWorkspace({
      scenario: { quotas: [{ type: "Microsoft.Network/publicIPAddresses", limit: 1 }] },
    });
    await workspace.prepareStack("hybrid");
    const { exitCode, output } = await workspace.pulumi(commands.up("hybrid"));
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/publicIPAddresses|PublicIPCountLimitReached|Quota/i);
    workspace.sandbox.setScenario({});
    expectSuccess(await workspace.pulumi(commands.up("hybrid")));
  });
});
