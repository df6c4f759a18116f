import { startProvider } from "./start-provider.ts";

// Ctrl+C reaches every process of the terminal; when to end, the engine says itself.
process.on("SIGINT", () => undefined);

// The engine gives its address as the only argument that is no flag, and reads the port from the first line.
const engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
// Without await: the SDK loads this file by require, which takes no module that awaits at its top.
void startProvider({ ...(engineAddress !== undefined && { engineAddress }), env: process.env }).then(({ port }) => {
  process.stdout.write(`${port}\n`);
});
