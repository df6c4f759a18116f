import { serveProvider } from "../../sandbox/protocol/serve-provider.ts";

/** A provider for Windows 365 connections that notes what it made, in the place of Microsoft Graph. */
export interface ConnectionProvider {
  /** Logical names of the connections that were made, in order. */
  readonly made: readonly string[];
  readonly port: number;
  stop(): void;
}

/** Serves the provider until it is stopped. */
export async function serveConnections(): Promise<ConnectionProvider> {
  const made: string[] = [];
  const { port, stop } = await serveProvider({
    name: "windows365",
    sdkVersion: "0.1.0",
    configure: () => undefined,
    check: async ({ news }) => ({ inputs: news, failures: [] }),
    diff: async () => ({ changes: [], deleteBeforeReplace: false }),
    create: async ({ urn, inputs, preview }) => {
      if (preview) return { id: "", outputs: inputs };
      const name = urn.split("::").at(-1) ?? "";
      made.push(name);
      return { id: `connection-${name}`, outputs: inputs };
    },
    update: async ({ inputs }) => inputs,
    read: async () => undefined,
    delete: async () => undefined,
    invoke: async ({ token }) => {
      throw new Error(`no function "${token}"`);
    },
  });
  return { made, port, stop };
}
