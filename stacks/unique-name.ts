import { authorization } from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Naming } from "../config/naming.ts";

/**
 * A name that is unique in all of Azure: mixed with the seed of the naming, else with the subscription that the provider
 * is signed in to, so that two firms that deploy the same configuration do not ask for the same name.
 */
export function uniqueName(naming: Naming, nameOf: (naming: Naming) => string): pulumi.Input<string> {
  if (naming.seed !== "") return nameOf(naming);
  return authorization.getClientConfigOutput().subscriptionId.apply((seed) => nameOf({ ...naming, seed }));
}
