import type { Parsed } from "../../model/prefix.ts";
import { runCommand } from "./run-command.ts";

/** The Go that the pinned CLI asks for; the `go` line of `go/go.mod` says the same. */
export const OLDEST_GO = "1.25.11";

/**
 * Go's version in the folder of the module to build, or why it is of no use there. Where Go is older than go.mod asks,
 * it fetches a newer toolchain by itself if it may, and this is then the version of that one.
 */
export async function goVersion(go: string, module: string, env: NodeJS.ProcessEnv): Promise<Parsed<string>> {
  const here = await runCommand(go, ["version"], { env: { ...env, GOWORK: "off" }, cwd: module });
  if (here.ok) return readGoVersion(go, here.stdout);
  const own = await runCommand(go, ["version"], { env: { ...env, GOTOOLCHAIN: "local" } });
  const installed = /go(\d+\.\d+(?:\.\d+)?)/.exec(own.stdout)?.[1];
  if (!own.ok || !installed) {
    return { ok: false, message: `"${go} version" failed: ${own.stderrLines.at(-1) ?? "it printed nothing"}` };
  }
  return {
    ok: false,
    message: `"${go}" is Go ${installed}; ${OLDEST_GO} or newer is needed and could not be fetched: ${here.stderrLines.at(-1) ?? ""}`,
  };
}

function readGoVersion(go: string, stdout: string): Parsed<string> {
  const version = /go(\d+)\.(\d+)(?:\.(\d+))?/.exec(stdout);
  if (!version) return { ok: false, message: `"${go} version" printed "${stdout.trim()}", not a version` };
  const [found, needed] = [version.slice(1).map((part) => Number(part ?? 0)), OLDEST_GO.split(".").map(Number)];
  const different = needed.findIndex((part, index) => part !== found[index]);
  if (different >= 0 && (found[different] ?? 0) < (needed[different] ?? 0)) {
    return { ok: false, message: `"${go}" is Go ${found.join(".")}; ${OLDEST_GO} or newer is needed` };
  }
  return { ok: true, value: found.join(".") };
}
