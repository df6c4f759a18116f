import { GraphError } from "../graph/graph-error.ts";
import { refusalForConnections } from "../graph/require-delegated.ts";
import { replication, waitUntil } from "../graph/wait-until.ts";
import { type PropertyMap, type PropertyValue, unknown } from "../protocol/property-values.ts";
import type {
  ChangeRequest,
  OperationContext,
  PropertyChange,
  ResourceState,
  ResourceType,
} from "../protocol/resource-type.ts";
import { defaultsInput } from "./check-inputs.ts";
import { checkConnection, isMade } from "./connection-inputs.ts";
import { bodyOf, outputsOf, returned, revisionOf, sameInput, withSpellingOf } from "./connection-properties.ts";
import { connectionsPath } from "./connections-path.ts";
import { deleteConnection } from "./delete-connection.ts";
import { diffInputs } from "./diff-inputs.ts";
import type { PasswordVault } from "./password-vault.ts";
import { optionalText, picked, textOf } from "./picked.ts";

const odataType = "#microsoft.graph.cloudPcOnPremisesConnection";

/**
 * What another connection is made for. Graph's page lists these as changeable too, but the portal lets nobody change them while a
 * policy or a Cloud PC uses the connection, and no change moves a Cloud PC that exists.
 */
const replaces = ["connectionType", "resourceGroupId", "subnetId", "adDomainName"];

/** What follows from the subnet. */
const following = ["subscriptionId", "virtualNetworkId"];

/** What a PATCH changes; the password has a request of its own. */
const patchable = ["displayName", "adDomainUsername", "organizationalUnit"];

/** Azure network connections. */
export function azureNetworkConnection(vault: PasswordVault): ResourceType {
  return {
    token: "windows365:index:AzureNetworkConnection",
    check: (request) => checkConnection(request, vault),
    diff: diffConnection,
    preview: (inputs, old) => ({
      ...outputsOf(inputs, {}),
      revision: unknown,
      virtualNetworkLocation: old?.virtualNetworkLocation ?? unknown,
    }),
    foresee,
    create: (inputs, context) => create(inputs, context, vault),
    update: (request, context) => update(request, context, vault),
    read,
    delete: deleteConnection,
  };
}

/** A preview needs no sign-in, but where there is one that would be refused, says so. */
async function foresee({ graph, log, urn }: OperationContext): Promise<void> {
  const isQuiet = true;
  const refusal = await graph()
    .claims(isQuiet)
    .then(
      refusalForConnections,
      (error: unknown) => `nobody is signed in: ${error instanceof Error ? error.message : error}`,
    );
  if (refusal !== undefined) log.warning(urn, `this deployment would be refused: ${refusal}`);
}

function diffConnection({ oldInputs, inputs }: ChangeRequest): readonly PropertyChange[] {
  // A connection that was imported has no hash yet: the password given first is taken to be the one in use.
  const ignores = [...following, ...(oldInputs.adDomainPassword === undefined ? ["adDomainPassword"] : [])];
  const changes = diffInputs(oldInputs, inputs, { replaces, ignores, same: sameInput });
  const replacing = changes.filter((change) => change.replaces).map(({ property }) => property);
  const isNamed = !isMade(inputs, "displayName");
  if (replacing.length > 0 && isNamed && inputs.displayName === oldInputs.displayName) {
    throw new Error(
      `a change of ${replacing.join(", ")} makes another connection before the old one is removed, and Graph takes no two of one displayName: change "${textOf(inputs, "displayName")}" as well, or leave displayName out`,
    );
  }
  return changes;
}

