// Starts a tool of this folder: `node tools/start.js try.ts --stack minimal`. Plain JavaScript, so that a Node that cannot
// run TypeScript, as before "npm ci" has brought the right one, says so in one sentence.
const wanted = 24;
const [major = 0] = process.versions.node.split(".").map(Number);
const [node = "", , tool = "", ...args] = process.argv;

if (major < wanted) {
  console.error(
    `this needs Node ${wanted}, which "npm ci" brings; the one that runs now is ${process.version}: run "npm ci" first`,
  );
  process.exitCode = 2;
} else {
  process.argv = [node, tool, ...args];
  await import(new URL(tool, import.meta.url).href);
}
