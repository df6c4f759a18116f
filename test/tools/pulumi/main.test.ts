import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { fakePulumi, writeProgram } from "./support/fake-programs.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";
import { until } from "./support/until.ts";

const main = join(import.meta.dirname, "..", "..", "..", "tools", "pulumi", "main.ts");

/** Runs `npm run pulumi` without npm, with a `pulumi` that is a shell script. */
function start(args: readonly string[], script: string) {
  const folder = temporaryFolder();
  fakePulumi(folder, "3.259.0");
  writeProgram(folder, "pulumi", `[ "$1" = version ] && [ $# = 1 ] && { echo v3.259.0; exit 0; }\n${script}`);
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: folder, HOME: folder, MARK: join(folder, "mark") },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // a process group of its own, so that a test can signal all of it
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { folder, child, mark: join(folder, "mark"), stdout: text(child.stdout), stderr: text(child.stderr), ended };
}

describe.skipIf(process.platform === "win32")("npm run pulumi", () => {
  test("hands over the arguments and the exit code, and keeps stdout Pulumi's own", async () => {
    const run = start(["stack", "output", "--json", "a b"], 'printf "%s|" "$@"; exit 7');
    expect(await run.stdout).toBe("stack|output|--json|a b|");
    expect(await run.stderr).toBe("");
    expect(await run.ended).toBe(7);
  });

  test("--which says which CLI is used and where it comes from", async () => {
    const run = start(["--which"], "exit 1");
    expect(await run.stdout).toBe(`${join(run.folder, "pulumi")}\nversion 3.259.0, from path\n`);
    expect(await run.ended).toBe(0);
  });

  test("Pulumi finds the Node that runs this first on PATH", async () => {
    const run = start(["up"], 'echo "$GIVEN_PATH"');
    expect(await run.stdout).toBe(`${dirname(process.execPath)}:${run.folder}\n`);
  });

  describe.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s", (signal) => {
    // Counts the signals that it gets in half a second from the first, as a second interrupt would end Pulumi hard.
    const counter = `
      const fs = require("node:fs");
      let count = 0;
      process.on("${signal}", () => {
        count += 1;
        if (count === 1) setTimeout(() => { fs.writeFileSync(process.env.MARK, String(count)); process.exit(3); }, 500);
      });
      setInterval(() => {}, 1000);
      fs.writeFileSync(process.env.MARK, "ready");`;
    const startCounter = () => start(["up"], `exec "${process.execPath}" -e '${counter}'`);

    test.each([
      { case: "sent to this process", send: (pid: number) => process.kill(pid, signal) },
      {
        case: "sent twice within 50 ms, as by a terminal and npm",
        send: (pid: number) => {
          process.kill(pid, signal);
          setTimeout(() => process.kill(pid, signal), 50);
        },
      },
      { case: "sent to the whole process group", send: (pid: number) => process.kill(-pid, signal) },
    ])("$case reaches Pulumi once, and its end is waited for", async ({ send }) => {
      const run = startCounter();
      await until("pulumi has started", () => existsSync(run.mark) && readFileSync(run.mark, "utf8") === "ready");
      send(run.child.pid ?? Number.NaN);
      expect(await run.ended).toBe(3);
      expect(readFileSync(run.mark, "utf8")).toBe("1");
    });
  });

  test("an ended Pulumi gives the exit code that a shell would", async () => {
    const run = start(["up"], "kill -9 $$");
    expect(await run.ended).toBe(128 + 9);
  });
});
