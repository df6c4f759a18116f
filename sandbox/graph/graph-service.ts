import { setTimeout as sleep } from "node:timers/promises";
import type { EstateResource } from "../azure/azure-estate.ts";
import { windows365ObjectId } from "../azuread/tenant.ts";
import type { WalkerInput } from "../walker/estate.ts";
import { answerAuthenticationMethods, defaultFido2, type Fido2Method } from "./authentication-methods.ts";
import { checkConnection } from "./check-connection.ts";
import { createGraphCollection, type GraphCollection, type GraphObject } from "./graph-collection.ts";
import { type GraphAnswer, type GraphRequest, type Json, notFound } from "./graph-request.ts";
import type { GraphScenario } from "./graph-scenario.ts";
import { runHealthChecks } from "./health-run.ts";
import { isJson, list, text } from "./json.ts";
import { makeBelieveDomain } from "./make-believe-domain.ts";
import { fqdnTagContents, publicRecords, serviceTagContents } from "./public-internet.ts";
import { answerServicePrincipals, type RemoteDesktopConfigurations } from "./service-principals.ts";
import { answerVirtualEndpoint } from "./virtual-endpoint.ts";

/** What the packet walker is told besides the resources: tables that Azure's resources do not hold. */
export type WalkerTables = Partial<Omit<WalkerInput, "resources">>;

/** What Graph stands on. */
export interface GraphServiceParts {
  /** The network as it is at this moment. */
  readonly resources: () => readonly EstateResource[];
  readonly tables: WalkerTables;
  readonly scenario: () => GraphScenario;
  /** What an earlier process left. Checks that ran then begin again. @default - nothing */
  readonly initial?: GraphSnapshot;
  /** Told of every change, to keep it. */
  readonly onChange: () => void;
  /** Milliseconds that so many nominal seconds take. */
  readonly milliseconds: (nominalSeconds: number) => number;
}

/** What Graph holds, as it is kept between processes. */
export interface GraphSnapshot {
  readonly connections: readonly GraphObject[];
  readonly policies: readonly GraphObject[];
  readonly userSettings: readonly GraphObject[];
  readonly remoteDesktop: readonly (readonly [string, Json])[];
  readonly fido2: Json;
}

/** Everything that the sandbox's Graph holds. */
export interface GraphService {
  answer(request: GraphRequest, address: string): GraphAnswer;
  readonly connections: GraphCollection;
  readonly policies: GraphCollection;
  readonly userSettings: GraphCollection;
  readonly remoteDesktop: RemoteDesktopConfigurations;
  readonly fido2: Fido2Method;
  snapshot(): GraphSnapshot;
  /** Ends what runs. */
  stop(): void;
}

/** Makes the tenant, empty or as it was. */
export function createGraphService(parts: GraphServiceParts): GraphService {
  const { initial, onChange } = parts;
  const unseenFor = () => parts.scenario().unseenFor ?? 0;
  const collectionOf = (objects: readonly GraphObject[] = []) =>
    createGraphCollection({ initial: objects, unseenFor, onChange });
  const connections = collectionOf(initial?.connections);
  const policies = collectionOf(initial?.policies);
  const userSettings = collectionOf(initial?.userSettings);
  const remoteDesktop: RemoteDesktopConfigurations = new Map(initial?.remoteDesktop);
  const fido2: Fido2Method = { current: initial?.fido2 ?? defaultFido2 };
  const runs = createRuns(parts, connections);
  const hasCloudPcs = (connection: GraphObject) => cloudPcsIn(parts.resources(), text(connection.subnetId) ?? "");
  for (const { id, healthCheckStatus } of connections.all()) {
    if (healthCheckStatus === "pending" || healthCheckStatus === "running") runs.start(id);
  }
  const locationOf = (id: string) =>
    parts.resources().find((resource) => resource.id.toLowerCase() === id.toLowerCase())?.location;

  return {
    connections,
    policies,
    userSettings,
    remoteDesktop,
    fido2,
    snapshot: () => ({
      connections: connections.all(),
      policies: policies.all(),
      userSettings: userSettings.all(),
      remoteDesktop: [...remoteDesktop],
      fido2: fido2.current,
    }),
    stop: runs.stop,
    answer(request, address) {
      // Single sign-on and passkeys are no collections, so any write may have changed them.
      if (request.method !== "GET") queueMicrotask(onChange);
      const [first, second] = request.segments;
      if (first === "deviceManagement" && second === "virtualEndpoint") {
        const endpoint = { connections, hasCloudPcs, locationOf, startChecks: runs.start };
        const below = `${address}/${first}/${second}`;
        return answerVirtualEndpoint({ connections: endpoint, policies, userSettings, address: below }, request);
      }
      if (first === "servicePrincipals") return answerServicePrincipals(remoteDesktop, request, `${address}/${first}`);
      if (first === "policies" && second === "authenticationMethodsPolicy")
        return answerAuthenticationMethods(fido2, request);
      return notFound(request.segments.join("/"));
    },
  };
}

/** The health checks that run; a connection has one run at a time, the latest. */
function createRuns(parts: GraphServiceParts, connections: GraphCollection) {
  const current = new Map<string, symbol>();
  return {
    start(id: string): void {
      const run = Symbol(id);
      current.set(id, run);
      const wanted = () => current.get(id) === run && connections.find(id) !== undefined;
      void runHealthChecks({
        outcomes: () => outcomesOf(parts, connections.find(id)),
        pass: async (seconds) => {
          const milliseconds = parts.milliseconds(seconds);
          // Unreferenced: a health check alone keeps no process alive.
          if (milliseconds > 0) await sleep(milliseconds, undefined, { ref: false });
          return wanted();
        },
        write: (state: Json) => {
          const connection = connections.find(id);
          if (connection !== undefined) connections.set({ ...connection, ...state });
        },
      });
    },
    stop: () => current.clear(),
  };
}

function outcomesOf({ resources, tables, scenario }: GraphServiceParts, connection: GraphObject | undefined) {
  if (connection === undefined) return [];
  const domain = text(connection.adDomainName);
  return checkConnection(
    {
      ...tables,
      serviceTags: { ...serviceTagContents, ...tables.serviceTags },
      fqdnTags: { ...fqdnTagContents, ...tables.fqdnTags },
      dnsRecords: { ...publicRecords, ...tables.dnsRecords },
      ...(domain !== undefined && { dnsServers: tables.dnsServers ?? makeBelieveDomain(resources(), domain) }),
      resources: resources(),
    },
    {
      connectionType: connection.connectionType === "azureADJoin" ? "azureADJoin" : "hybridAzureADJoin",
      resourceGroupId: text(connection.resourceGroupId) ?? "",
      subnetId: text(connection.subnetId) ?? "",
      ...(domain !== undefined && { adDomainName: domain }),
    },
    windows365ObjectId,
    scenario().healthChecks ?? [],
  );
}

/** Interfaces of Cloud PCs are named "CPC-…". https://learn.microsoft.com/windows-365/enterprise/architecture (read 2026-11-21) */
function cloudPcsIn(resources: readonly EstateResource[], subnetId: string): boolean {
  return resources
    .filter(({ type, name }) => type.toLowerCase() === "microsoft.network/networkinterfaces" && name.startsWith("CPC-"))
    .flatMap(({ properties }) => list(properties.ipConfigurations))
    .some((configuration) => {
      const inner = isJson(configuration) && isJson(configuration.properties) ? configuration.properties : {};
      const subnet = isJson(inner.subnet) ? text(inner.subnet.id) : undefined;
      return subnet?.toLowerCase() === subnetId.toLowerCase();
    });
}
