import { credentials } from "@grpc/grpc-js";
import { type PropertyMap, readStruct, writeStruct } from "../../sandbox/protocol/property-values.ts";
import { emptyMessages, messages, services } from "../../sandbox/protocol/protobuf.ts";
import type { Sandbox } from "../../sandbox/start-sandbox.ts";

/** The engine's side of the provider protocol, without the engine: one provider resource of azure-native. */
export interface SandboxClient {
  version(): Promise<string>;
  check(
    token: string,
    news: PropertyMap,
  ): Promise<{ readonly inputs: PropertyMap; readonly failures: readonly string[] }>;
  /** Returns the id. */
  create(token: string, inputs: PropertyMap): Promise<string>;
  update(token: string, id: string, inputs: PropertyMap): Promise<PropertyMap>;
  remove(token: string, id: string): Promise<void>;
  invoke(token: string, args: PropertyMap): Promise<PropertyMap>;
  close(): void;
}

/** Connects as the engine does, and configures the provider. */
export async function connectToSandbox(sandbox: Sandbox, config: PropertyMap = {}): Promise<SandboxClient> {
  const port = /azure-native:(\d+)/.exec(sandbox.debugProviders)?.[1];
  const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const call = <Response>(send: (done: (error: Error | null, response: Response) => void) => void): Promise<Response> =>
    new Promise((resolve, reject) => send((error, response) => (error ? reject(error) : resolve(response))));
  const urnOf = (token: string): string => `urn:pulumi:dev::test::${token}::test`;
  await call<unknown>((done) => client.configure(new messages.ConfigureRequest().setArgs(writeStruct(config)), done));
  return {
    version: async () =>
      (
        await call<{ getVersion(): string }>((done) => client.getPluginInfo(new emptyMessages.Empty(), done))
      ).getVersion(),
    check: async (token, news) => {
      const request = new messages.CheckRequest()
        .setUrn(urnOf(token))
        .setOlds(writeStruct({}))
        .setNews(writeStruct(news))
        .setRandomseed(new Uint8Array([1, 2, 3]));
      const response = await call<InstanceType<typeof messages.CheckResponse>>((done) => client.check(request, done));
      return {
        inputs: readStruct(response.getInputs()),
        failures: response.getFailuresList().map((failure) => failure.getReason()),
      };
    },
    create: async (token, inputs) => {
      const request = new messages.CreateRequest().setUrn(urnOf(token)).setProperties(writeStruct(inputs));
      return (await call<InstanceType<typeof messages.CreateResponse>>((done) => client.create(request, done))).getId();
    },
    update: async (token, id, inputs) => {
      const request = new messages.UpdateRequest()
        .setUrn(urnOf(token))
        .setId(id)
        .setOlds(writeStruct({}))
        .setNews(writeStruct(inputs));
      return readStruct(
        (
          await call<InstanceType<typeof messages.UpdateResponse>>((done) => client.update(request, done))
        ).getProperties(),
      );
    },
    remove: async (token, id) => {
      await call<unknown>((done) => client.delete(new messages.DeleteRequest().setUrn(urnOf(token)).setId(id), done));
    },
    invoke: async (token, args) => {
      const request = new messages.InvokeRequest().setTok(token).setArgs(writeStruct(args));
      return readStruct(
        (await call<InstanceType<typeof messages.InvokeResponse>>((done) => client.invoke(request, done))).getReturn(),
      );
    },
    close: () => client.close(),
  };
}
