import { type handleUnaryCall, status } from "@grpc/grpc-js";

/** A gRPC handler from a function that answers or throws. The signal is aborted when the engine's call is cancelled. */
export function unary<Request>(
  handler: (request: Request, signal: AbortSignal) => Promise<unknown>,
): handleUnaryCall<Request, unknown> {
  return (call, callback) => {
    const abort = new AbortController();
    call.on("cancelled", () => abort.abort());
    handler(call.request, abort.signal).then(
      (response) => callback(null, response),
      (error: unknown) => callback({ code: status.UNKNOWN, message: messageOf(error) }),
    );
  };
}

/** What the provider means to say is a plain Error; of a mistake in the provider itself the place matters. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof TypeError || error instanceof RangeError ? (error.stack ?? error.message) : error.message;
}
