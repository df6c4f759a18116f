import { afterAll, describe, expect, test } from "vitest";
import type { Workspace } from "../../tools/sandbox/workspace.ts";
import { commands, expectSuccess, testWorkspace } from "../support/engine.ts";
import { changedProduct, plantedFaults } from "../support/planted-faults.ts";
import { bothPacks, violationsIn } from "../support/policy-output.ts";

const product = changedProduct();
const opened = testWorkspace({ programRoot: product.root });
afterAll(product.remove);

const stacks = ["example", "minimal", "hybrid"] as const;

const preparing = new Map<string, Promise<void>>();

/** The workspace, with this stack in it. */
async function prepared(stack: string): Promise<Workspace> {
  const workspace = await opened;
  const ready = preparing.get(stack) ?? workspace.prepareStack(stack);
  preparing.set(stack, ready);
  await ready;
  return workspace;
}

describe("the first preview with both packs", () => {
  test.each(stacks)("passes for %s, and nothing is left undecided though nothing is made yet", async (stack) => {
    const workspace = await prepared(stack);
    const run = await workspace.pulumi([...commands.preview(stack), ...bothPacks]);
    expectSuccess(run);
    expect(run.output).toContain("✅ windows365-network@");
    expect(run.output).toContain("✅ windows365-identity@");
    expect(violationsIn(run)).toEqual([]);
    expect(run.output).not.toContain("can't run policy");
  });
});

describe("a preview with both packs", () => {
  test("is asked about at least twenty mistakes", () => {
    expect(plantedFaults.length).toBeGreaterThanOrEqual(20);
    expect(new Set(plantedFaults.map(({ fault }) => fault)).size).toBe(plantedFaults.length);
  });

  test.each(plantedFaults)("stops $fault, by $rule", async ({ undecided, ...fault }) => {
    const workspace = await prepared(fault.stack);
    product.change(fault);
    const run = await workspace.pulumi([...commands.preview(fault.stack), ...bothPacks]);
    expect(run.exitCode, run.output).not.toBe(0);
    const stopped = violationsIn(run).filter(({ level, policy }) => level === "mandatory" && policy === fault.rule);
    expect(stopped.length, run.output).toBeGreaterThan(0);
    const texts = stopped.map(({ text }) => text);
    expect(texts.some((text) => /^undecided: /m.test(text))).toBe(undecided === true);
    expect(texts.filter((text) => !text.includes("see: https://learn.microsoft.com/"))).toEqual([]);
    if (!undecided) expect(texts.filter((text) => !text.includes("fix: "))).toEqual([]);
    expect(run.output).not.toContain("can't run policy");
    expect(workspace.sandbox.azure.count()).toBe(0);
  });
});
