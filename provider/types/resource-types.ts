import type { ResourceType } from "../protocol/resource-type.ts";
import { azureNetworkConnection } from "./azure-network-connection.ts";
import { azureNetworkConnectionHealth } from "./azure-network-connection-health.ts";
import { createPasswordVault } from "./password-vault.ts";

/** Every type of resource that the provider has. */
export function resourceTypes(): readonly ResourceType[] {
  return [azureNetworkConnection(createPasswordVault()), azureNetworkConnectionHealth];
}
