import type { ServerUnaryCall, ServerWritableStream, sendUnaryData } from "@grpc/grpc-js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type * as messages from "@pulumi/pulumi/proto/language_pb.js";
import { type Children, exitCodeOf } from "./children.ts";
import { programDependencies } from "./program-dependencies.ts";
import { pluginCommand } from "./run-plugin.ts";
import { type EngineOptions, programCommand, programEnd } from "./run-program.ts";
import { resolveFrom, type Sdk } from "./sdk.ts";

/**
 * The part of Pulumi's LanguageRuntime service that running programs, policy packs and providers needs. gRPC answers
 * `Unimplemented` to the rest (code generation, packing, linking).
 *
 * https://github.com/pulumi/pulumi/blob/master/proto/pulumi/language.proto (read 2026-11-21)
 */
export type LanguageRuntime = Pick<
  ILanguageRuntimeServer,
  | "getPluginInfo"
  | "getRequiredPackages"
  | "about"
  | "getProgramDependencies"
  | "runtimeOptionsPrompts"
  | "installDependencies"
  | "run"
  | "runPlugin"
  | "cancel"
>;

/** Answers the engine over the SDK that the program has installed. */
export function languageRuntime(sdk: Sdk, engine: EngineOptions, children: Children): LanguageRuntime {
  const { messages, pluginMessages, empty } = sdk;
  return {
    getPluginInfo: (_call, answer) => answer(null, new pluginMessages.PluginInfo().setVersion(sdk.version)),
    // Empty on purpose: the engine then learns each provider from the resource that asks for it, and a provider that
    // is attached (PULUMI_DEBUG_PROVIDERS) is not looked for on disk.
    getRequiredPackages: (_call, answer) => answer(null, new messages.GetRequiredPackagesResponse()),
    about: (_call, answer) =>
      answer(null, new messages.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    getProgramDependencies: (call, answer) => {
      const folder = call.request.getInfo()?.getProgramDirectory() || call.request.getPwd();
      const list = programDependencies(folder).map(({ name, version }) =>
        new messages.DependencyInfo().setName(name).setVersion(version),
      );
      answer(null, new messages.GetProgramDependenciesResponse().setDependenciesList(list));
    },
    runtimeOptionsPrompts: (_call, answer) => answer(null, new messages.RuntimeOptionsResponse()),
    installDependencies: (call) => {
      // Installing is npm's work and needs the lockfile's say; here it is only checked.
      const folder = call.request.getInfo()?.getProgramDirectory() || call.request.getDirectory();
      const missing = attempt(() => resolveFrom(folder, "@pulumi/pulumi/package.json"));
      if (missing) call.emit("error", failedPrecondition(sdk, missing));
      else call.end();
    },
    run: (call, answer) => runProgram(sdk, engine, children, call, answer),
    runPlugin: (call) => runPlugin(sdk, children, call),
    cancel: (_call, answer) => {
      void children.stopAll().then(() => answer(null, new empty.Empty()));
    },
  };
}

function runProgram(
  sdk: Sdk,
  engine: EngineOptions,
  children: Children,
  call: ServerUnaryCall<messages.RunRequest, messages.RunResponse>,
  answer: sendUnaryData<messages.RunResponse>,
): void {
  const refusal = attempt(() => {
    refuseDebugger(call.request.getAttachDebugger());
    // The engine reads this host's own output after its first line, so the program simply inherits it.
    const child = children.start(programCommand(call.request, engine, process.env), ["ignore", "inherit", "inherit"]);
    call.on("cancelled", () => void children.stop(child));
    child.once("error", (error) => answer(failedPrecondition(sdk, error)));
    child.once("exit", (code, signal) => {
      const end = programEnd(code, signal);
      answer(null, new sdk.messages.RunResponse().setError(end.error).setBail(end.bail));
    });
  });
  if (refusal) answer(failedPrecondition(sdk, refusal));
}

function runPlugin(
  sdk: Sdk,
  children: Children,
  call: ServerWritableStream<messages.RunPluginRequest, messages.RunPluginResponse>,
): void {
  const { RunPluginResponse } = sdk.messages;
  const send = (message: messages.RunPluginResponse) => {
    if (!call.cancelled) call.write(message);
  };
  const refusal = attempt(() => {
    refuseDebugger(call.request.getAttachDebugger());
    const child = children.start(pluginCommand(call.request), ["ignore", "pipe", "pipe"]);
    child.stdout?.on("data", (data: Buffer) => send(new RunPluginResponse().setStdout(data)));
    child.stderr?.on("data", (data: Buffer) => send(new RunPluginResponse().setStderr(data)));
    call.on("cancelled", () => void children.stop(child));
    child.once("error", (error) => call.emit("error", failedPrecondition(sdk, error)));
    child.once("close", (code, signal) => {
      send(new RunPluginResponse().setExitcode(exitCodeOf(code, signal)));
      call.end();
    });
  });
  if (refusal) call.emit("error", failedPrecondition(sdk, refusal));
}

function refuseDebugger(attach: boolean): void {
  if (attach) throw new Error("this language host cannot attach a debugger: install the official Pulumi CLI for that");
}

/** What an action threw, or nothing. */
function attempt(action: () => void): Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function failedPrecondition({ grpc }: Sdk, error: Error): Error & { code: number; details: string } {
  return Object.assign(new Error(error.message), {
    code: grpc.status.FAILED_PRECONDITION,
    details: error.message,
  });
}
