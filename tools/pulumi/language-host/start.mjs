// Plain JavaScript, so that an older Node answers in one sentence instead of failing on the first .ts file.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error(`the Node.js language host needs Node 24 or newer on PATH; this is ${process.version}`);
  process.exit(1);
}
const [part, ...args] = process.argv.slice(2);
const { run } = await import(part === "dynamic-provider" ? "./dynamic-provider.ts" : "./main.ts");
try {
  await run(args);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
