import { ensureCli } from "../../../../tools/pulumi/ensure-cli.ts";

// Started as a process of its own by the tests: no network, and the result as JSON.
const cli = await ensureCli({
  log: (line) => console.error(line),
  download: async () => {
    throw new Error("no network in this test");
  },
});
console.log(JSON.stringify(cli));
