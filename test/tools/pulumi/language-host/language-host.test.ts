import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ServiceError, status } from "@grpc/grpc-js";
import {
  GetProgramDependenciesRequest,
  InstallDependenciesRequest,
  LinkRequest,
  ProgramInfo,
  RunPluginRequest,
  type RunPluginResponse,
  RunRequest,
  type RunResponse,
} from "@pulumi/pulumi/proto/language_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, test } from "vitest";
import { isAlive } from "../../../../tools/pulumi/is-alive.ts";
import { type StartedHost, startHost } from "../support/fake-engine.ts";
import { fakeProgram } from "../support/fake-sdk.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";

const info = (folder: string, options: Record<string, string | boolean> = {}) =>
  new ProgramInfo()
    .setRootDirectory(folder)
    .setProgramDirectory(folder)
    .setEntryPoint("index.ts")
    .setOptions(Struct.fromJavaScript(options));

function runRequest(folder: string, behaviour: string, options: Record<string, string | boolean> = {}): RunRequest {
  const request = new RunRequest()
    .setInfo(info(folder, options))
    .setPwd(folder)
    .setMonitorAddress("127.0.0.1:1")
    .setOrganization("contoso")
    .setProject("network")
    .setStack("dev")
    .setParallel(8)
    .setArgsList([behaviour]);
  request.getConfigMap().set("network:addressSpace", "10.0.0.0/16").set("network:secret", "s3cret");
  return request.setConfigsecretkeysList(["network:secret"]);
}

