import type { GraphClient } from "../graph/graph-client.ts";
import type { EngineLog } from "./engine-log.ts";
import type { PropertyMap } from "./property-values.ts";

/** What the operations of a resource work with. */
export interface OperationContext {
  readonly urn: string;
  readonly log: EngineLog;
  /** Aborted when the engine gives up: Ctrl+C, or its connection is gone. */
  readonly signal: AbortSignal;
  /** Microsoft Graph, signed in. Throws if the provider's configuration is not valid. */
  readonly graph: () => GraphClient;
}

/** One thing that is wrong with the inputs. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** Checked inputs, with their secrets wrapped, or what is wrong with them. */
export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

/** How one property changed. */
export interface PropertyChange {
  readonly property: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
  /** Of the inputs, or of what Graph reports. @default true */
  readonly isInput?: boolean;
}

/** A resource as it is now; plain values. */
export interface ResourceState {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap;
}

/** What a request to change something brings; plain values. */
export interface ChangeRequest {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
}

/** A type of resource, without the wire. Everything but `check` gets plain values; secrets are wrapped again by who calls. */
export interface ResourceType {
  /** "windows365:index:CloudPcUserSetting". */
  readonly token: string;
  /** Inputs as the program gave them, secrets wrapped, and those of the last deployment; a seed for names that are made. */
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: ChangeRequest): readonly PropertyChange[];
  /** What is known of the outputs before the resource is made or changed; all else is unknown. */
  preview(inputs: PropertyMap, oldOutputs: PropertyMap | undefined): PropertyMap;
  /** A warning about what will be refused, where a preview can tell. @default - none */
  foresee?(context: OperationContext): Promise<void>;
  create(
    inputs: PropertyMap,
    context: OperationContext,
  ): Promise<{ readonly id: string; readonly outputs: PropertyMap }>;
  update(request: ChangeRequest, context: OperationContext): Promise<PropertyMap>;
  /** Undefined if the resource is not there. `old` is absent in an import. */
  read(
    id: string,
    old: { readonly inputs: PropertyMap; readonly outputs: PropertyMap } | undefined,
    context: OperationContext,
  ): Promise<ResourceState | undefined>;
  delete(id: string, outputs: PropertyMap, context: OperationContext): Promise<void>;
}

/** What the engine asks to be checked. */
export interface CheckRequest {
  readonly urn: string;
  readonly news: PropertyMap;
  readonly olds: PropertyMap;
  /** Hexadecimal; the same for a resource as long as it is not replaced. "" if there is none. */
  readonly randomSeed: string;
}
