/**
 * An ARM resource as the REST API returns it: the wire JSON, with `properties` in ARM's own spelling
 * (`{ id, name, type, location?, tags?, sku?, zones?, identity?, properties }`).
 */
export interface ArmResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location?: string;
  readonly tags?: Record<string, string>;
  readonly properties: Record<string, unknown>;
  readonly [extra: string]: unknown;
}

/** A refusal as ARM answers it: HTTP status, error code, message and, where ARM names one, the target. */
export interface ArmError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** Read access to the make-believe Azure; ids and types compare without case. */
export interface EstateView {
  /** The resource with this id, as stored. */
  get(id: string): ArmResource | undefined;
  /** Every resource of this type. */
  list(type: string): readonly ArmResource[];
  /** The resources directly below this id: a network's subnets, a resource group's resources. */
  children(id: string): readonly ArmResource[];
  /** Resources whose properties reference this id. */
  referrers(id: string): readonly ArmResource[];
}

/** One PUT as the rules see it: `previous` is what the estate holds at this id, if anything. */
export interface ArmPut {
  readonly id: string;
  readonly body: ArmResource;
  readonly previous: ArmResource | undefined;
  readonly estate: EstateView;
  /** Query parameters besides api-version, for example `syncRemoteAddressSpace` of a peering. */
  readonly query?: Readonly<Record<string, string>>;
}

/** What a PUT writes besides its own resource, in the same step: inline children, the far side of a peering. */
export interface Cascade {
  /** Complete resources to store as they are; no rules run over them again. */
  readonly put: readonly ArmResource[];
  /** Ids to remove; an id that is not there is no error. */
  readonly remove: readonly string[];
}

/** One DELETE of a resource that exists. */
export interface ArmDelete {
  readonly id: string;
  readonly current: ArmResource;
  readonly estate: EstateView;
}

/** Nominal seconds an operation takes on real Azure; the sandbox scales them. */
export interface OperationSeconds {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** What the sandbox knows about one ARM type: what ARM refuses, and what it makes of what it accepts. */
export interface ResourceRules {
  /** The full type, for example "Microsoft.Network/virtualNetworks/subnets". */
  readonly type: string;
  readonly apiVersion: string;
  /** Name of the type's mapper in `@azure/arm-network`, for shape checks; absent outside Microsoft.Network. */
  readonly mapper?: string;
  /** Everything ARM would refuse in this PUT, the first one wins, as ARM reports; empty if accepted. */
  validatePut(put: ArmPut): readonly ArmError[];
  /** The resource as ARM stores it after the PUT: defaults, read-only and computed properties. */
  complete(put: ArmPut): ArmResource;
  /**
   * Other resources that an accepted PUT writes or removes; the caller stores them together with `complete`'s result.
   * A virtual network with inline `subnets` stores each subnet as a resource of its own, so that ids resolve.
   */
  cascade?(put: ArmPut): Cascade;
  /** Everything ARM would refuse in this DELETE; empty if accepted. Deleting a resource removes its children too. */
  validateDelete(args: ArmDelete): readonly ArmError[];
  /**
   * The resource as a GET shows it: back-references, child lists and peering states, derived at read time.
   * Whoever answers a GET, a list or an export calls this; the estate itself holds what `complete` returned.
   */
  present?(resource: ArmResource, estate: EstateView): ArmResource;
  /** Ids this write locks while it runs; another write on one of them gets 409 AnotherOperationInProgress. */
  locks(id: string, body: ArmResource | undefined): readonly string[];
  /** Wire JSON paths whose change makes azure-native replace the resource, e.g. "location", "properties.subnet.id". */
  readonly replaceOn: readonly string[];
  readonly duration: OperationSeconds;
}
