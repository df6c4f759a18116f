import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a shell script that a test puts on PATH. Its own PATH is the system's; what it was given is GIVEN_PATH. */
export function writeProgram(folder: string, name: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nGIVEN_PATH=$PATH\nPATH=/usr/bin:/bin\n${script}\n`, { mode: 0o755 });
  return file;
}

/** A `pulumi` that knows its version, with a language host beside it unless told otherwise. */
export function fakePulumi(folder: string, version: string, options: { readonly host?: boolean } = {}): string {
  if (options.host ?? true) writeProgram(folder, "pulumi-language-nodejs", "exit 0");
  return writeProgram(folder, "pulumi", `echo v${version}`);
}

/** What a fake `go build` does. */
export type FakeBuild = "succeeds" | "waits" | "fails" | "hangs";

/**
 * A `go` that notes the process id of each build in `log`, one a line, and builds a `pulumi` that prints
 * `builtVersion`; one that waits does so when the file `log` with the suffix `.go-on` appears.
 */
export function fakeGo(
  folder: string,
  {
    build = "succeeds",
    log,
    version = "1.26.0",
    builtVersion = "3.259.0",
  }: {
    readonly build?: FakeBuild;
    readonly log: string;
    readonly version?: string;
    readonly builtVersion?: string;
  },
): string {
  const succeed = `mkdir -p "$(dirname "$file")"; printf '#!/bin/sh\\necho v${builtVersion}\\n' > "$file"; chmod +x "$file"`;
  const compile = {
    succeeds: `sleep 0.3; ${succeed}`,
    waits: `while [ ! -e "${log}.go-on" ]; do sleep 0.05; done; ${succeed}`,
    fails: `echo "go: downloading example.com/a v1.0.0" >&2; echo "example.com/a" >&2; echo "verifying example.com/a@v1.0.0: checksum mismatch" >&2; exit 1`,
    hangs: "exec sleep 60",
  }[build];
  return writeProgram(
    folder,
    "go",
    `case "$1" in
version) echo "go version go${version} linux/amd64" ;;
build)
  echo $$ >> "${log}"
  while [ "$1" != -o ]; do shift; done
  file="$2"
  ${compile} ;;
esac`,
  );
}
