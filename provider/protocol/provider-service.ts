import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb.js";
import type {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { diffResponse } from "./diff-response.ts";
import { type PropertyMap, plainMap, readStruct, unknown, withSecretsOf, writeStruct } from "./property-values.ts";
import { emptyMessages, messages, pluginMessages } from "./protobuf.ts";
import type { CheckFailure, OperationContext, ResourceType } from "./resource-type.ts";
import { unary } from "./unary.ts";

/** What the service is made of. */
export interface ProviderParts {
  readonly version: string;
  readonly types: readonly ResourceType[];
  /** What is wrong with the provider's configuration; unknown values are left out. */
  readonly checkConfig: (config: PropertyMap) => readonly CheckFailure[];
  readonly configure: (config: PropertyMap) => void;
  /** The engine has said where it is. */
  readonly attach: (engineAddress: string) => void;
  /** The engine wants everything to end. */
  readonly cancel: () => void;
  readonly context: (urn: string, signal: AbortSignal) => OperationContext;
}

/** The methods of the provider protocol that the engine calls. What is left out, gRPC answers with UNIMPLEMENTED, which the engine takes. */
export function providerService(parts: ProviderParts) {
  const { configure, attach, cancel, version } = parts;
  return {
    getPluginInfo: unary(async () => new pluginMessages.PluginInfo().setVersion(version)),
    attach: unary<PluginAttach>(async (request) => {
      attach(request.getAddress());
      return new emptyMessages.Empty();
    }),
    cancel: unary(async () => {
      cancel();
      return new emptyMessages.Empty();
    }),
    checkConfig: unary<CheckRequest>(async (request) =>
      checkResponse(readStruct(request.getNews()), parts.checkConfig(configOf(readStruct(request.getNews())))),
    ),
    // Another sign-in is the same tenant's resources: nothing is replaced for it.
    diffConfig: unary(async () => new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary<ConfigureRequest>(async (request) => {
      configure(configOf(readStruct(request.getArgs())));
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptoutputs(true);
      response.setSupportspreview(true);
      return response;
    }),
    check: unary<CheckRequest>(async (request) => {
      const { inputs, failures } = await typeOf(parts, request.getUrn()).check({
        urn: request.getUrn(),
        news: readStruct(request.getNews()),
        olds: readStruct(request.getOlds()),
        randomSeed: Buffer.from(request.getRandomseed_asU8()).toString("hex"),
      });
      return checkResponse(inputs, failures);
    }),
    diff: unary<DiffRequest>(async (request) => diff(parts, request)),
    create: unary<CreateRequest>(async (request, signal) => create(parts, request, signal)),
    update: unary<UpdateRequest>(async (request, signal) => update(parts, request, signal)),
    read: unary<ReadRequest>(async (request, signal) => read(parts, request, signal)),
    delete: unary<DeleteRequest>(async (request, signal) => {
      const type = typeOf(parts, request.getUrn());
      const outputs = plainMap(readStruct(request.getProperties()));
      await type.delete(request.getId(), outputs, parts.context(request.getUrn(), signal));
      return new emptyMessages.Empty();
    }),
  };
}

async function diff(parts: ProviderParts, request: DiffRequest) {
  const changes = typeOf(parts, request.getUrn()).diff({
    id: request.getId(),
    inputs: plainMap(readStruct(request.getNews())),
    oldInputs: plainMap(readStruct(request.getOldInputs())),
    oldOutputs: plainMap(readStruct(request.getOlds())),
  });
  const ignored = request.getIgnorechangesList();
  return diffResponse(changes.filter(({ property }) => !ignored.includes(property)));
}

async function create(parts: ProviderParts, request: CreateRequest, signal: AbortSignal) {
  const type = typeOf(parts, request.getUrn());
  const context = parts.context(request.getUrn(), signal);
  const wrapped = readStruct(request.getProperties());
  const inputs = plainMap(wrapped);
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    await heard(context, Promise.resolve(type.foresee?.(context)));
    return response.setProperties(writeStruct(withSecretsOf(wrapped, type.preview(inputs, undefined))));
  }
  const { id, outputs } = await heard(context, type.create(inputs, context));
  return response.setId(id).setProperties(writeStruct(withSecretsOf(wrapped, outputs)));
}

async function update(parts: ProviderParts, request: UpdateRequest, signal: AbortSignal) {
  const type = typeOf(parts, request.getUrn());
  const context = parts.context(request.getUrn(), signal);
  const wrapped = readStruct(request.getNews());
  const inputs = plainMap(wrapped);
  const oldOutputs = plainMap(readStruct(request.getOlds()));
  const oldInputs = plainMap(readStruct(request.getOldInputs()));
  if (request.getPreview()) await heard(context, Promise.resolve(type.foresee?.(context)));
  const outputs = request.getPreview()
    ? type.preview(inputs, oldOutputs)
    : await heard(context, type.update({ id: request.getId(), inputs, oldInputs, oldOutputs }, context));
  return new messages.UpdateResponse().setProperties(writeStruct(withSecretsOf(wrapped, outputs)));
}

async function read(parts: ProviderParts, request: ReadRequest, signal: AbortSignal) {
  const type = typeOf(parts, request.getUrn());
  const wrapped = readStruct(request.getInputs());
  // An import knows the id and nothing else.
  const isImport = Object.keys(wrapped).length === 0;
  const old = { inputs: plainMap(wrapped), outputs: plainMap(readStruct(request.getProperties())) };
  const context = parts.context(request.getUrn(), signal);
  const found = await type.read(request.getId(), isImport ? undefined : old, context);
  const response = new messages.ReadResponse();
  if (found === undefined) return response;
  response.setId(found.id);
  response.setProperties(writeStruct(withSecretsOf(wrapped, found.outputs)));
  response.setInputs(writeStruct(withSecretsOf(wrapped, found.inputs)));
  return response;
}

/** An operation has ended when what it said has arrived: the engine may be gone right after. */
function heard<T>({ log }: OperationContext, operation: Promise<T>): Promise<T> {
  return operation.finally(() => log.settled());
}

/** The type of a resource stands in its URN, after the last "$" of its parents' types. */
function typeOf({ types }: ProviderParts, urn: string): ResourceType {
  const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const type = types.find((candidate) => candidate.token === token);
  if (type !== undefined) return type;
  throw new Error(
    `provider windows365 has no resource "${token}"; it has ${types.map((one) => `"${one.token}"`).join(", ")}`,
  );
}

function checkResponse(inputs: PropertyMap, failures: readonly CheckFailure[]) {
  const list = failures.map(({ property, reason }) =>
    new messages.CheckFailure().setProperty(property).setReason(reason),
  );
  return new messages.CheckResponse().setInputs(writeStruct(inputs)).setFailuresList(list);
}

/** The configuration of the provider: texts that are set and known. */
function configOf(values: PropertyMap): PropertyMap {
  const texts = Object.entries(plainMap(values)).filter(([, value]) => value !== "" && value !== unknown);
  return Object.fromEntries(texts);
}
