import type { PropertyMap } from "./property-values.ts";

/** A resource provider as the engine talks to it, without the wire: what a stand-in has to answer. */
export interface StandInProvider {
  /** Package name, such as "azure-native". */
  readonly name: string;
  /**
   * Version of the SDK that the stand-in is for. The engine is told this version "+sandbox", which compares as equal to what
   * the SDK asks for, and which nobody takes for the real provider.
   */
  readonly sdkVersion: string;
  /** Gets the configuration of one provider resource. `connection` is the same for all later requests of that provider resource. */
  configure(connection: string, config: ProviderConfig): void;
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<CreateResult>;
  update(request: UpdateRequest): Promise<PropertyMap>;
  /** Undefined if the resource is not there (any more). */
  read(request: ReadRequest): Promise<ReadResult | undefined>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(request: InvokeRequest): Promise<PropertyMap>;
}

/** Configuration of one provider resource: plain texts, some of them JSON. */
export type ProviderConfig = { readonly [key: string]: string };

/** What every request about a resource says. */
export interface ResourceRequest {
  readonly connection: string;
  readonly urn: string;
  /** "azure-native:network:Subnet". */
  readonly token: string;
  /** Whether whoever asked has gone away since. */
  readonly abandoned: () => boolean;
}

/** Inputs are given with their secrets wrapped. */
export interface CheckRequest extends ResourceRequest {
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  /** Same text for the same resource as long as it is not replaced; "" if there is none. */
  readonly randomSeed: string;
  readonly autonaming: { readonly mode: "propose" | "enforce" | "disable"; readonly proposedName: string } | undefined;
}

/** Checked inputs, or what is wrong with them. */
export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** Inputs before and after. */
export interface DiffRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

/** How one property changed, under its path such as "tags.owner" or "subnets[0].name". */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** What a change of inputs means for the resource. */
export interface DiffResult {
  readonly changes: readonly PropertyChange[];
  readonly deleteBeforeReplace: boolean;
}

/** Inputs of a resource to make. */
export interface CreateRequest extends ResourceRequest {
  readonly inputs: PropertyMap;
  readonly preview: boolean;
}

/** Id "" in a preview. */
export interface CreateResult {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** Inputs of a resource to change, and what it was. */
export interface UpdateRequest extends ResourceRequest {
  readonly id: string;
  readonly oldOutputs: PropertyMap;
  readonly oldInputs: PropertyMap;
  readonly inputs: PropertyMap;
  readonly preview: boolean;
}

/** What is known before a refresh; both undefined in an import. */
export interface ReadRequest extends ResourceRequest {
  readonly id: string;
  readonly oldOutputs: PropertyMap | undefined;
  readonly oldInputs: PropertyMap | undefined;
}

/** A resource as it is now. */
export interface ReadResult {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap;
}

/** A resource to remove. */
export interface DeleteRequest extends ResourceRequest {
  readonly id: string;
}

/** A function to call. */
export interface InvokeRequest {
  readonly connection: string;
  readonly token: string;
  readonly args: PropertyMap;
  readonly abandoned: () => boolean;
}

/** A resource that exists now although its creation or change failed: the engine keeps it and tries again. */
export class InitializationFailure extends Error {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap;

  constructor(message: string, id: string, outputs: PropertyMap, inputs: PropertyMap) {
    super(message);
    this.id = id;
    this.outputs = outputs;
    this.inputs = inputs;
  }
}
