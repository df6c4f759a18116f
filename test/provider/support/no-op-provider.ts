import { Server, ServerCredentials } from "@grpc/grpc-js";
import { createEngineLog } from "../../../provider/protocol/engine-log.ts";
import { services } from "../../../provider/protocol/protobuf.ts";
import { providerService } from "../../../provider/protocol/provider-service.ts";
import type { ResourceType } from "../../../provider/protocol/resource-type.ts";
import { resourceTypes } from "../../../provider/types/resource-types.ts";

/** The same types of resources, with nothing behind them: what the provider's own work is measured against. */
const types = resourceTypes().map(
  ({ token }): ResourceType => ({
    token,
    check: async ({ news }) => ({ inputs: news, failures: [] }),
    diff: () => [],
    preview: (inputs) => inputs,
    create: async (inputs) => ({ id: crypto.randomUUID(), outputs: inputs }),
    update: async ({ inputs }) => inputs,
    read: async (id, old) => ({ id, inputs: old?.inputs ?? {}, outputs: old?.outputs ?? {} }),
    delete: async () => undefined,
  }),
);

const server = new Server();
const log = createEngineLog(undefined);
server.addService(
  services.ResourceProviderService,
  providerService({
    version: "0.0.0",
    types,
    checkConfig: () => [],
    configure: () => undefined,
    attach: () => undefined,
    cancel: () => undefined,
    context: (urn, signal) => ({
      urn,
      signal,
      log,
      graph: () => {
        throw new Error("the no-op provider has no Graph");
      },
    }),
  }),
);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
