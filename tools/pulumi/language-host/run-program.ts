import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import type { Command } from "./children.ts";
import { resolveFrom } from "./sdk.ts";

/** What a host knows from the engine's command line. */
export interface EngineOptions {
  /** Where the engine listens, `host:port`. */
  readonly address: string;
  /** The endpoint that `pulumi --tracing` names, if any. */
  readonly tracing: string | undefined;
}

/** How a program ended: `bail` means that it has told the user why, so the engine adds nothing. */
export interface ProgramEnd {
  readonly error: string;
  readonly bail: boolean;
}

/** The exit code by which `@pulumi/pulumi/cmd/run` says that it has reported the error through the engine. */
const REPORTED_EXIT_CODE = 32;

/** The Node process that runs a Pulumi program, with the arguments and environment that `@pulumi/pulumi/cmd/run` reads. */
export function programCommand(request: RunRequest, engine: EngineOptions, environment: NodeJS.ProcessEnv): Command {
  const info = request.getInfo();
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const programFolder = info?.getProgramDirectory() || request.getPwd();
  const typescript = options.typescript !== false && options.typescript !== "false";
  const tsconfig = options.tsconfig;
  return {
    args: [
      ...nodeArguments(options.nodeargs),
      resolveFrom(programFolder, "@pulumi/pulumi/cmd/run"),
      ...runArguments(request, engine),
    ],
    cwd: programFolder,
    env: {
      ...environment,
      PULUMI_CONFIG: JSON.stringify(configForProgram(request.getConfigMap().toObject())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      PULUMI_NODEJS_TYPESCRIPT: String(typescript),
      ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
    },
  };
}

/** What the engine is told when the program has ended. Its wording is the official host's, because people search for it. */
export function programEnd(code: number | null, signal: NodeJS.Signals | null): ProgramEnd {
  if (code === 0) return { error: "", bail: false };
  if (code === REPORTED_EXIT_CODE) return { error: "", bail: true };
  const error = signal ? `Program was ended by ${signal}` : `Program exited with non-zero exit code: ${code}`;
  return { error, bail: false };
}

/**
 * Configuration as `@pulumi/pulumi` reads it from PULUMI_CONFIG: keys are `namespace:config:name`, while the engine
 * sends `namespace:name`. Throws on any other key.
 */
export function configForProgram(config: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(
    config.map(([key, value]) => {
      const [namespace, ...rest] = key.split(":");
      const name = rest.length === 2 && rest[0] === "config" ? rest[1] : rest.length === 1 ? rest[0] : undefined;
      if (!namespace || !name) throw new Error(`configuration key "${key}" is not of the form "namespace:name"`);
      return [`${namespace}:config:${name}`, value];
    }),
  );
}

function runArguments(request: RunRequest, engine: EngineOptions): string[] {
  const info = request.getInfo();
  const flags: (readonly [string, string])[] = [
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engine.address],
    ["--organization", request.getOrganization()],
    ["--project", request.getProject()],
    ["--stack", request.getStack()],
    ["--root-directory", info?.getRootDirectory() ?? ""],
    ["--pwd", request.getPwd()],
    ["--parallel", request.getParallel() > 0 ? String(request.getParallel()) : ""],
    ["--tracing", engine.tracing ?? ""],
  ];
  return [
    ...flags.filter(([, value]) => value !== "").flat(),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ...(request.getQuerymode() ? ["--query-mode"] : []),
    info?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
}

/** The runtime option `nodeargs` of Pulumi.yaml. Quoting is refused rather than misread. */
function nodeArguments(option: unknown): string[] {
  if (option === undefined || option === "") return [];
  if (typeof option !== "string" || /["'\\]/.test(option)) {
    throw new Error(`runtime option nodeargs must be words without quotes, not ${JSON.stringify(option)}`);
  }
  return option.trim().split(/\s+/);
}
