import type {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { isMap, mapValues, type PropertyMap, plainInputs, readStruct, writeStruct } from "./property-values.ts";
import { emptyMessages, messages, pluginMessages } from "./protobuf.ts";

import type {
  DiffResult,
  PropertyChange,
  ProviderConfig,
  ResourceRequest,
  StandInProvider,
} from "./stand-in-provider.ts";
import { type Call, unary } from "./unary.ts";

/** The methods of the provider protocol that the engine calls. What is left out, gRPC answers with UNIMPLEMENTED, which the engine takes. */
export function providerHandlers(provider: StandInProvider) {
  return {
    getPluginInfo: unary(async () => new pluginMessages.PluginInfo().setVersion(`${provider.sdkVersion}+sandbox`)),
    attach: unary(async () => new emptyMessages.Empty()),
    cancel: unary(async () => new emptyMessages.Empty()),
    checkConfig: unary(async ({ request }: Call<CheckRequest>) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(async () => new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary(async (call: Call<ConfigureRequest>) => configure(provider, call)),
    check: unary(async (call: Call<CheckRequest>) => check(provider, call)),
    diff: unary(async (call: Call<DiffRequest>) => diff(provider, call)),
    create: unary(async (call: Call<CreateRequest>) => create(provider, call)),
    update: unary(async (call: Call<UpdateRequest>) => update(provider, call)),
    read: unary(async (call: Call<ReadRequest>) => read(provider, call)),
    delete: unary(async (call: Call<DeleteRequest>) => {
      await provider.delete({ ...about(call), id: call.request.getId() });
      return new emptyMessages.Empty();
    }),
    invoke: unary(async (call: Call<InvokeRequest>) => invoke(provider, call)),
  };
}

async function configure(provider: StandInProvider, { request, connection }: Call<ConfigureRequest>) {
  provider.configure(connection, configOf(provider.name, request));
  const response = new messages.ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setAcceptoutputs(true);
  response.setSupportspreview(true);
  response.setSupportsAutonamingConfiguration(true);
  return response;
}

async function create(provider: StandInProvider, call: Call<CreateRequest>) {
  const { request } = call;
  const inputs = readStruct(request.getProperties());
  const { id, outputs } = await provider.create({ ...about(call), inputs, preview: request.getPreview() });
  return new messages.CreateResponse().setId(id).setProperties(writeStruct(outputs));
}

async function invoke(provider: StandInProvider, { request, connection, abandoned }: Call<InvokeRequest>) {
  const args = readStruct(request.getArgs());
  const result = await provider.invoke({ connection, token: request.getTok(), args, abandoned });
  return new messages.InvokeResponse().setReturn(writeStruct(result));
}

async function check(provider: StandInProvider, call: Call<CheckRequest>) {
  const { request } = call;
  const result = await provider.check({
    ...about(call),
    olds: readStruct(request.getOlds()),
    news: readStruct(request.getNews()),
    randomSeed: Buffer.from(request.getRandomseed_asU8()).toString("hex"),
    autonaming: autonamingOf(request),
  });
  const failures = result.failures.map(({ property, reason }) =>
    new messages.CheckFailure().setProperty(property).setReason(reason),
  );
  return new messages.CheckResponse().setInputs(writeStruct(result.inputs)).setFailuresList(failures);
}

async function diff(provider: StandInProvider, call: Call<DiffRequest>) {
  const { request } = call;
  const oldInputs = request.getOldInputs() ?? request.getOlds();
  const result = await provider.diff({
    ...about(call),
    id: request.getId(),
    oldInputs: readStruct(oldInputs),
    newInputs: readStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  });
  return diffResponse(result);
}

async function update(provider: StandInProvider, call: Call<UpdateRequest>) {
  const { request } = call;
  const outputs = await provider.update({
    ...about(call),
    id: request.getId(),
    oldOutputs: readStruct(request.getOlds()),
    oldInputs: readStruct(request.getOldInputs()),
    inputs: readStruct(request.getNews()),
    preview: request.getPreview(),
  });
  return new messages.UpdateResponse().setProperties(writeStruct(outputs));
}

async function read(provider: StandInProvider, call: Call<ReadRequest>) {
  const { request } = call;
  const found = await provider.read({
    ...about(call),
    id: request.getId(),
    oldOutputs: request.hasProperties() ? readStruct(request.getProperties()) : undefined,
    oldInputs: request.hasInputs() ? readStruct(request.getInputs()) : undefined,
  });
  const response = new messages.ReadResponse();
  if (found === undefined) return response;
  return response.setId(found.id).setProperties(writeStruct(found.outputs)).setInputs(writeStruct(found.inputs));
}

function diffResponse({ changes, deleteBeforeReplace }: DiffResult): DiffResponse {
  const response = new messages.DiffResponse();
  const replaced = changes.filter((change) => change.replaces);
  response.setChanges(messages.DiffResponse.DiffChanges[changes.length === 0 ? "DIFF_NONE" : "DIFF_SOME"]);
  response.setDiffsList([...new Set(changes.map(topLevel))]);
  response.setReplacesList([...new Set(replaced.map(topLevel))]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const change of changes) {
    const detail = new messages.PropertyDiff().setKind(messages.PropertyDiff.Kind[kindName(change)]);
    response.getDetaileddiffMap().set(change.path, detail.setInputdiff(true));
  }
  return response;
}

function kindName({ kind, replaces }: PropertyChange) {
  const names = { add: "ADD", delete: "DELETE", update: "UPDATE" } as const;
  const name = names[kind];
  return replaces ? (`${name}_REPLACE` as const) : name;
}

function topLevel({ path }: PropertyChange): string {
  return path.split(/[.[]/)[0] ?? path;
}

function autonamingOf(request: CheckRequest) {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const modes = messages.CheckRequest.AutonamingOptions.Mode;
  const mode = options.getMode();
  const name = mode === modes.DISABLE ? "disable" : mode === modes.ENFORCE ? "enforce" : "propose";
  return { mode: name, proposedName: options.getProposedName() } as const;
}

/** The type of a resource stands in its URN, after the last "$" of its parents' types. */
function about<Request extends { getUrn(): string }>({
  request,
  connection,
  abandoned,
}: Call<Request>): ResourceRequest {
  const urn = request.getUrn();
  return { connection, urn, token: urn.split("::")[2]?.split("$").at(-1) ?? "", abandoned };
}

/** Arguments of the provider resource, and beneath them the stack's configuration. */
function configOf(name: string, request: ConfigureRequest): ProviderConfig {
  const prefix = `${name}:config:`;
  const variables = [...request.getVariablesMap().entries()].map(([key, value]): [string, string] => [
    key.replace(prefix, ""),
    value,
  ]);
  const args: PropertyMap = mapValues(plainInputs(readStruct(request.getArgs())), (value) =>
    isMap(value) ? JSON.stringify(value) : value,
  );
  const texts = Object.entries(args).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
  );
  return { ...Object.fromEntries(variables), ...Object.fromEntries(texts) };
}
