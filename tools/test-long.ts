import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { runTool, tool } from "./command-line.ts";

const root = resolve(import.meta.dirname, "..");

/** The tests that compare the model with something written apart from it, each driven by `SEED` and `COUNT`. */
const oracles = ["test/oracle", "test/model/rules/oracles.test.ts"];

const command = tool("test:long", "Asks the independent oracles of the model far more questions than `npm test` does.")
  .option("--seed <number>", "where the random networks, rules and flows start", positive, Date.now() % 1_000_000)
  .option("--count <number>", "how many questions each oracle is asked", positive, 200_000);

await runTool(command, async ({ seed, count }) => {
  console.log(`npm run test:long -- --seed ${seed} --count ${count}`);
  const vitest = resolve(root, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(process.execPath, [vitest, "run", "--testTimeout=0", ...oracles], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, SEED: String(seed), COUNT: String(count) },
  });
  return status ?? 1;
});

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) throw new InvalidArgumentError(`"${text}" is not a whole number above 0`);
  return value;
}
