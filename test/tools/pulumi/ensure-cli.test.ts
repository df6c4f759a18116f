import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { ensureCli, type PulumiCli } from "../../../tools/pulumi/ensure-cli.ts";
import { fakeGo, fakePulumi, writeProgram } from "./support/fake-programs.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";
import { until } from "./support/until.ts";

const nodeFolder = dirname(process.execPath);
const platformFolder = `3.259.0-${process.platform}-${process.arch}`;

/** A machine of its own for each test: an empty PATH folder, an empty cache, no network. */
function machine() {
  const root = temporaryFolder();
  const bin = join(root, "bin");
  const builds = join(root, "builds");
  const cache = join(root, "cache", "windows365-network", "pulumi");
  mkdirSync(bin);
  const env: NodeJS.ProcessEnv = { PATH: bin, HOME: root, XDG_CACHE_HOME: join(root, "cache") };
  const lines: string[] = [];
  return {
    root,
    bin,
    builds,
    cache,
    env,
    lines,
    cliFolder: join(cache, platformFolder),
    buildCount: () => (existsSync(builds) ? readFileSync(builds, "utf8").trim().split("\n").length : 0),
    ensure: (download: (version: string, root: string) => Promise<void> = noNetwork): Promise<PulumiCli> =>
      ensureCli({ log: (line) => lines.push(line), env, download, progressMs: 200 }),
  };
}

async function noNetwork(): Promise<void> {
  throw new Error("Failed to download https://get.pulumi.com/install.sh: fetch failed");
}

