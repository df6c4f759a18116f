import { Server, ServerCredentials } from "@grpc/grpc-js";
import { services } from "./protobuf.ts";
import { providerHandlers } from "./provider-handlers.ts";
import type { StandInProvider } from "./stand-in-provider.ts";

/** A provider that listens. */
export interface ServedProvider {
  readonly name: string;
  readonly port: number;
  /** Closes the port at once; calls that are running are cut. */
  stop(): void;
}

/** Serves a stand-in to the Pulumi engine on a free port of 127.0.0.1, for `PULUMI_DEBUG_PROVIDERS`. */
export async function serveProvider(provider: StandInProvider): Promise<ServedProvider> {
  // Messages of whole estates pass 4 MB, the library's limit.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(services.ResourceProviderService, providerHandlers(provider));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { name: provider.name, port, stop: () => server.forceShutdown() };
}
