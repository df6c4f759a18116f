import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { withCallerPaths } from "../../../tools/sandbox/caller-paths.ts";

const folder = resolve("/somewhere");
const network = join(folder, "policy-packs", "network");

describe("paths of policy packs on the command line of the sandbox", () => {
  test.each([
    {
      case: "after the option",
      args: ["preview", "--policy-pack", "policy-packs/network"],
      becomes: ["preview", "--policy-pack", network],
    },
    {
      case: "in one word with it",
      args: ["--policy-pack=policy-packs/network"],
      becomes: [`--policy-pack=${network}`],
    },
    {
      case: "of a configuration",
      args: ["--policy-pack-config", "packs.json", "--policy-pack-config=packs.json"],
      becomes: [
        "--policy-pack-config",
        join(folder, "packs.json"),
        `--policy-pack-config=${join(folder, "packs.json")}`,
      ],
    },
    {
      case: "of several packs",
      args: ["--policy-pack", "policy-packs/network,policy-packs/identity"],
      becomes: ["--policy-pack", `${network},${join(folder, "policy-packs", "identity")}`],
    },
    { case: "that are absolute", args: ["--policy-pack", network], becomes: ["--policy-pack", network] },
  ])("are seen from the caller's folder: $case", ({ args, becomes }) => {
    expect(withCallerPaths(args, folder)).toEqual(becomes);
  });

  test("and nothing else is changed", () => {
    const args = ["up", "--yes", "--stack", "minimal", "--policy-pack-configs", "a", "--target", "b"];
    expect(withCallerPaths(args, folder)).toEqual(args);
  });
});
