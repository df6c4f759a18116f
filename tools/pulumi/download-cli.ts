import { createRequire } from "node:module";
import type { SemVer } from "semver";

/**
 * Downloads the official CLI with its language hosts into `root` (`bin/pulumi`), by the SDK's own installer.
 *
 * The automation module takes about a second to load, so it is loaded only here. Throws what the installer says.
 */
export async function downloadCli(version: string, root: string): Promise<void> {
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  await PulumiCommand.install({ version: semVer(version), root });
}

/** A version as the installer takes it, made by the very `semver` that the SDK has. */
function semVer(version: string): SemVer {
  const require = createRequire(import.meta.resolve("@pulumi/pulumi/package.json"));
  const semver: { SemVer: new (text: string) => SemVer } = require("semver");
  return new semver.SemVer(version);
}