async function create(inputs: PropertyMap, context: OperationContext, vault: PasswordVault) {
  const { log, urn } = context;
  const graph = context.graph();
  await requireDelegated(context);
  const displayName = textOf(inputs, "displayName");
  const twin = (await graph.list(connectionsPath, "$select=id,displayName")).find(
    (one) => one.displayName === displayName,
  );
  if (twin !== undefined) {
    const command = `pulumi import windows365:index:AzureNetworkConnection ${urn.split("::").at(-1)} ${String(twin.id)}`;
    throw new Error(
      `Azure network connection "${displayName}" exists already; take it over with "${command}", or choose another displayName`,
    );
  }
  const password = passwordOf(inputs, vault);
  const body = { "@odata.type": odataType, ...bodyOf(inputs), ...password.body };
  const made = await graph.post(connectionsPath, body, password.secrets);
  const id = textOf(made, "id");
  // The connection is there from now on: whatever happens while reads do not see it yet, its id must reach the state.
  const patient = graph.until(new AbortController().signal);
  await waitUntil(() => patient.get(`${connectionsPath}/${id}`), { ...replication, signal: context.signal }).catch(
    (error: unknown) =>
      log.warning(
        urn,
        `the connection was made, but could not be read: ${error instanceof Error ? error.message : String(error)}`,
      ),
  );
  return { id, outputs: { ...outputsOf(inputs, made), revision: revisionOf(inputs) } };
}

async function update({ id, inputs, oldInputs }: ChangeRequest, context: OperationContext, vault: PasswordVault) {
  const graph = context.graph();
  await requireDelegated(context);
  const path = `${connectionsPath}/${id}`;
  const changed = diffConnection({ id, inputs, oldInputs, oldOutputs: {} }).map(({ property }) => property);
  const patch = Object.fromEntries(
    patchable
      .filter((name) => changed.includes(name))
      .map((name): [string, PropertyValue] => [name, inputs[name] ?? null]),
  );
  const newPassword = changed.includes("adDomainPassword");
  // Another account comes with its password in one request, so that Graph never holds one of each.
  const account = changed.includes("adDomainUsername") ? passwordOf(inputs, vault) : noPassword;
  if (Object.keys(patch).length > 0) {
    await graph.patch(path, { "@odata.type": odataType, ...patch, ...account.body }, account.secrets);
  }
  if (newPassword && account === noPassword) {
    const { body, secrets } = passwordOf(inputs, vault);
    await graph.post(`${path}/updateAdDomainPassword`, body, secrets);
  }
  const found = await graph.get(path);
  if (found === undefined) throw new Error(`Azure network connection "${id}" is gone; run "pulumi refresh"`);
  return { ...outputsOf(inputs, found), revision: revisionOf(inputs) };
}

async function read(
  id: string,
  old: { readonly inputs: PropertyMap; readonly outputs: PropertyMap } | undefined,
  context: OperationContext,
): Promise<ResourceState | undefined> {
  const found = await context.graph().get(`${connectionsPath}/${id}`);
  if (found === undefined) return undefined;
  const names = returned.filter((name) => name !== "virtualNetworkLocation");
  const current = picked(found, names);
  const kept = picked(old?.inputs ?? {}, ["adDomainPassword", defaultsInput]);
  const inputs = { ...withSpellingOf(old?.inputs ?? {}, current), ...kept };
  return {
    id,
    inputs,
    outputs: { ...outputsOf(inputs, found), revision: old?.outputs.revision ?? revisionOf(inputs) },
  };
}

/** Throws, before anything is sent, for a sign-in that Microsoft documents as refused. */
async function requireDelegated({ graph }: OperationContext): Promise<void> {
  const refusal = refusalForConnections(await graph().claims());
  if (refusal !== undefined) throw new GraphError(refusal, 403, "");
}

interface Password {
  readonly body: PropertyMap;
  readonly secrets: readonly string[];
}

const noPassword: Password = { body: {}, secrets: [] };

function passwordOf(inputs: PropertyMap, vault: PasswordVault): Password {
  const hash = optionalText(inputs, "adDomainPassword");
  if (hash === undefined) return noPassword;
  const adDomainPassword = vault.open(hash);
  return { body: { adDomainPassword }, secrets: [adDomainPassword] };
}
