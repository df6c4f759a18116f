import { credentials } from "@grpc/grpc-js";
import { engineMessages, engineServices } from "./protobuf.ts";

/** Says something to the person who runs the engine. */
export interface EngineLog {
  /** A line that stays, under the resource it is about. */
  info(urn: string, message: string): void;
  warning(urn: string, message: string): void;
  /** A line that the next one replaces, on a terminal. */
  progress(urn: string, message: string): void;
  /** Waits until everything said so far has arrived. */
  settled(): Promise<void>;
  close(): void;
}

/** Logs to the engine at an address; without one, nowhere. A log that does not arrive is no failure. */
export function createEngineLog(address: string | undefined): EngineLog {
  const client =
    address === undefined ? undefined : new engineServices.EngineClient(address, credentials.createInsecure());
  // One after another, since the engine shows them as they come.
  let last: Promise<void> = Promise.resolve();
  const send = (severity: "INFO" | "WARNING", urn: string, message: string, ephemeral: boolean): void => {
    const request = new engineMessages.LogRequest();
    request.setSeverity(engineMessages.LogSeverity[severity]);
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(ephemeral);
    if (client === undefined) return;
    // An engine that is gone hears nothing; what is being done goes on.
    last = last.then(() => new Promise<void>((resolve) => client.log(request, () => resolve()))).catch(() => undefined);
  };
  return {
    info: (urn, message) => send("INFO", urn, message, false),
    warning: (urn, message) => send("WARNING", urn, message, false),
    progress: (urn, message) => send("INFO", urn, message, true),
    settled: () => last,
    close: () => client?.close(),
  };
}
