import { describe, expect, test } from "vitest";
import type { StackExport } from "../../../tools/recover/pending-creates.ts";
import { recover } from "../../../tools/recover/recover.ts";

const prefix = "urn:pulumi:prod::windows365-network::";
const group = {
  urn: `${prefix}azure-native:resources:ResourceGroup::rg`,
  type: "azure-native:resources:ResourceGroup",
  inputs: { resourceGroupName: "rg-w365-weu" },
};

/** Stands for the CLI: keeps one state, and a refresh leaves out what `inAzure` does not have. */
function cli(pending: readonly { readonly urn: string; readonly type: string }[], inAzure: readonly string[] = []) {
  let state: StackExport = {
    deployment: { pending_operations: pending.map((resource) => ({ type: "creating", resource })), resources: [] },
  };
  const run = async ([command, verb]: readonly string[], input?: string): Promise<string> => {
    if (command === "stack" && verb === "export") return JSON.stringify(state);
    if (command === "stack" && verb === "import") state = JSON.parse(input ?? "");
    if (command === "refresh") {
      const { resources = [], ...rest } = state.deployment;
      state = { deployment: { ...rest, resources: resources.filter(({ urn }) => inAzure.includes(urn)) } };
    }
    return "";
  };
  return { run, state: () => state.deployment };
}

describe("recover", () => {
  test.each([
    { case: "a component", type: "w365:network:CloudPcSpoke" },
    { case: "a component in a component", type: "w365:hub:HubNetwork$w365:network:PeeringPair" },
    { case: "a provider", type: "pulumi:providers:azure-native" },
  ])("drops $case that was being made: the next deployment makes it again", async ({ type }) => {
    const { run, state } = cli([{ urn: `${prefix}${type}::one`, type: type.split("$").at(-1) ?? "" }]);
    expect(await recover(run, "prod", "s")).toEqual({ found: [], absent: [], unknown: [] });
    expect(state().resources).toEqual([]);
    expect(state().pending_operations ?? []).toEqual([]);
  });

  test("keeps a resource under a component, with the inputs that were sent", async () => {
    const child = { ...group, urn: `${prefix}w365:network:CloudPcSpoke$${group.type}::rg` };
    const { run, state } = cli([child], [child.urn]);
    const recovery = await recover(run, "prod", "s");
    expect(recovery.found.map(({ urn }) => urn)).toEqual([child.urn]);
    expect(state().resources).toMatchObject([
      { urn: child.urn, inputs: group.inputs, initErrors: [expect.any(String)] },
    ]);
  });

  test("says what Azure does not have, and what it cannot look for", async () => {
    const machine = {
      urn: `${prefix}azure-native:compute:VirtualMachine::vm`,
      type: "azure-native:compute:VirtualMachine",
    };
    const { run, state } = cli([group, machine]);
    const recovery = await recover(run, "prod", "s");
    expect(recovery.absent.map(({ urn }) => urn)).toEqual([group.urn]);
    expect(recovery.unknown.map(({ urn }) => urn)).toEqual([machine.urn]);
    expect(state().pending_operations?.map(({ resource }) => resource.urn)).toEqual([machine.urn]);
  });
});
