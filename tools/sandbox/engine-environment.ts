import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Variables that let the engine run in a folder of its own: local state, no downloads, no update check, and nothing of
 * the caller's clouds, so that no real credential can reach a run that is meant for the sandbox.
 */
export function engineEnvironment(
  folder: string,
  debugProviders: string,
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(ARM_|AZURE_|PULUMI_|TF_|WINDOWS365_)/i.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    // Without the sidecar files of metadata: an engine killed while it writes one could not read its state again.
    PULUMI_BACKEND_URL: `${pathToFileURL(join(folder, "state")).href}?metadata=skip`,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_DEBUG_PROVIDERS: debugProviders,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    NODE_COMPILE_CACHE: join(folder, "compile-cache"),
  };
}
