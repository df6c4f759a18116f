import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { onTestFinished } from "vitest";

/** The repository, where the host under test finds the real `@pulumi/pulumi`. */
const ROOT = `${import.meta.dirname}/../../../..`;
const LAUNCHER = `${ROOT}/tools/pulumi/language-host/bin/pulumi-language-nodejs`;

/** A language host that was started as the engine starts it, and the engine that it watches. */
export interface StartedHost {
  readonly client: LanguageRuntimeClient;
  readonly process: ChildProcess;
  readonly engineAddress: string;
  /** What the host and its program have printed so far, without the port. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Ends the engine as a kill would: its socket closes and nothing is said. */
  readonly killEngine: () => void;
}

/** Starts a listening engine and the real language host against it; both end with the running test. */
export async function startHost(flags: readonly string[] = []): Promise<StartedHost> {
  const engine = new Server();
  const engineAddress = `127.0.0.1:${await listen(engine)}`;
  const host = spawn(LAUNCHER, [...flags, engineAddress], {
    cwd: ROOT,
    env: { ...process.env, PATH: `${process.execPath.replace(/\/node$/, "")}:/usr/bin:/bin` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  host.stderr.on("data", (data: Buffer) => errors.push(data.toString()));
  const ended = new Promise<number | null>((resolve) => host.once("close", resolve));
  const port = await new Promise<string>((resolve, reject) => {
    const output = createInterface({ input: host.stdout });
    output.once("line", (first) => {
      resolve(first);
      output.on("line", (line) => lines.push(line));
    });
    void ended.then((code) => reject(new Error(`the host ended with ${code}: ${errors.join("")}`)));
  });
  const client = new LanguageRuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
  onTestFinished(() => {
    client.close();
    engine.forceShutdown();
    host.kill("SIGKILL");
  });
  return {
    client,
    process: host,
    engineAddress,
    stdout: () => lines.join("\n"),
    stderr: () => errors.join(""),
    ended,
    killEngine: () => engine.forceShutdown(),
  };
}

async function listen(server: Server): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
