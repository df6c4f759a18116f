import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { ArmResource } from "../arm/contract.ts";
import type { GraphSnapshot } from "../graph/graph-service.ts";

/** What a sandbox remembers between processes. */
export interface SandboxState {
  readonly subscriptions: readonly string[];
  readonly resources: readonly ArmResource[];
  /** What Microsoft Graph holds; absent in a state that was written before there was one. */
  readonly graph?: GraphSnapshot;
}

/** First member of every state file, so that nobody takes it for something else. */
const format = "windows365-network sandbox, version 1";

/** Reads a state file; an absent file is an empty Azure. Throws if the file is something else. */
export function readStateFile(path: string): SandboxState {
  if (!existsSync(path)) return { subscriptions: [], resources: [] };
  const content: unknown = parseJson(readFileSync(path, "utf8"));
  if (!isState(content))
    throw new Error(`"${path}" is not the state of a sandbox; expected a file that starts with {"format": "${format}"`);
  return content;
}

/** Writes a state file so that it is whole at every moment: beside the old one, which it then replaces. */
export function writeStateFile(path: string, state: SandboxState): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify({ format, ...state })}\n`);
  renameSync(temporary, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is SandboxState & { readonly format: string } {
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== format) return false;
  return (
    "resources" in value &&
    Array.isArray(value.resources) &&
    "subscriptions" in value &&
    Array.isArray(value.subscriptions)
  );
}
