/** A released version of the Pulumi CLI; pre-release and build suffixes are dropped. */
export interface CliVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The version that is downloaded or built when there is none. `tools/pulumi/go/go.mod` names the same. */
export const PINNED_VERSION = "3.259.0";

/** The oldest CLI that this project accepts: since 3.221 policy packs need no plugin of their own, 3.250 is tried. */
export const OLDEST_VERSION = "3.250.0";

/** Reads what `pulumi version` prints, such as `v3.259.0` or `v3.260.0-alpha.1+abc`. Anything else is undefined. */
export function parseVersion(text: string): CliVersion | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(text.trim());
  if (!match) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

/** Whether the first version is the second or newer. A new major version is another program: it does not count. */
export function isNewEnough(version: CliVersion, oldest: CliVersion): boolean {
  if (version.major !== oldest.major) return false;
  return version.minor > oldest.minor || (version.minor === oldest.minor && version.patch >= oldest.patch);
}

/** Writes a version as `3.259.0`. */
export function formatVersion({ major, minor, patch }: CliVersion): string {
  return `${major}.${minor}.${patch}`;
}
