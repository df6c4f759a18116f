/** The content of a `Pulumi.<stack>.yaml`. */
export interface StackFile {
  readonly encryptionsalt?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/**
 * A stack's configuration with what an earlier run in the same folder added to it: the salt, and secrets under it. The
 * rest always comes from the source, so that an edit there takes effect.
 */
export function stackFile(source: StackFile, previous: StackFile | undefined): StackFile {
  if (previous?.encryptionsalt === undefined) return source;
  const secrets = Object.entries(previous.config ?? {}).filter(([, value]) => isSecret(value));
  return {
    ...source,
    encryptionsalt: previous.encryptionsalt,
    config: { ...Object.fromEntries(secrets), ...source.config },
  };
}

/** Keys of secrets that the environment names and the file does not have. */
export function missingSecrets({ config = {} }: StackFile): readonly string[] {
  return [...new Set(namedSecrets(config))].map((name) => `${namespace}:${name}`).filter((key) => !(key in config));
}

const namespace = "windows365-network";

/** The values of every key that ends in `Secret`, at any depth: they are names of secrets. */
function namedSecrets(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namedSecrets);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key.endsWith("Secret") && typeof inner === "string" ? [inner] : namedSecrets(inner),
  );
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}
