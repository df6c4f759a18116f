import { Server, ServerCredentials } from "@grpc/grpc-js";
import { createCredential } from "./graph/credential.ts";
import { createGraphClient, type GraphClient } from "./graph/graph-client.ts";
import { parseGraphEndpoint } from "./graph/graph-endpoint.ts";
import { providerConfigFailures, readProviderConfig } from "./graph/provider-config.ts";
import packageJson from "./package.json" with { type: "json" };
import { createEngineLog } from "./protocol/engine-log.ts";
import type { PropertyMap } from "./protocol/property-values.ts";
import { services } from "./protocol/protobuf.ts";
import { providerService } from "./protocol/provider-service.ts";
import { resourceTypes } from "./types/resource-types.ts";

/** A provider that listens on 127.0.0.1. */
export interface StartedProvider {
  readonly port: number;
  stop(): void;
}

/** How a provider starts. */
export interface StartOptions {
  /** Where the engine takes logs. @default - it says so later, or nobody listens */
  readonly engineAddress?: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Serves the provider on a free port. Nothing is sent to Graph before a resource needs it. */
export async function startProvider({ engineAddress, env }: StartOptions): Promise<StartedProvider> {
  let log = createEngineLog(engineAddress);
  let client = (): GraphClient => {
    throw new Error("provider windows365 has not been configured");
  };
  const cancelled = new AbortController();

  const configure = (config: PropertyMap): void => {
    let made: GraphClient | undefined;
    // Settings are read at the first use, so that a preview that asks Graph nothing needs none.
    client = () => {
      made ??= clientFor(config, env, (message) => log.info("", message));
      return made;
    };
  };

  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(
    services.ResourceProviderService,
    providerService({
      version: packageJson.version,
      types: resourceTypes(),
      checkConfig: providerConfigFailures,
      configure,
      attach: (address) => {
        log.close();
        log = createEngineLog(address);
      },
      cancel: () => cancelled.abort(),
      context: (urn, callSignal) => {
        const signal = AbortSignal.any([callSignal, cancelled.signal]);
        return { urn, log, signal, graph: () => client().until(signal) };
      },
    }),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    stop: () => {
      cancelled.abort();
      server.forceShutdown();
      log.close();
    },
  };
}

function clientFor(values: PropertyMap, env: NodeJS.ProcessEnv, prompt: (message: string) => void): GraphClient {
  const config = readProviderConfig(values, env);
  const endpoint = parseGraphEndpoint(config.endpoint);
  const asksPerson = config.token === undefined && config.authentication === "deviceCode";
  return createGraphClient({ endpoint, asksPerson, credential: () => createCredential({ config, endpoint, prompt }) });
}
