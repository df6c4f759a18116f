import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { authentications } from "../../provider/graph/provider-config.ts";
import { resourceTypes } from "../../provider/types/resource-types.ts";
import { connectProvider } from "./support/provider-client.ts";

const folder = join(import.meta.dirname, "../../docs/provider");
const index = readFileSync(join(folder, "README.md"), "utf8");
const types = resourceTypes().map(({ token }) => token.split(":").at(-1) ?? "");

describe("the documentation of the provider", () => {
  test.each(types)("has a page for %s, which the index names, with every input and its permissions", async (type) => {
    const file = `${type.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}.md`;
    expect(existsSync(join(folder, file)), file).toBe(true);
    expect(index).toContain(`[\`${type}\`](${file})`);
    const page = readFileSync(join(folder, file), "utf8");
    expect(page).toMatch(/ermissions/);
    const client = await connectProvider();
    const { failures } = await client.check(type, { nobodyHasThis: true });
    const inputs = failures.flatMap(
      (failure) => /^nobodyHasThis: is no input; there are (.*)$/.exec(failure)?.[1]?.split(", ") ?? [],
    );
    expect(inputs.length).toBeGreaterThan(0);
    expect(inputs.filter((input) => !page.includes(input))).toEqual([]);
  });

  test("lists every way to sign in and every setting", async () => {
    for (const authentication of authentications) expect(index).toContain(`| \`${authentication}\``);
    const client = await connectProvider();
    const [failure = ""] = await client.checkConfig({ nobodyHasThis: "x" });
    const settings = /there are (.*)$/.exec(failure)?.[1]?.split(", ") ?? [];
    expect(settings.length).toBe(5);
    for (const setting of settings)
      expect(index).toMatch(new RegExp(`^\\| \`${setting}\` \\| \`WINDOWS365_GRAPH_`, "m"));
  });
});
