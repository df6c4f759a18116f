import { join } from "node:path";
import type { Parsed } from "../../model/prefix.ts";
import { PINNED_VERSION } from "./cli-version.ts";
import { goVersion } from "./go-version.ts";
import { runCommand } from "./run-command.ts";
import { findOnPath } from "./search-path.ts";

/** The Go module that pins the CLI's source, and every module it needs, by hash. */
const MODULE = join(import.meta.dirname, "go");

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** What a build reports and how it runs. */
export interface BuildOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  /** Milliseconds between two lines of progress. */
  readonly progressMs: number;
}

/**
 * Builds the pinned CLI into `file` with the user's Go, whose settings (GOPROXY, GOFLAGS, GOTOOLCHAIN…) are respected.
 * Modules are checked against the committed go.sum. Returns Go's version, or why it could not be done.
 */
export async function buildCli(file: string, options: BuildOptions): Promise<Parsed<string>> {
  const { env, log, progressMs } = options;
  const go = findOnPath("go", env);
  if (!go) return { ok: false, message: 'no "go" on PATH' };
  const version = await goVersion(go, MODULE, env);
  if (!version.ok) return version;

  log(`building Pulumi ${PINNED_VERSION} from its source with Go ${version.value}; takes about four minutes, once`);
  const started = performance.now();
  const counts = { fetched: 0, compiled: 0 };
  const progress = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    log(`  ${seconds} s: ${counts.fetched} modules fetched, ${counts.compiled} packages compiled`);
  }, progressMs);
  const result = await runCommand(go, buildArguments(file), {
    cwd: MODULE,
    // A workspace above the clone must not change what is built, nor a cross-compiling shell for what.
    env: { ...env, CGO_ENABLED: "0", GOWORK: "off", GOOS: "", GOARCH: "" },
    onStderr: (line) => {
      if (line.startsWith("go: downloading ")) counts.fetched += 1;
      else if (isPackageLine(line)) counts.compiled += 1;
    },
  });
  clearInterval(progress);
  if (!result.ok) {
    const said = result.stderrLines.filter((line) => !line.startsWith("go: downloading ") && !isPackageLine(line));
    return { ok: false, message: `"go build" failed: ${said.slice(-3).join(" | ") || "it printed nothing"}` };
  }
  return version;
}

function buildArguments(file: string): string[] {
  const linker = `-s -w -X ${VERSION_VARIABLE}=v${PINNED_VERSION}`;
  const tags = "osusergo,grpcnotrace";
  const flags = ["-v", "-mod=readonly", "-trimpath", "-buildvcs=false", "-tags", tags, "-ldflags", linker];
  return ["build", ...flags, "-o", file, PACKAGE];
}

/** `go build -v` prints the path of each package that it compiles on a line of its own. */
function isPackageLine(line: string): boolean {
  return /^[\w.~/-]+$/.test(line);
}
