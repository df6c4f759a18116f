import { qualifiedKey } from "./checks/secrets.ts";
import type { Environment } from "./environment.ts";
import { completeLayer, type Layer, type LayerSettings, layerKeys, parseLayer } from "./layer.ts";
import { type ParsedEnvironment, parseEnvironment } from "./parse-environment.ts";
import { configNamespace, environmentKey, type Problem } from "./problem.ts";
import { didYouMean } from "./suggest.ts";

/** Everything that a stack's configuration says. */
export interface Settings {
  readonly environment: Environment;
  /** Layers that carry the same environment have the same digest. */
  readonly environmentDigest: string;
  readonly layer: LayerSettings;
}

/** The configuration of one stack, wherever it was read. */
export interface StackConfig {
  readonly stackName: string;
  /** Values by key with namespace; those of secrets may be anything. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Keys that hold secrets. */
  readonly secretKeys: ReadonlySet<string>;
  /** What the file named by `environmentFile` holds. */
  readonly sharedEnvironment?: unknown;
  /** Whether the secrets that the environment names must be set. */
  readonly secretsRequired: boolean;
}

/** Settings, or everything that is wrong with the configuration. */
export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Keys of this project with a meaning of their own; every other key is a secret that the environment names. */
export const settingKeys = {
  environment: environmentKey,
  /** Path of a file that holds the environment, for stacks that share it; relative to the stack files. */
  environmentFile: `${configNamespace}:environmentFile`,
  ...layerKeys,
} as const;

/** Parses and checks the configuration of a stack; on failure every problem of every key is listed. */
export function parseSettings(config: StackConfig): ParsedSettings {
  const problems: Problem[] = [];
  const layer = parseLayer(config.values, problems);
  const parsed = parseOwnOrShared(config, layer, problems);
  if (parsed?.ok === false) problems.push(...parsed.problems);
  const environment = parsed?.ok === true ? parsed.environment : undefined;
  const unused = checkKeys(config, environment, problems);
  if (parsed?.ok !== true || layer === undefined) return { ok: false, problems };
  const complete = completeLayer(layer, config.values, parsed.environment, problems);
  if (complete === undefined || problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    settings: { environment: parsed.environment, environmentDigest: parsed.digest, layer: complete },
    warnings: [...parsed.warnings, ...unused],
  };
}

function parseOwnOrShared(
  config: StackConfig,
  layer: Layer | undefined,
  problems: Problem[],
): ParsedEnvironment | undefined {
  const { stackName, values, secretKeys, secretsRequired } = config;
  const { environment, environmentFile } = settingKeys;
  if (values.has(environment) && values.has(environmentFile)) {
    problems.push(whole(environmentFile, "the stack has an environment of its own too; remove one of them"));
  }
  if (secretKeys.has(environment)) {
    const message =
      "it is set as a secret; set it in clear, and each secret as a key of its own that the environment names";
    problems.push(whole(environment, message));
    return undefined;
  }
  const value = values.get(environment) ?? config.sharedEnvironment;
  if (value === undefined) {
    problems.push(whole(environment, "it is missing; set it, or set environmentFile to a file that holds it"));
    return undefined;
  }
  return parseEnvironment(value, {
    stackName,
    configKeys: [...values.keys()].map((name) => ({ name, secret: secretKeys.has(name) })),
    // Only the stack that makes a gateway has use for its keys, and only the one that makes connections for the password.
    secretsRequired: secretsRequired && (layer === "all" || layer === "hub"),
    accountSecretRequired: secretsRequired && (layer === "all" || layer === "connection"),
  });
}

/** A key that nobody reads is a slip if it is near a known one, else left over. */
function checkKeys(
  { values }: StackConfig,
  environment: Environment | undefined,
  problems: Problem[],
): readonly Problem[] {
  const known: readonly string[] = Object.values(settingKeys);
  const sites = (environment?.hubs ?? []).flatMap(({ vpn }) => vpn?.sites ?? []);
  const account = environment?.windows365?.connections?.domainJoinAccount;
  const secrets = [
    ...sites.map(({ sharedKeySecret }) => sharedKeySecret),
    ...(account === undefined ? [] : [account.passwordSecret]),
  ].map(qualifiedKey);
  const unused: Problem[] = [];
  for (const key of values.keys()) {
    if (!key.startsWith(`${configNamespace}:`) || known.includes(key) || secrets.includes(key)) continue;
    const suggestion = didYouMean(key.slice(configNamespace.length + 1), Object.keys(settingKeys));
    if (suggestion !== "") problems.push(whole(key, `the key is not known${suggestion}`));
    else if (environment !== undefined)
      unused.push(whole(key, "the key is not used: the environment names no such secret"));
  }
  return unused;
}

function whole(key: string, message: string): Problem {
  return { key, path: [], message };
}
