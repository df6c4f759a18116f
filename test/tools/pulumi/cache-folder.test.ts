import { homedir } from "node:os";
import { expect, test } from "vitest";
import { cacheFolder } from "../../../tools/pulumi/cache-folder.ts";

test.each([
  { platform: "linux", env: { HOME: "/home/ada" }, folder: "/home/ada/.cache", because: "nothing else is said" },
  { platform: "linux", env: { HOME: "/home/ada", XDG_CACHE_HOME: "/var/c" }, folder: "/var/c", because: "XDG says so" },
  {
    platform: "linux",
    env: { HOME: "/home/ada", XDG_CACHE_HOME: "c" },
    folder: "/home/ada/.cache",
    because: "XDG must be absolute",
  },
  { platform: "linux", env: {}, folder: `${homedir()}/.cache`, because: "HOME is not set" },
  {
    platform: "darwin",
    env: { HOME: "/Users/ada" },
    folder: "/Users/ada/Library/Caches",
    because: "macOS keeps caches there",
  },
  {
    platform: "win32",
    env: { LOCALAPPDATA: "C:\\Users\\ada\\AppData\\Local" },
    folder: "C:\\Users\\ada\\AppData\\Local",
    because: "Windows says so",
  },
] as const)("caches of $platform belong in $folder when $because", ({ platform, env, folder }) => {
  expect(cacheFolder(env, platform)).toBe(folder);
});
