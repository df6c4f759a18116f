import type { LazyCommand } from "./lazy-command.ts";

/** Every command of `w365`, one line each. */
export const commands: readonly LazyCommand[] = [
  {
    name: "catalogue",
    summary: "what Microsoft documents: list, show, export, refresh, stale",
    load: async () => (await import("./catalogue/register.ts")).registerCatalogue,
  },
];
