import { type handleUnaryCall, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { writeStruct } from "./property-values.ts";
import { anyMessages, messages, statusMessages } from "./protobuf.ts";
import { InitializationFailure } from "./stand-in-provider.ts";

/** A gRPC handler from a function that answers or throws. */
export function unary<Request>(handler: (call: Call<Request>) => Promise<unknown>): handleUnaryCall<Request, unknown> {
  return (call, callback) => {
    handler({ request: call.request, connection: call.getPeer(), abandoned: () => call.cancelled }).then(
      (response) => callback(null, response),
      (error: unknown) => callback(asServiceError(error)),
    );
  };
}

/** What a handler needs of a call. */
export interface Call<Request> {
  readonly request: Request;
  /** The same text for every call of one provider resource, because the engine opens a connection for each. */
  readonly connection: string;
  readonly abandoned: () => boolean;
}

/** As the engine expects it of a provider, with the state of a half-made resource packed into the status. */
function asServiceError(error: unknown): Partial<ServiceError> {
  const message = messageOf(error);
  if (!(error instanceof InitializationFailure)) return { code: status.UNKNOWN, message };
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(writeStruct(error.outputs));
  detail.setInputs(writeStruct(error.inputs));
  detail.setReasonsList([message]);
  const packed = new anyMessages.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const state = new statusMessages.Status();
  state.setCode(status.UNKNOWN);
  state.setMessage(message);
  state.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(state.serializeBinary()));
  return { code: status.UNKNOWN, message, metadata };
}

/** What a stand-in means to say is a plain Error; anything else is a mistake in the sandbox, and then the place matters. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const meant = error.constructor === Error || error instanceof InitializationFailure;
  return meant ? error.message : `the sandbox itself failed: ${error.stack ?? error.message}`;
}
