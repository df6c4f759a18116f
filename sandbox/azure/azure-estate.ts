/** A resource as the REST API returns it: envelope and `properties` in wire spelling. */
export interface EstateResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location?: string;
  readonly tags?: Record<string, string>;
  readonly properties: Record<string, unknown>;
  readonly [extra: string]: unknown;
}

/** What tests and people see and change of the make-believe Azure, past any provider. Ids compare without case. */
export interface AzureEstate {
  /** The subscriptions in which something was written or configured. Any GUID is accepted. */
  subscriptions(): readonly string[];
  /** Every resource as GET would return it, sorted by id. Resource groups are resources too. */
  resources(): readonly EstateResource[];
  /** How many resources there are. */
  count(): number;
  /** One resource as GET would return it. */
  get(id: string): EstateResource | undefined;
  /** Changes a resource behind Pulumi's back: `patch` is merged into it (wire spelling; null removes a property). Makes it if it is not there. */
  plant(id: string, patch: Record<string, unknown>): EstateResource;
  /** Removes a resource and its children behind Pulumi's back. Throws if it is not there. */
  remove(id: string): void;
  /** Puts a network interface of a Cloud PC into a subnet, as the Windows 365 service does. Returns its id. It blocks the deletion of the subnet. */
  injectNetworkInterface(subnetId: string): string;
  /** The estate as an ARM template, as the portal exports it: children are resources of their own. */
  exportTemplate(): ArmTemplate;
}

/** An ARM deployment template. Ids stay literal. */
export interface ArmTemplate {
  readonly $schema: string;
  readonly contentVersion: string;
  readonly metadata: { readonly description: string };
  readonly resources: readonly Record<string, unknown>[];
}
