import { homedir } from "node:os";
import { join, posix, win32 } from "node:path";

/**
 * Where this user's caches belong: XDG_CACHE_HOME or `~/.cache`, `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on
 * Windows. A relative XDG_CACHE_HOME is ignored, as its specification says.
 */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const home = env.HOME || homedir();
  if (platform === "win32") return env.LOCALAPPDATA || win32.join(homedir(), "AppData", "Local");
  const xdg = env.XDG_CACHE_HOME;
  if (xdg && posix.isAbsolute(xdg)) return xdg;
  return platform === "darwin" ? posix.join(home, "Library", "Caches") : posix.join(home, ".cache");
}

/** The folder that holds every Pulumi CLI that this project has prepared for the user. */
export function pulumiCacheFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), "windows365-network", "pulumi");
}
