import type { ResourceRules } from "../arm/contract.ts";
import type { ArmService } from "../azure/arm-service.ts";
import { tenant } from "../azuread/tenant.ts";
import { type PropertyMap, plainInputs } from "../protocol/property-values.ts";
import { packageVersion } from "../protocol/protobuf.ts";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  ProviderConfig,
  ReadRequest,
  ReadResult,
  StandInProvider,
  UpdateRequest,
} from "../protocol/stand-in-provider.ts";
import { type ArmClient, createArmClient } from "./arm-client.ts";
import { checkInputs } from "./check-inputs.ts";
import { diffInputs } from "./diff-inputs.ts";
import { invokeFunction } from "./invoke-function.ts";
import { schemaOfType } from "./property-schema.ts";
import { refreshedInputs } from "./refreshed-inputs.ts";
import { addressInputs, resourceAddress } from "./resource-address.ts";
import { outputsOf, previewOf, requestBody } from "./resource-body.ts";
import { type ResourceType, resourceTypeOf } from "./resource-types.ts";
import { projectToInputs } from "./sdk-shape.ts";

/** What the stand-in for azure-native is built on. */
export interface AzureNativeParts {
  readonly arm: ArmService;
  readonly rulesFor: (type: string) => ResourceRules | undefined;
  /** Milliseconds that a wait of so many nominal seconds takes. */
  readonly waitMilliseconds: (nominalSeconds: number) => number;
  /** Told of every subscription that a provider is configured for. */
  readonly onSubscription: (subscriptionId: string) => void;
}

/** A stand-in for the azure-native provider, which talks to the make-believe Azure instead of management.azure.com. */
export function createAzureNativeProvider(parts: AzureNativeParts): StandInProvider {
  const configs = new Map<string, ProviderConfig>();
  const sessionOf = (request: { readonly connection: string; readonly abandoned: () => boolean }): Session => {
    const config = configs.get(request.connection) ?? {};
    return {
      subscriptionId: config.subscriptionId ?? tenant.defaultSubscriptionId,
      location: config.location,
      client: createArmClient(parts.arm, parts.waitMilliseconds, request.abandoned),
    };
  };
  return {
    name: "azure-native",
    sdkVersion: packageVersion("@pulumi/azure-native"),
    configure: (connection, config) => {
      configs.set(connection, config);
      parts.onSubscription(config.subscriptionId ?? tenant.defaultSubscriptionId);
    },
    check: (request) => check(request, sessionOf(request)),
    diff: async (request) => {
      const type = imitated(request.token);
      const replaceOn = parts.rulesFor(type.armType)?.replaceOn ?? [];
      return diffInputs(type, plainInputs(request.oldInputs), plainInputs(request.newInputs), replaceOn);
    },
    create: (request) => create(request, sessionOf(request)),
    update: (request) => update(request, sessionOf(request)),
    read: (request) => read(request, sessionOf(request)),
    delete: async (request) => {
      imitated(request.token);
      await sessionOf(request).client.remove(request.id);
    },
    invoke: async (request) => {
      const { subscriptionId, client } = sessionOf(request);
      return invokeFunction(request, subscriptionId, client);
    },
  };
}

/** What one request of the engine works with: the configuration of its provider resource, and a client of its own. */
interface Session {
  readonly subscriptionId: string;
  readonly location: string | undefined;
  readonly client: ArmClient;
}

async function check(request: CheckRequest, { subscriptionId, location, client }: Session): Promise<CheckResult> {
  const type = imitated(request.token);
  return checkInputs(
    type,
    request,
    async (inputs) => location ?? client.locationOfGroup(subscriptionId, inputs.resourceGroupName),
  );
}

async function create(request: CreateRequest, { subscriptionId, client }: Session): Promise<CreateResult> {
  const type = imitated(request.token);
  const inputs = plainInputs(request.inputs);
  if (request.preview) return { id: "", outputs: previewOf(type, inputs) };
  const id = resourceAddress(type, inputs, subscriptionId);
  if ((await client.find(id)) !== undefined) throw new Error(`cannot create already existing resource '${id}'`);
  const resource = await client.put(type, id, requestBody(type, inputs, id, "empty"), request.inputs, inputs);
  return { id: resource.id, outputs: outputsOf(type, resource) };
}

async function update(request: UpdateRequest, { client }: Session): Promise<PropertyMap> {
  const type = imitated(request.token);
  const inputs = plainInputs(request.inputs);
  if (request.preview) return { ...previewOf(type, inputs), ...stableOutputs(request.oldOutputs) };
  const current = type.maintained.some((name) => inputs[name] === undefined)
    ? await client.find(request.id)
    : undefined;
  const body = requestBody(type, inputs, request.id, current ?? "empty");
  return outputsOf(type, await client.put(type, request.id, body, request.inputs, inputs));
}

async function read(request: ReadRequest, { client }: Session): Promise<ReadResult | undefined> {
  const type = imitated(request.token);
  const resource = await client.find(request.id);
  if (resource === undefined) return undefined;
  const outputs = outputsOf(type, resource);
  const { oldInputs, oldOutputs } = request;
  if (oldInputs === undefined || oldOutputs === undefined || Object.keys(oldInputs).length === 0) {
    return { id: resource.id, outputs, inputs: { ...inputShape(type, outputs), ...addressInputs(type, resource.id) } };
  }
  const unset = type.maintained.filter((name) => oldInputs[name] === undefined);
  const without = (values: PropertyMap): PropertyMap =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !unset.includes(name)));
  const before = inputShape(type, without(plainInputs(oldOutputs)));
  return { id: request.id, outputs, inputs: refreshedInputs(oldInputs, before, inputShape(type, without(outputs))) };
}

function imitated(token: string): ResourceType {
  const type = resourceTypeOf(token);
  if (type === undefined) throw new Error(`the sandbox does not imitate resources of type "${token}"`);
  return type;
}

/** Known during the preview of an update, because they never change in place. */
function stableOutputs(outputs: PropertyMap): PropertyMap {
  const { name, location } = outputs;
  return { ...(name !== undefined && { name }), ...(location !== undefined && { location }) };
}

function inputShape(type: ResourceType, outputs: PropertyMap): PropertyMap {
  return projectToInputs(outputs, schemaOfType(type));
}
