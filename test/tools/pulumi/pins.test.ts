import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PINNED_VERSION } from "../../../tools/pulumi/cli-version.ts";
import { OLDEST_GO } from "../../../tools/pulumi/go-version.ts";

const module = join(import.meta.dirname, "..", "..", "..", "tools", "pulumi", "go");
const goMod = readFileSync(join(module, "go.mod"), "utf8");
const goSum = readFileSync(join(module, "go.sum"), "utf8");

test.each(["github.com/pulumi/pulumi/pkg/v3", "github.com/pulumi/pulumi/sdk/v3"])(
  "go.mod and go.sum pin %s at the version that the search asks for",
  (path) => {
    const versions = [...goMod.matchAll(/^\s+(\S+) v(\S+)/gm)].filter(([, name]) => name === path);
    expect(versions.map(([, , version]) => version)).toEqual([PINNED_VERSION]);
    expect(goSum).toContain(`${path} v${PINNED_VERSION} h1:`);
  },
);

test("go.mod asks for the Go that the messages name, and replaces nothing", () => {
  expect(/^go (\S+)$/m.exec(goMod)?.[1]).toBe(OLDEST_GO);
  expect(goMod).not.toMatch(/^(replace|toolchain)\b/m);
});
