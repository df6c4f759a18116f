import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { qualifiedKey } from "./checks/secrets.ts";
import { parseSettings, type Settings, type StackConfig, settingKeys } from "./parse-settings.ts";
import { renderProblem, renderProblems } from "./problem.ts";
import { readYamlFile } from "./yaml-file.ts";

/** The settings of the running stack, with its secrets. */
export interface LoadedSettings extends Settings {
  /** The value of a secret that the environment names. */
  readonly secret: (key: string) => pulumi.Output<string>;
}

/**
 * Reads the configuration of the running stack from Pulumi; warnings go to Pulumi's log.
 *
 * @throws {pulumi.RunError} with every problem, and without a stack trace, if the configuration is not valid
 */
export function loadSettings(): LoadedSettings {
  const parsed = parseSettings(readStackConfig());
  if (!parsed.ok) throw new pulumi.RunError(renderProblems(parsed.problems));
  for (const warning of parsed.warnings) pulumi.log.warn(`config ${warning.key}\n${renderProblem(warning, "!")}`);
  return { ...parsed.settings, secret: requireSecret };
}

function readStackConfig(): StackConfig {
  const values = new Map<string, unknown>(Object.entries(pulumi.runtime.allConfig()));
  const secretKeys = new Set([...values.keys()].filter(isConfigSecret));
  for (const key of [settingKeys.environment, settingKeys.networkStacks]) {
    const value = values.get(key);
    if (typeof value === "string") values.set(key, parseJson(value));
  }
  const base = { stackName: pulumi.getStack(), values, secretKeys, secretsRequired: true };
  const file = values.get(settingKeys.environmentFile);
  return file === undefined ? base : { ...base, sharedEnvironment: readSharedEnvironment(String(file)) };
}

function readSharedEnvironment(file: string): unknown {
  const shared = readYamlFile(resolve(stackFileFolder, file));
  if (shared.ok) return shared.value;
  throw new pulumi.RunError(renderProblems([{ key: settingKeys.environmentFile, path: [], message: shared.message }]));
}

/** `stackConfigDir` of Pulumi.yaml: what a stack file names is relative to it. */
const stackFileFolder = resolve(import.meta.dirname, "stacks");

/** Structured configuration arrives as JSON; a text that is none is the value itself, which the schema then refuses. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Whether a key was set with `--secret`. The SDK exports the function but leaves it out of its types; without it no
 * secret could be told from plain text, so every one is then refused.
 */
function isConfigSecret(key: string): boolean {
  const ask: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
  return typeof ask === "function" && ask(key) === true;
}

function requireSecret(key: string): pulumi.Output<string> {
  const [namespace = "", name = ""] = qualifiedKey(key).split(":");
  return new pulumi.Config(namespace).requireSecret(name);
}
