import type { Environment } from "../environment.ts";
import { type Finding, problem, warning } from "../finding.ts";
import { configNamespace } from "../problem.ts";

/** A configuration key of the stack, without its value. */
export interface ConfigKey {
  /** With its namespace, for example `windows365-network:sharedKeyBerlin`. */
  readonly name: string;
  /** Whether it was set with `--secret`. */
  readonly secret: boolean;
}

/** Every secret that the environment names is set, encrypted, and used once. */
export function* checkSecrets(
  { hubs }: Environment,
  configKeys: readonly ConfigKey[],
  required: boolean,
): Generator<Finding> {
  const used = new Map<string, string>();
  for (const [index, { vpn }] of hubs.entries()) {
    for (const [position, { name, sharedKeySecret: key }] of (vpn?.sites ?? []).entries()) {
      const path = ["hubs", index, "vpn", "sites", position, "sharedKeySecret"];
      const found = configKeys.find((configKey) => configKey.name === qualifiedKey(key));
      const command = `pulumi config set --secret ${key}`;
      if (found === undefined && required) {
        yield problem(path, `secret "${key}" of site "${name}" is not set; set it with "${command}"`);
      }
      if (found?.secret === false) {
        yield problem(
          path,
          `secret "${key}" of site "${name}" is set in clear; replace the key and set it with "${command}"`,
        );
      }
      const other = used.get(key);
      if (other !== undefined) {
        yield warning(
          path,
          `sites "${other}" and "${name}" share the secret "${key}"; each connection should have a key of its own`,
        );
      }
      used.set(key, name);
    }
  }
}

/** The password of the account that joins computers is set, encrypted. */
export function* checkAccountSecret(
  { windows365 }: Environment,
  configKeys: readonly ConfigKey[],
  required: boolean,
): Generator<Finding> {
  const key = windows365?.connections?.domainJoinAccount?.passwordSecret;
  if (key === undefined) return;
  const path = ["windows365", "connections", "domainJoinAccount", "passwordSecret"];
  const found = configKeys.find(({ name }) => name === qualifiedKey(key));
  const command = `pulumi config set --secret ${key}`;
  if (found === undefined && required) {
    yield problem(path, `secret "${key}" is not set; set it with "${command}"`);
  }
  if (found?.secret === false) {
    yield problem(path, `secret "${key}" is set in clear; change the password and set it with "${command}"`);
  }
}

/** The key with this project's namespace, unless it has one. */
export function qualifiedKey(key: string): string {
  return key.includes(":") ? key : `${configNamespace}:${key}`;
}
