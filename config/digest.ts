import { createHash } from "node:crypto";
import type { EnvironmentSettings } from "./environment.ts";

/**
 * A digest of an environment, `sha256:…`: equal for the same settings, in whatever order or spelling they were written.
 * Layers compare it, so it covers nothing that differs between stacks, and nothing that one layer alone reads: who may have a
 * Cloud PC can change without the network being deployed again.
 */
export function environmentDigest({ windows365: _, ...network }: EnvironmentSettings): string {
  return `sha256:${createHash("sha256").update(canonicalJson(network)).digest("hex")}`;
}

/** JSON with sorted keys and no spaces. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
