import { setTimeout as sleep } from "node:timers/promises";
import { rulesFor } from "./arm/rules.ts";
import { validateShape } from "./arm/shape.ts";
import { createArmService } from "./azure/arm-service.ts";
import type { AzureEstate } from "./azure/azure-estate.ts";
import { createAzureEstate } from "./azure/create-azure-estate.ts";
import { createEstateStore } from "./azure/estate-store.ts";
import { createRequestEvents } from "./azure/request-events.ts";
import { createRequestJournal } from "./azure/request-journal.ts";
import type { RequestEvent, RequestLogEntry } from "./azure/request-log.ts";
import { createStateKeeper } from "./azure/state-keeper.ts";
import { createAzureNativeProvider } from "./azure-native/azure-native-provider.ts";
import { createAzureadProvider } from "./azuread/azuread-provider.ts";
import type { WalkerTables } from "./graph/graph-service.ts";
import { type GraphEstate, serveGraph } from "./graph/serve-graph.ts";
import { serveProvider } from "./protocol/serve-provider.ts";
import type { Scenario } from "./scenario.ts";

/** How a sandbox starts. */
export interface SandboxOptions {
  /** File that keeps the make-believe Azure between processes. Read if it exists. @default - memory only */
  readonly statePath?: string;
  /** Sandbox seconds per nominal Azure second: 0.0001 makes a firewall of 600 s take 60 ms. Retry delays scale alike. @default 0.0001 */
  readonly timeScale?: number;
  /** What goes wrong. @default - nothing */
  readonly scenario?: Scenario;
  /** What the packet walker of the health checks is told besides the resources. @default - nothing */
  readonly walkerTables?: WalkerTables;
  /** Receives one line per request; never a secret. @default - nobody */
  readonly log?: (line: string) => void;
}

/** A running make-believe Azure with the providers that the Pulumi engine attaches to. */
export interface Sandbox {
  /** Value of `PULUMI_DEBUG_PROVIDERS`: `azure-native:PORT,azuread:PORT`. */
  readonly debugProviders: string;
  /** What has been built, to look at and to change behind Pulumi's back. */
  readonly azure: AzureEstate;
  /** The make-believe Microsoft Graph of the same tenant, whose health checks walk the network of `azure`. */
  readonly graph: GraphEstate;
  /** Every request that reached Azure, oldest first. */
  readonly requests: readonly RequestLogEntry[];
  /** Replaces the scenario; its counters start again. */
  setScenario(scenario: Scenario): void;
  /** Calls back at moments of each request, and waits for the answer. Returns a function that ends it. */
  onRequest(callback: (event: RequestEvent) => void | Promise<void>): () => void;
  /** Waits until no long operation runs, as those of a killed engine do. */
  settled(): Promise<void>;
  /** Waits for what runs, writes the state and closes the ports. */
  stop(): Promise<void>;
}

/** Starts the sandbox on free ports of 127.0.0.1. Throws if `statePath` holds something else than a sandbox's state. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { statePath, timeScale = 0.0001, scenario = {}, walkerTables = {}, log = () => undefined } = options;
  const keeper = createStateKeeper(statePath);
  const subscriptions = new Set(keeper.initial.subscriptions);
  const store = createEstateStore(() => keeper.changed());
  for (const resource of keeper.initial.resources) store.set(resource);
  const journal = createRequestJournal(log);
  const events = createRequestEvents();
  const operate = (seconds: number, contested: boolean): Promise<unknown> =>
    sleep(scaledMilliseconds(seconds, timeScale, contested ? shortest.contestedWrite : shortest.write));
  const arm = createArmService({ store, journal, events, rulesFor, validateShape, operate, scenario });
  const onSubscription = (subscriptionId: string): void => {
    subscriptions.add(subscriptionId.toLowerCase());
    keeper.changed();
  };
  const waitMilliseconds = (seconds: number): number => scaledMilliseconds(seconds, timeScale, shortest.retry);
  const served = await Promise.all([
    serveProvider(createAzureNativeProvider({ arm, rulesFor, waitMilliseconds, onSubscription })),
    serveProvider(createAzureadProvider()),
  ]);

  const azure = createAzureEstate(store, rulesFor, () => [...subscriptions].sort());
  const graph = await serveGraph({
    resources: azure.resources,
    tables: walkerTables,
    milliseconds: (seconds) => scaledMilliseconds(seconds, timeScale, shortest.healthCheckStep),
    ...(keeper.initial.graph && { initial: keeper.initial.graph }),
    onChange: () => keeper.changed(),
  });
  keeper.watch(() => ({ subscriptions: [...subscriptions], resources: store.all(), graph: graph.snapshot() }));

  return {
    debugProviders: served.map(({ name, port }) => `${name}:${port}`).join(","),
    azure,
    graph,
    requests: journal.entries,
    setScenario: arm.setScenario,
    onRequest: events.subscribe,
    settled: arm.settled,
    stop: async () => {
      await arm.settled();
      await graph.stop();
      for (const provider of served) provider.stop();
      keeper.flush();
    },
  };
}

/**
 * Milliseconds that a write takes at least. One that holds a shared resource takes longer, so that two of them meet whenever the
 * program does not order them: the engine sends them tens of milliseconds apart, which in Azure is at the same time.
 */
const shortest = { write: 10, contestedWrite: 120, retry: 60, healthCheckStep: 5 };

/** Nothing waits at scale 0. */
function scaledMilliseconds(nominalSeconds: number, timeScale: number, atLeast: number): number {
  return timeScale === 0 ? 0 : Math.max(atLeast, nominalSeconds * 1000 * timeScale);
}
