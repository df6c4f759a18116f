import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { emptyMessages, engineServices } from "../../../provider/protocol/protobuf.ts";

/** The one service of the engine that a provider uses: its log. */
export interface EngineListener {
  readonly address: string;
  /** Every line that stays, in order. */
  readonly lines: readonly string[];
  stop(): void;
}

/** Listens on a free port as the engine does. */
export async function listenAsEngine(): Promise<EngineListener> {
  const lines: string[] = [];
  const log: handleUnaryCall<LogRequest, unknown> = ({ request }, callback) => {
    if (!request.getEphemeral()) lines.push(request.getMessage());
    callback(null, new emptyMessages.Empty());
  };
  const server = new Server();
  server.addService(engineServices.EngineService, { log });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, lines, stop: () => server.forceShutdown() };
}
