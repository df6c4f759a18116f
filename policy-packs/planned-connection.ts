import type { EndpointSelection } from "../catalogue/required-endpoints.ts";
import type { ResourceId } from "../model/resource-id.ts";

/** The Azure network connection that a pool of Cloud PCs is to get, as far as a plan tells before it exists. */
export interface PlannedConnection {
  readonly joinType: EndpointSelection["joinType"];
  /**
   * Resource group of the network interfaces; its subscription may be the placeholder.
   * @default - some resource group on which Windows 365 has its role
   */
  readonly resourceGroupId?: ResourceId;
  /**
   * Whether the design grants Reader on the subscription, or a person vouches that it was granted before.
   * @default - the plan does not tell
   */
  readonly subscriptionRoleAssignment?: "create" | "existing";
  /** The Active Directory domain to join; only with a hybrid join. */
  readonly adDomainName?: string;
  /**
   * Distinguished name of the organizational unit; only with a hybrid join.
   * @default - the domain's default container
   */
  readonly organizationalUnit?: string;
}
