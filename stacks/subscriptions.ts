import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";

/** Resource options that place a resource in a subscription. */
export type InSubscription = (subscriptionId: string | undefined) => { readonly provider?: pulumi.ProviderResource };

/**
 * One provider for each subscription that is named, made when it is first asked for; nothing for the provider's own.
 *
 * A provider made here signs in by the environment (`az login`, `ARM_*`), as the default one does.
 */
export function subscriptionProviders(): InSubscription {
  const providers = new Map<string, azure.Provider>();
  return (subscriptionId) => {
    if (subscriptionId === undefined) return {};
    const key = subscriptionId.toLowerCase();
    const provider = providers.get(key) ?? new azure.Provider(`subscription-${key}`, { subscriptionId: key });
    providers.set(key, provider);
    return { provider };
  };
}

/** The subscription of an ARM id, for what exists already. */
export function subscriptionOf(id: string): string | undefined {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1];
}

/** The resource group of an ARM id, for what exists already. Throws if the id has none; configuration is checked before. */
export function resourceGroupNameOf(id: string): string {
  const name = /\/resourceGroups\/([^/]+)/i.exec(id)?.[1];
  if (name === undefined) throw new Error(`id "${id}" has no resource group`);
  return name;
}

/** The last part of an ARM id: the resource's own name. */
export function resourceNameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
