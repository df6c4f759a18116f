import { credentials } from "@grpc/grpc-js";
import { afterEach } from "vitest";
import { type PropertyMap, readStruct, unknown, writeStruct } from "../../../provider/protocol/property-values.ts";
import { emptyMessages, messages, pluginMessages, services } from "../../../provider/protocol/protobuf.ts";
import { startProvider } from "../../../provider/start-provider.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../sandbox/start-sandbox.ts";
import { listenAsEngine } from "./engine-listener.ts";

/** The engine's side of the provider protocol, without the engine. Resources are named by the last part of their type. */
export interface ProviderClient {
  readonly sandbox: Sandbox;
  /** Lines that the provider has told the engine. */
  readonly log: readonly string[];
  checkConfig(config: PropertyMap): Promise<readonly string[]>;
  check(type: string, news: PropertyMap, olds?: PropertyMap): Promise<Checked>;
  /** Changed properties, each with "replaces" if it does. */
  diff(
    type: string,
    change: { inputs: PropertyMap; oldInputs: PropertyMap; oldOutputs?: PropertyMap },
  ): Promise<readonly string[]>;
  create(type: string, inputs: PropertyMap, options?: { readonly preview?: boolean }): Promise<Created>;
  update(type: string, change: Change): Promise<PropertyMap>;
  read(
    type: string,
    id: string,
    inputs?: PropertyMap,
    outputs?: PropertyMap,
  ): Promise<(Created & { readonly inputs: PropertyMap }) | undefined>;
  delete(type: string, id: string, outputs?: PropertyMap): Promise<void>;
  cancel(): Promise<void>;
}

/** Checked inputs, and what is wrong with them as "property: reason". */
export interface Checked {
  readonly inputs: PropertyMap;
  readonly failures: readonly string[];
}

/** A resource that was made. */
export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** A change of a resource. */
export interface Change {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs?: PropertyMap;
  readonly preview?: boolean;
}

/** How the provider is started. */
export interface ClientOptions {
  readonly sandbox?: SandboxOptions;
  /** @default - a person's, with every permission */
  readonly token?: (sandbox: Sandbox) => string;
  readonly config?: PropertyMap;
}

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Starts a sandbox and the provider, and connects as the engine does. All of it ends with the test. */
export async function connectProvider(options: ClientOptions = {}): Promise<ProviderClient> {
  const sandbox = await startSandbox({ timeScale: 0, ...options.sandbox });
  const engine = await listenAsEngine();
  const provider = await startProvider({
    engineAddress: engine.address,
    env: {
      WINDOWS365_GRAPH_ENDPOINT: sandbox.graph.endpoint,
      WINDOWS365_GRAPH_TOKEN: options.token?.(sandbox) ?? sandbox.graph.delegatedToken(),
    },
  });
  const client = new services.ResourceProviderClient(`127.0.0.1:${provider.port}`, credentials.createInsecure());
  closing.push(
    () => sandbox.stop(),
    engine.stop,
    provider.stop,
    () => client.close(),
  );
  type Send<Response> = (done: (error: Error | null, response: Response) => void) => void;
  const call = <Response>(send: Send<Response>): Promise<Response> =>
    new Promise((resolve, reject) => send((error, response) => (error ? reject(error) : resolve(response))));
  await call<unknown>((done) => client.attach(new pluginMessages.PluginAttach().setAddress(engine.address), done));
  await call<unknown>((done) =>
    client.configure(new messages.ConfigureRequest().setArgs(writeStruct(options.config ?? {})), done),
  );

  return {
    sandbox,
    log: engine.lines,
    checkConfig: async (config) => {
      const request = new messages.CheckRequest().setNews(writeStruct(config));
      return failuresOf(
        await call<InstanceType<typeof messages.CheckResponse>>((done) => client.checkConfig(request, done)),
      );
    },
    check: async (type, news, olds = {}) => {
      const request = new messages.CheckRequest()
        .setUrn(urnOf(type))
        .setNews(writeStruct(news))
        .setOlds(writeStruct(olds))
        .setRandomseed(new Uint8Array([1, 2, 3, 4]));
      const response = await call<InstanceType<typeof messages.CheckResponse>>((done) => client.check(request, done));
      return { inputs: readStruct(response.getInputs()), failures: failuresOf(response) };
    },
    diff: async (type, { inputs, oldInputs, oldOutputs = {} }) => {
      const request = new messages.DiffRequest()
        .setUrn(urnOf(type))
        .setNews(writeStruct(inputs))
        .setOldInputs(writeStruct(oldInputs))
        .setOlds(writeStruct(oldOutputs));
      const response = await call<InstanceType<typeof messages.DiffResponse>>((done) => client.diff(request, done));
      const replaces = response.getReplacesList();
      return response
        .getDiffsList()
        .map((property) => (replaces.includes(property) ? `${property} replaces` : property));
    },
    create: async (type, inputs, { preview = false } = {}) => {
      const request = new messages.CreateRequest()
        .setUrn(urnOf(type))
        .setProperties(writeStruct(inputs))
        .setPreview(preview);
      const response = await call<InstanceType<typeof messages.CreateResponse>>((done) => client.create(request, done));
      return { id: response.getId(), outputs: readStruct(response.getProperties()) };
    },
    update: async (type, { id, inputs, oldInputs, oldOutputs = {}, preview = false }) => {
      const request = new messages.UpdateRequest()
        .setUrn(urnOf(type))
        .setId(id)
        .setNews(writeStruct(inputs))
        .setOldInputs(writeStruct(oldInputs))
        .setOlds(writeStruct(oldOutputs))
        .setPreview(preview);
      const response = await call<InstanceType<typeof messages.UpdateResponse>>((done) => client.update(request, done));
      return readStruct(response.getProperties());
    },
    read: async (type, id, inputs = {}, outputs = {}) => {
      const request = new messages.ReadRequest()
        .setUrn(urnOf(type))
        .setId(id)
        .setInputs(writeStruct(inputs))
        .setProperties(writeStruct(outputs));
      const response = await call<InstanceType<typeof messages.ReadResponse>>((done) => client.read(request, done));
      if (response.getId() === "") return undefined;
      return {
        id: response.getId(),
        outputs: readStruct(response.getProperties()),
        inputs: readStruct(response.getInputs()),
      };
    },
    delete: async (type, id, outputs = {}) => {
      const request = new messages.DeleteRequest().setUrn(urnOf(type)).setId(id).setProperties(writeStruct(outputs));
      await call<unknown>((done) => client.delete(request, done));
    },
    cancel: async () => {
      await call<unknown>((done) => client.cancel(new emptyMessages.Empty(), done));
    },
  };
}

/** What stands for a value that is not known before the deployment. */
export const notKnownYet = unknown;

function urnOf(type: string): string {
  return `urn:pulumi:dev::test::windows365:index:${type}::emea`;
}

function failuresOf(response: InstanceType<typeof messages.CheckResponse>): readonly string[] {
  return response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`);
}
