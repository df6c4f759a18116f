import { parseArgs } from "node:util";
import { trackChildren } from "./children.ts";
import { watchEngine } from "./engine-watch.ts";
import { languageRuntime } from "./language-runtime.ts";
import type { EngineOptions } from "./run-program.ts";
import { loadSdk } from "./sdk.ts";

/**
 * Serves Pulumi's LanguageRuntime protocol for Node until the engine ends. Started by the engine as
 * `pulumi-language-nodejs [flags] <engine address>`, in the program's folder; the first line printed is the port.
 */
export async function run(args: readonly string[]): Promise<void> {
  const engine = readArguments(args);
  const sdk = loadSdk(process.cwd());
  const children = trackChildren();
  const end = () => void children.stopAll().then(() => process.exit(0));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  watchEngine(sdk, engine.address, end);

  // The engine sends configuration and stacks of any size; gRPC's own limit is 4 MB.
  const server = new sdk.grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(sdk.services.LanguageRuntimeService, languageRuntime(sdk, engine, children));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", sdk.grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  console.log(port);
}

/** Reads the engine's address (the last argument) and the flags that the engine adds when it logs or traces. */
function readArguments(args: readonly string[]): EngineOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { logtostderr: { type: "boolean" }, v: { type: "string", short: "v" }, tracing: { type: "string" } },
    allowPositionals: true,
    strict: false,
  });
  const address = positionals.at(-1);
  if (!address) throw new Error("the engine's address is missing: this program is started by the Pulumi engine");
  return { address, tracing: typeof values.tracing === "string" ? values.tracing : undefined };
}
