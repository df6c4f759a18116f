import * as nodeModule from "node:module";

// Plain JavaScript, so that a Node that cannot run TypeScript still gets as far as saying so in one sentence.
const wanted = 24;
const [major = 0] = process.versions.node.split(".").map(Number);

export default async function program() {
  if (major < wanted) {
    const { RunError } = await import("@pulumi/pulumi");
    throw new RunError(
      `this project needs Node ${wanted} or newer, but "node" on PATH is ${process.version}; run "npm run pulumi -- <command>", which brings its own, or install a newer Node`,
    );
  }
  // Node strips the types once and remembers the rest; the next preview starts a good deal sooner.
  nodeModule.enableCompileCache?.();
  const [{ program: deploy }, { loadSettings }] = await Promise.all([
    import("./index.ts"),
    import("../config/load.ts"),
  ]);
  return deploy(loadSettings());
}
