import { azureNativeId } from "../../readers/azure-native-id.ts";

/** The part of `pulumi stack export` that is read here. */
export interface StackExport {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
  };
}

/** A resource in the state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** What went wrong when it was made; the engine then writes it again. */
  readonly initErrors?: readonly string[];
  /** `urn::id` of the provider. */
  readonly provider?: string;
}

/** A resource that was being created when the deployment stopped. */
export interface PendingCreate {
  readonly urn: string;
  /** Its ARM id, computed from its names; undefined if that cannot be known. */
  readonly id: string | undefined;
}

/**
 * What was being created when the deployment stopped, with the ids that Azure gives it if it was created after all.
 *
 * @param ownSubscription - the subscription of the default provider, if it is known
 */
export function pendingCreates({ deployment }: StackExport, ownSubscription?: string): readonly PendingCreate[] {
  const { resources = [], pending_operations: pending = [] } = deployment;
  return pending
    .filter(({ type }) => type === "creating")
    .map(({ resource: { urn, type, inputs = {}, provider } }) => {
      const subscription = subscriptionOf(provider, resources) ?? ownSubscription;
      return { urn, id: subscription === undefined ? undefined : azureNativeId(type, inputs, subscription) };
    });
}

/** The subscription that a provider is given, or that shows in the id of something else that it made. */
function subscriptionOf(provider: string | undefined, resources: readonly StateResource[]): string | undefined {
  const providerUrn = provider?.slice(0, provider.lastIndexOf("::"));
  const given = resources.find(({ urn }) => urn === providerUrn)?.inputs?.subscriptionId;
  if (typeof given === "string") return given;
  const sibling = resources.find(
    (resource) => resource.provider === provider && resource.id?.startsWith("/subscriptions/"),
  );
  return sibling?.id?.split("/")[2];
}
