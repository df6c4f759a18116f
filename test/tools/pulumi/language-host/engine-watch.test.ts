import { setTimeout as sleep } from "node:timers/promises";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { expect, onTestFinished, test } from "vitest";
import { watchEngine } from "../../../../tools/pulumi/language-host/engine-watch.ts";
import { loadSdk } from "../../../../tools/pulumi/language-host/sdk.ts";
import { until } from "../support/until.ts";

const sdk = loadSdk(import.meta.dirname);

async function startEngine() {
  const server = new Server();
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const watched = { gone: 0 };
  onTestFinished(
    watchEngine(sdk, `127.0.0.1:${port}`, () => {
      watched.gone += 1;
    }),
  );
  onTestFinished(() => server.forceShutdown());
  return { server, watched };
}

test("an engine that vanishes is reported once", async () => {
  const { server, watched } = await startEngine();
  await sleep(1_000);
  expect(watched.gone).toBe(0);
  server.forceShutdown();
  await until("the engine is missed", () => watched.gone > 0);
  await sleep(1_500);
  expect(watched.gone).toBe(1);
});

test("an engine is not given up because this process was too busy to look", async () => {
  const { server, watched } = await startEngine();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4_500); // as when a program's modules load on a busy machine
  await sleep(1_500);
  expect(watched.gone).toBe(0);
  server.forceShutdown();
  await until("the engine is missed", () => watched.gone > 0);
});
