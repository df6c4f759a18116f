import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const main = pathToFileURL(resolve(import.meta.dirname, "../../stacks/main.js")).href;

test("an older Node is refused in one sentence, before anything that it could not read", () => {
  const program = `
    Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });
    Object.defineProperty(process, "version", { value: "v20.19.0" });
    const { default: program } = await import("${main}");
    await program().catch((error) => process.stdout.write(error.constructor.name + ": " + error.message));
  `;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(output).toBe(
    'RunError: this project needs Node 24 or newer, but "node" on PATH is v20.19.0; run "npm run pulumi -- <command>", which brings its own, or install a newer Node',
  );
});