async function run(host: StartedHost, request: RunRequest): Promise<RunResponse> {
  return await new Promise((resolve, reject) => {
    host.client.run(request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

const pluginRequest = (folder: string, kind: string, behaviour: string) =>
  new RunPluginRequest()
    .setInfo(info(folder))
    .setPwd(folder)
    .setKind(kind)
    .setName("thing")
    .setArgsList(["127.0.0.1:1"])
    .setEnvList([`BEHAVIOUR=${behaviour}`, "EQUALS=a=b"]);

/** Everything a plugin's call streamed, and the error that ended it, if any. */
async function runPlugin(host: StartedHost, request: RunPluginRequest) {
  const got = { stdout: "", stderr: "", exitCodes: [] as number[], error: undefined as ServiceError | undefined };
  const call = host.client.runPlugin(request);
  call.on("data", (message: RunPluginResponse) => {
    got.stdout += Buffer.from(message.getStdout_asU8()).toString();
    got.stderr += Buffer.from(message.getStderr_asU8()).toString();
    if (message.hasExitcode()) got.exitCodes.push(message.getExitcode());
  });
  return await new Promise<typeof got>((resolve) => {
    call.once("error", (error: ServiceError) => resolve({ ...got, error }));
    call.once("end", () => resolve(got));
  });
}

describe.skipIf(process.platform === "win32")("the language host for Node", () => {
  test("tells its version, its Node and what the program depends on", async () => {
    const host = await startHost();
    const { folder } = fakeProgram(temporaryFolder());
    const version = await new Promise<string>((resolve, reject) =>
      host.client.getPluginInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer.getVersion()))),
    );
    expect(version).toMatch(/^3\.\d+\.\d+$/);
    const dependencies = await new Promise((resolve, reject) =>
      host.client.getProgramDependencies(new GetProgramDependenciesRequest().setInfo(info(folder)), (error, answer) =>
        error ? reject(error) : resolve(answer.toObject().dependenciesList),
      ),
    );
    expect(dependencies).toEqual([
      { name: "@pulumi/pulumi", version: "3.270.0" },
      { name: "not-installed", version: "" },
    ]);
  });

  test("answers Unimplemented to what it does not do", async () => {
    const host = await startHost();
    const error = await new Promise<ServiceError | null>((resolve) => host.client.link(new LinkRequest(), resolve));
    expect(error?.code).toBe(status.UNIMPLEMENTED);
  });

  test("starts with the flags that the engine adds when it logs or traces, and hands tracing on", async () => {
    const host = await startHost(["--logtostderr", "-v=9", "--tracing", "http://127.0.0.1:2"]);
    const program = fakeProgram(temporaryFolder());
    await run(host, runRequest(program.folder, "exit=0"));
    expect(program.seen()?.argv.join(" ")).toContain(`--engine ${host.engineAddress}`);
    expect(program.seen()?.argv.join(" ")).toContain("--tracing http://127.0.0.1:2");
  });

  describe("Run", () => {
    test("starts the program with its arguments, folder and configuration", async () => {
      const host = await startHost();
      const program = fakeProgram(temporaryFolder());
      const { folder } = program;
      await run(host, runRequest(folder, "exit=0").setDryrun(true));
      const seen = program.seen();
      expect(seen?.argv.slice(1)).toEqual(
        [
          ["--monitor", "127.0.0.1:1", "--engine", host.engineAddress, "--organization", "contoso"],
          ["--project", "network", "--stack", "dev", "--root-directory", folder, "--pwd", folder],
          ["--parallel", "8", "--dry-run", "index.ts", "exit=0"],
        ].flat(),
      );
      expect(seen?.cwd).toBe(folder);
      expect(JSON.parse(seen?.env.PULUMI_CONFIG ?? "")).toEqual({
        "network:config:addressSpace": "10.0.0.0/16",
        "network:config:secret": "s3cret",
      });
      expect(seen?.env.PULUMI_CONFIG_SECRET_KEYS).toBe('["network:secret"]');
      expect(seen?.env.PULUMI_NODEJS_TYPESCRIPT).toBe("true");
    });

    test("obeys the runtime options typescript, tsconfig and nodeargs", async () => {
      const host = await startHost();
      const program = fakeProgram(temporaryFolder());
      const options = {
        typescript: false,
        tsconfig: "tsconfig.app.json",
        nodeargs: "--stack-trace-limit=50 --trace-warnings",
      };
      await run(host, runRequest(program.folder, "exit=0", options));
      expect(program.seen()?.env).toMatchObject({
        PULUMI_NODEJS_TYPESCRIPT: "false",
        PULUMI_NODEJS_TSCONFIG_PATH: "tsconfig.app.json",
      });
      expect(program.seen()?.execArgv).toEqual(["--stack-trace-limit=50", "--trace-warnings"]);
    });

    test.each([
      { behaviour: "exit=0", error: "", bail: false, because: "it succeeded" },
      { behaviour: "exit=32", error: "", bail: true, because: "the program has told the user itself" },
      { behaviour: "exit=3", error: "Program exited with non-zero exit code: 3", bail: false, because: "it failed" },
      { behaviour: "kill", error: "Program was ended by SIGKILL", bail: false, because: "something killed it" },
    ])("answers error $error and bail $bail to $behaviour: $because", async ({ behaviour, error, bail }) => {
      const host = await startHost();
      const { folder } = fakeProgram(temporaryFolder());
      const response = await run(host, runRequest(folder, behaviour));
      expect({ error: response.getError(), bail: response.getBail() }).toEqual({ error, bail });
    });

    test("passes the program's output on to the engine", async () => {
      const host = await startHost();
      const { folder } = fakeProgram(temporaryFolder());
      await run(host, runRequest(folder, "exit=0"));
      await until("the output arrives", () => host.stdout() === "to stdout" && host.stderr() === "to stderr\n");
    });

    test.each([
      {
        case: "the SDK is not installed",
        request: () => runRequest(temporaryFolder(), "exit=0"),
        message: /^"@pulumi\/pulumi\/cmd\/run" is not installed in ".*" or above it: run "npm ci" there$/,
      },
      {
        case: "nodeargs are quoted",
        request: () => runRequest(fakeProgram(temporaryFolder()).folder, "exit=0", { nodeargs: '--title "a b"' }),
        message: /^runtime option nodeargs must be words without quotes, not "--title \\"a b\\""$/,
      },
      {
        case: "a debugger is to be attached",
        request: () => runRequest(fakeProgram(temporaryFolder()).folder, "exit=0").setAttachDebugger(true),
        message: /^this language host cannot attach a debugger: install the official Pulumi CLI for that$/,
      },
    ])("refuses in one line when $case", async ({ request, message }) => {
      const host = await startHost();
      const error = await run(host, request()).then(
        () => undefined,
        (refusal: ServiceError) => refusal,
      );
      expect(error?.code).toBe(status.FAILED_PRECONDITION);
      expect(error?.details).toMatch(message);
    });
  });

  describe("RunPlugin", () => {
    test("runs a policy pack in its own folder and streams its output and exit code", async () => {
      const host = await startHost();
      const pack = fakeProgram(temporaryFolder());
      const got = await runPlugin(host, pluginRequest(pack.folder, "analyzer", "exit=7").setPwd("/"));
      expect(got).toEqual({ stdout: "to stdout\n", stderr: "to stderr\n", exitCodes: [7], error: undefined });
      expect(pack.seen()?.argv[0]).toContain("/cmd/run-policy-pack/");
      expect(pack.seen()?.argv.slice(1)).toEqual(["127.0.0.1:1", pack.folder]);
      expect(pack.seen()?.cwd).toBe(pack.folder);
      expect(pack.seen()?.env).toMatchObject({ EQUALS: "a=b" });
      expect(pack.seen()?.env).not.toHaveProperty("PATH");
    });

    test("runs a provider in the engine's folder", async () => {
      const host = await startHost();
      const plugin = fakeProgram(temporaryFolder());
      const cwd = temporaryFolder();
      const got = await runPlugin(host, pluginRequest(plugin.folder, "resource", "exit=0").setPwd(cwd));
      expect(got.exitCodes).toEqual([0]);
      expect(plugin.seen()?.argv[0]).toContain("/cmd/run-plugin/");
      expect(plugin.seen()?.argv.slice(1)).toEqual([plugin.folder, "127.0.0.1:1"]);
      expect(plugin.seen()?.cwd).toBe(cwd);
    });

    test("refuses another kind of plugin", async () => {
      const host = await startHost();
      const { error } = await runPlugin(
        host,
        pluginRequest(fakeProgram(temporaryFolder()).folder, "converter", "exit=0"),
      );
      expect(error?.code).toBe(status.FAILED_PRECONDITION);
      expect(error?.details).toBe(
        'plugin "thing" is of kind "converter"; this language host runs "analyzer" and "resource" plugins',
      );
    });
  });

  describe("InstallDependencies", () => {
    const install = async (host: StartedHost, folder: string) =>
      await new Promise<ServiceError | undefined>((resolve) => {
        const call = host.client.installDependencies(new InstallDependenciesRequest().setInfo(info(folder)));
        call.on("data", () => undefined);
        call.once("error", (error: ServiceError) => resolve(error));
        call.once("end", () => resolve(undefined));
      });

    test("is content when they are installed, and says what to run when not", async () => {
      const host = await startHost();
      expect(await install(host, fakeProgram(temporaryFolder()).folder)).toBeUndefined();
      const empty = temporaryFolder();
      expect((await install(host, empty))?.details).toBe(
        `"@pulumi/pulumi/package.json" is not installed in "${empty}" or above it: run "npm ci" there`,
      );
    });
  });

  // The stand-in ignores SIGTERM, so each of these also shows that the host insists.
  describe("leaves no process behind", () => {
    const start = async () => {
      const host = await startHost();
      const program = fakeProgram(temporaryFolder());
      const pack = fakeProgram(temporaryFolder());
      const calls = [
        host.client.run(runRequest(program.folder, "hang"), () => undefined),
        host.client
          .runPlugin(pluginRequest(pack.folder, "analyzer", "hang"))
          .on("error", () => undefined)
          .resume(),
      ];
      await until("both have started", () => program.seen() !== undefined && pack.seen() !== undefined);
      const pids = [program.seen()?.pid ?? 0, pack.seen()?.pid ?? 0];
      expect(pids.every(isAlive)).toBe(true);
      return { host, calls, gone: () => !pids.some(isAlive) };
    };

    test("when the engine vanishes", async () => {
      const { host, gone } = await start();
      host.killEngine();
      await host.ended;
      expect(gone()).toBe(true);
    });

    test("when the calls are cancelled, and goes on serving", async () => {
      const { host, calls, gone } = await start();
      for (const call of calls) call.cancel();
      await until("the children are gone", gone);
      const response = await run(host, runRequest(fakeProgram(temporaryFolder()).folder, "exit=32"));
      expect(response.getBail()).toBe(true);
    });

    test("when the engine asks it to cancel, and starts nothing more", async () => {
      const { host, gone } = await start();
      await new Promise((resolve) => host.client.cancel(new Empty(), resolve));
      expect(gone()).toBe(true);
      const late = run(host, runRequest(fakeProgram(temporaryFolder()).folder, "exit=0"));
      await expect(late).rejects.toMatchObject({ details: "the language host is ending and starts nothing more" });
    });

    test.each(["SIGINT", "SIGTERM"] as const)("when it gets %s", async (signal) => {
      const { host, gone } = await start();
      host.process.kill(signal);
      expect(await host.ended).toBe(0);
      expect(gone()).toBe(true);
    });
  });

  describe("started by hand", () => {
    const bin = join(import.meta.dirname, "../../../../tools/pulumi/language-host/bin");
    const start = (folder: string, args: readonly string[], path: string) =>
      spawnSync(join(bin, "pulumi-language-nodejs"), args, {
        cwd: folder,
        env: { PATH: `${path}:/usr/bin:/bin` },
        encoding: "utf8",
      });

    test("says what is missing where no SDK is installed", () => {
      const folder = temporaryFolder();
      const { stderr, status: code } = start(folder, ["127.0.0.1:1"], join(process.execPath, ".."));
      expect(stderr).toBe(
        `"@pulumi/pulumi/package.json" is not installed in "${folder}" or above it: run "npm ci" there\n`,
      );
      expect(code).toBe(1);
    });

    test("refuses an older Node in one sentence", () => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, "bin"));
      // A Node that claims to be older, by a module loaded before everything else.
      writeFileSync(
        join(folder, "older.cjs"),
        'Object.defineProperty(process.versions, "node", { value: "22.3.0" }); Object.defineProperty(process, "version", { value: "v22.3.0" });',
      );
      writeFileSync(
        join(folder, "bin", "node"),
        `#!/bin/sh\nexec "${process.execPath}" --require "${join(folder, "older.cjs")}" "$@"\n`,
        { mode: 0o755 },
      );
      const { stderr, status: code } = start(folder, ["127.0.0.1:1"], join(folder, "bin"));
      expect(stderr).toBe("the Node.js language host needs Node 24 or newer on PATH; this is v22.3.0\n");
      expect(code).toBe(1);
    });
  });
});
