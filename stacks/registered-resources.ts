import * as pulumi from "@pulumi/pulumi";
import type { LayerSettings } from "../config/layer.ts";
import type { Settings } from "../config/parse-settings.ts";
import { configNamespace } from "../config/problem.ts";
import { azureNativeId, ownSubscription } from "../readers/azure-native-id.ts";
import { deployShared } from "./deploy-shared.ts";
import { program } from "./index.ts";

/** A resource that the program registers, with its id computed from its inputs. */
export interface RegisteredResource {
  /** For example `azure-native:network:Subnet`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** ARM id; empty for what has none, such as components and providers. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Evaluates the program without an engine and without a login, and returns what it registers, in order.
 *
 * Ids are computed from names; a subscription that the configuration leaves to the provider is a placeholder. Secrets are
 * never read, so none can be in the result. A region stack is evaluated together with its hub layer, and a connection stack as the
 * network that its connections will be on, which all have the same environment. Connections themselves are left out: whoever asks
 * judges the network, as their guard will. Evaluations in one process must not overlap: Pulumi keeps its engine in a global.
 */
export async function registeredResources(
  settings: Settings,
  stackName: string,
): Promise<readonly RegisteredResource[]> {
  const registered: RegisteredResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider }) => {
        const id = azureNativeId(type, inputs, subscriptionOfProvider(provider)) ?? "";
        registered.push({ type, name, id, inputs });
        return {
          id: type === "pulumi:providers:azure-native" ? String(inputs.subscriptionId) : id,
          state: stateOf(id, inputs),
        };
      },
      call: ({ token, inputs }) => answerOf(token, inputs),
    },
    configNamespace,
    stackName,
    true,
    "organization",
  );
  await program(
    { ...settings, layer: networkLayer(settings.layer), secret: () => pulumi.secret("") },
    async (_, shared) => deployShared(shared),
    () => () => [],
  );
  await pulumi.runtime.disconnect();
  return registered;
}

function networkLayer(layer: LayerSettings): LayerSettings {
  return layer.layer === "connection" ? { layer: "all" } : layer;
}

/** The outputs that the program itself reads: inputs come back, and `name` is the last part of the id. */
function stateOf(id: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...inputs, name: id.slice(id.lastIndexOf("/") + 1) };
}

/** A provider reference ends in the id of the provider, which above is its subscription. */
function subscriptionOfProvider(provider: string | undefined): string {
  const id = provider?.split("::").at(-1) ?? "";
  return /^[0-9a-f-]{36}$/i.test(id) ? id : ownSubscription;
}

/** Answers of the functions that the program calls; anything else is a mistake in the program. */
function answerOf(token: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  switch (token) {
    case "azure-native:authorization:getClientConfig":
      return { subscriptionId: ownSubscription };
    case "azuread:index/getServicePrincipal:getServicePrincipal":
      return { ...inputs, objectId: `{object id of application ${inputs.clientId}}` };
    case "pulumi:pulumi:readStackOutputs":
      return { outputs: {} };
    default:
      throw new Error(`the program calls "${token}", which has no answer without an engine`);
  }
}
