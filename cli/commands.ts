import type { LazyCommand } from "./lazy-command.ts";

/** Every command of `w365`, one line each. */
export const commands: readonly LazyCommand[] = [
  {
    name: "check",
    summary: "whether Cloud PCs will provision on a network, and what stands in the way",
    load: async () => (await import("./check.ts")).registerCheck,
  },
  {
    name: "diff",
    summary: "what a change to a network makes reachable, unreachable, ready or not ready",
    load: async () => (await import("./diff.ts")).registerDiff,
  },
  {
    name: "explain",
    summary: "whether a flow passes, and which rule or route decides",
    load: async () => (await import("./explain.ts")).registerExplain,
  },
  {
    name: "routes",
    summary: "the effective routes of a subnet",
    load: async () => (await import("./routes.ts")).registerRoutes,
  },
  {
    name: "rules",
    summary: "the effective security rules of a subnet and of a network interface in it",
    load: async () => (await import("./rules.ts")).registerRules,
  },
  {
    name: "catalogue",
    summary: "what Microsoft documents: list, show, export, refresh, stale",
    load: async () => (await import("./catalogue/register.ts")).registerCatalogue,
  },
  {
    name: "capture",
    summary: "collects facts of a tenant and its network: prints the commands, or runs them",
    load: async () => (await import("./capture.ts")).registerCapture,
  },
];