describe.skipIf(process.platform === "win32")("ensureCli", () => {
  test("takes the CLI on PATH, says nothing, and adds only the running Node to PATH", async () => {
    const { bin, env, cache, lines, ensure } = machine();
    const pulumi = fakePulumi(bin, "3.250.0");
    expect(await ensure()).toEqual({
      pulumi,
      version: "3.250.0",
      source: "path",
      env: { PATH: [nodeFolder, env.PATH].join(delimiter) },
    });
    expect(lines).toEqual([]);
    expect(existsSync(cache)).toBe(false);
  });

  test("takes a CLI on PATH whose language host is elsewhere on PATH", async () => {
    const { bin, root, env, ensure } = machine();
    const pulumi = fakePulumi(bin, "3.260.1", { host: false });
    writeProgram(join(root, "hosts"), "pulumi-language-nodejs", "exit 0");
    env.PATH = [bin, join(root, "hosts")].join(delimiter);
    expect(await ensure()).toMatchObject({ pulumi, version: "3.260.1", source: "path" });
  });

  test.each([
    {
      case: "is too old",
      put: (bin: string) => fakePulumi(bin, "3.249.0"),
      because: (bin: string) => `"${bin}/pulumi" is 3.249.0; 3.250.0 or newer is needed`,
    },
    {
      case: "has no language host for Node",
      put: (bin: string) => fakePulumi(bin, "3.270.0", { host: false }),
      because: (bin: string) => `"${bin}/pulumi" 3.270.0 has no "pulumi-language-nodejs" beside it or on PATH`,
    },
    {
      case: "does not start",
      put: (bin: string) => writeProgram(bin, "pulumi", "echo broken >&2; exit 1"),
      because: (bin: string) => `"${bin}/pulumi version" failed: broken`,
    },
    {
      case: "is another program",
      put: (bin: string) => writeProgram(bin, "pulumi", "echo juggling 5 balls"),
      because: (bin: string) => `"${bin}/pulumi version" printed "juggling 5 balls", not a version`,
    },
  ])("passes over a CLI on PATH that $case, and says so", async ({ put, because }) => {
    const { bin, builds, lines, cliFolder, ensure } = machine();
    put(bin);
    fakeGo(bin, { log: builds });
    expect(await ensure()).toMatchObject({ source: "build" });
    expect(lines[0]).toBe(`no usable Pulumi CLI yet (${because(bin)}); preparing 3.259.0 in "${cliFolder}"`);
  });

  test("prefers the download to a build, and asks for the pinned version", async () => {
    const { bin, builds, cliFolder, buildCount, ensure } = machine();
    fakeGo(bin, { log: builds });
    const asked: string[] = [];
    const cli = await ensure(async (version, root) => {
      asked.push(version);
      fakePulumi(join(root, "bin"), version);
    });
    expect(cli).toMatchObject({ pulumi: join(cliFolder, "bin", "pulumi"), version: "3.259.0", source: "download" });
    expect(asked).toEqual(["3.259.0"]);
    expect(buildCount()).toBe(0);
  });

  test("a download of the wrong version is not kept", async () => {
    const { lines, bin, builds, ensure } = machine();
    fakeGo(bin, { log: builds });
    const cli = await ensure(async (_version, root) => void fakePulumi(join(root, "bin"), "3.258.0"));
    expect(cli.source).toBe("build");
    expect(lines).toContain("  download failed: it brought version 3.258.0, not 3.259.0");
  });

  test("builds without network, puts our language host beside it, and tells each step", async () => {
    const { bin, builds, cliFolder, lines, ensure } = machine();
    fakeGo(bin, { log: builds });
    const cli = await ensure();
    const binFolder = dirname(cli.pulumi);
    expect(cli.source).toBe("build");
    expect(dirname(dirname(binFolder))).toBe(cliFolder);
    expect(readdirSync(binFolder)).toEqual(
      expect.arrayContaining(["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]),
    );
    expect(cli.env).toEqual({
      PATH: [binFolder, nodeFolder, bin].join(delimiter),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
    expect(lines.slice(1).filter((line) => !line.startsWith("  0 s") && !line.startsWith("  1 s"))).toEqual([
      "downloading Pulumi 3.259.0",
      "  download failed: Failed to download https://get.pulumi.com/install.sh: fetch failed",
      "building Pulumi 3.259.0 from its source with Go 1.26.0; takes about four minutes, once",
      `Pulumi 3.259.0 is ready: "${cli.pulumi}"`,
    ]);
    expect(lines.some((line) => /^ {2}\d+ s: 0 modules fetched, 0 packages compiled$/.test(line))).toBe(true);
  });

  test("never builds the same version twice", async () => {
    const { bin, builds, lines, buildCount, ensure } = machine();
    fakeGo(bin, { log: builds });
    const first = await ensure();
    lines.length = 0;
    expect(await ensure()).toEqual({ ...first, source: "cache" });
    expect(lines).toEqual([]);
    expect(buildCount()).toBe(1);
  });

  test("makes anew a cached folder that has lost its program", async () => {
    const { bin, builds, cliFolder, ensure } = machine();
    mkdirSync(join(cliFolder, "bin"), { recursive: true });
    writeFileSync(join(cliFolder, "bin", "other"), "");
    fakeGo(bin, { log: builds });
    expect((await ensure()).source).toBe("build");
    expect(existsSync(join(cliFolder, "bin", "other"))).toBe(false);
  });

  test("one clear message lists what was tried, why each failed and what to install", async () => {
    const { cliFolder, cache, ensure } = machine();
    await expect(ensure()).rejects.toThrow(
      new Error(
        [
          "no usable Pulumi CLI; tried in this order:",
          '  - on PATH: no "pulumi" on PATH',
          `  - cache: nothing in "${cliFolder}"`,
          "  - download: Failed to download https://get.pulumi.com/install.sh: fetch failed",
          '  - build: no "go" on PATH',
          "install one of these and try again:",
          "  - the Pulumi CLI 3.250.0 or newer, on PATH: https://www.pulumi.com/docs/install/",
          "  - Go 1.25.11 or newer, on PATH, with which the CLI is built once: https://go.dev/dl/",
        ].join("\n"),
      ),
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  test.each([
    {
      case: "Go is older than needed",
      go: { version: "1.24.9" },
      because: (bin: string) => `"${bin}/go" is Go 1.24.9; 1.25.11 or newer is needed`,
    },
    {
      case: "a module is not the pinned one",
      go: { build: "fails" as const },
      because: () => '"go build" failed: verifying example.com/a@v1.0.0: checksum mismatch',
    },
    {
      case: "another version comes out",
      go: { builtVersion: "3.251.0" },
      because: () => "it brought version 3.251.0, not 3.259.0",
    },
  ])("says why the build failed when $case, and leaves nothing", async ({ go, because }) => {
    const { bin, builds, cache, ensure } = machine();
    fakeGo(bin, { log: builds, ...go });
    await expect(ensure()).rejects.toThrow(`\n  - build: ${because(bin)}\n`);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("says so when Go is too old and could not fetch the toolchain that the module names", async () => {
    const { bin, ensure } = machine();
    writeProgram(
      bin,
      "go",
      '[ "$GOTOOLCHAIN" = local ] && { echo "go version go1.22.1 linux/amd64"; exit 0; }; echo "go: download go1.25.11: no network" >&2; exit 1',
    );
    await expect(ensure()).rejects.toThrow(
      `build: "${bin}/go" is Go 1.22.1; 1.25.11 or newer is needed and could not be fetched: go: download go1.25.11: no network`,
    );
  });

  test("says so when the cache cannot be written", async () => {
    const { root, env, ensure } = machine();
    writeFileSync(join(root, "file"), "");
    env.XDG_CACHE_HOME = join(root, "file");
    await expect(ensure()).rejects.toThrow(
      / {2}- cache: ".*file\/windows365-network\/pulumi" cannot be written: ENOTDIR/,
    );
  });

  test("the user's Go settings reach the build, a cross-compiling shell does not change it", async () => {
    const { bin, root, env, ensure } = machine();
    const seen = join(root, "seen");
    writeProgram(
      bin,
      "go",
      `[ "$1" = version ] && { echo "go version go1.26.0 linux/amd64"; exit 0; }
echo "$GOPROXY $GOFLAGS [$GOOS$GOARCH] $CGO_ENABLED $GOWORK" > "${seen}"; exit 1`,
    );
    Object.assign(env, { GOPROXY: "https://proxy.example", GOFLAGS: "-p=1", GOOS: "plan9", GOARCH: "arm" });
    await expect(ensure()).rejects.toThrow('build: "go build" failed: it printed nothing');
    expect(readFileSync(seen, "utf8")).toBe("https://proxy.example -p=1 [] 0 off\n");
  });
});

describe.skipIf(process.platform === "win32")("ensureCli in several processes", () => {
  const start = (env: NodeJS.ProcessEnv) =>
    spawn(process.execPath, [join(import.meta.dirname, "support", "run-ensure-cli.ts")], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });

  test("two at once: one builds, the other waits, says so and uses it", async () => {
    const { bin, builds, env, cache, buildCount } = machine();
    fakeGo(bin, { log: builds, build: "waits" });
    const runs = [start(env), start(env)].map((child) => {
      const said: string[] = [];
      child.stderr.on("data", (data: Buffer) => said.push(data.toString()));
      const cli = text(child.stdout).then((json): PulumiCli => JSON.parse(json));
      return { pid: child.pid, cli, said: () => said.join("") };
    });
    await until("one waits", () => runs.some(({ said }) => said().includes("waiting for it")));
    writeFileSync(`${builds}.go-on`, "");

    const [waiter, builder] = runs.sort(
      (a, b) => Number(a.said().includes("building")) - Number(b.said().includes("building")),
    );
    const [waited, built] = [await waiter?.cli, await builder?.cli];
    expect([built?.source, waited?.source]).toEqual(["build", "cache"]);
    expect(waited?.pulumi).toBe(built?.pulumi);
    expect(waiter?.said()).toBe(`process ${builder?.pid} is preparing Pulumi 3.259.0; waiting for it\n`);
    expect(buildCount()).toBe(1);
    expect(readdirSync(cache)).toEqual([platformFolder]);
  });

  test("a build that is killed leaves nothing that counts, and the next one succeeds and sweeps", async () => {
    const { bin, builds, env, cache, cliFolder, ensure } = machine();
    fakeGo(bin, { log: builds, build: "hangs" });
    const child = start(env);
    await until("the build has begun", () => existsSync(builds) && readFileSync(builds, "utf8").endsWith("\n"));
    const goPid = Number(readFileSync(builds, "utf8"));
    onTestFinished(() => void process.kill(goPid, "SIGKILL"));
    child.kill("SIGKILL");
    await once(child, "close").catch(() => undefined);
    expect(existsSync(cliFolder)).toBe(false);
    expect(readdirSync(cache).map((name) => name.replace(/-\d+-[0-9a-f]{8}$/, ""))).toEqual([
      `${platformFolder}.lock`,
      `${platformFolder}.partial`,
    ]);

    rmSync(join(bin, "go"));
    fakeGo(bin, { log: builds });
    const cli = await ensure();
    expect(cli.source).toBe("build");
    expect(basename(cli.pulumi)).toBe("pulumi");
    expect(readdirSync(cache)).toEqual([platformFolder]);
  });
});
