import type { AzureEstate } from "./azure/azure-estate.ts";
import type { RequestEvent, RequestLogEntry } from "./azure/request-log.ts";
import type { Scenario } from "./scenario.ts";

/** How a sandbox starts. */
export interface SandboxOptions {
  /** File that keeps the make-believe Azure between processes. Read if it exists. @default - memory only */
  readonly statePath?: string;
  /** Sandbox seconds per nominal Azure second: 0.0001 makes a firewall of 600 s take 60 ms. Retry delays scale alike. @default 0.0001 */
  readonly timeScale?: number;
  /** What goes wrong. @default - nothing */
  readonly scenario?: Scenario;
  /** Receives one line per request; never a secret. @default - nobody */
  readonly log?: (line: string) => void;
}

/** A running make-believe Azure with the providers that the Pulumi engine attaches to. */
export interface Sandbox {
  /** Value of `PULUMI_DEBUG_PROVIDERS`: `azure-native:PORT,azuread:PORT`. */
  readonly debugProviders: string;
  /** What has been built, to look at and to change behind Pulumi's back. */
  readonly azure: AzureEstate;
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

/** Starts the sandbox on a free port of 127.0.0.1. Throws if `statePath` holds something else than a sandbox's state. */
export declare function startSandbox(options?: SandboxOptions): Promise<Sandbox>;
