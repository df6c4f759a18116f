import type { Read } from "../read.ts";
import type { Resource } from "./resource.ts";

/**
 * A provisioning policy of Windows 365, in the words of Graph (`cloudPcProvisioningPolicy`). `name` is its display name.
 * https://learn.microsoft.com/graph/api/resources/cloudpcprovisioningpolicy (read 2026-11-21).
 */
export interface ProvisioningPolicy extends Resource {
  /** In the order of their priority. */
  readonly domainJoinConfigurations: readonly DomainJoinConfiguration[];
}

/** Where a policy provisions: on a connection, or on Microsoft's network. */
export interface DomainJoinConfiguration {
  readonly domainJoinType?: Read<"azureADJoin" | "hybridAzureADJoin">;
  /** @default - Microsoft's network */
  readonly onPremisesConnectionId?: Read<string>;
}
