import type { EndpointSelection } from "../catalogue/required-endpoints.ts";
import type { CloudPcDemand } from "../model/subnet-size.ts";
import type { SubnetPlace } from "../model/topology/network.ts";
import type { PlannedConnection } from "./planned-connection.ts";

/** A subnet that is meant for Cloud PCs, and what is known of them. */
export interface CloudPcSubnet {
  readonly place: SubnetPlace;
  /**
   * What the Cloud PCs may be, as far as endpoints depend on it; at least one. Several where subnets hold pools of several kinds.
   */
  readonly kinds: readonly EndpointSelection[];
  /**
   * Whether `kinds` are what the Cloud PCs are, or every kind that an input which does not tell leaves possible.
   */
  readonly kindsAreCertain: boolean;
  /** How many Cloud PCs each pool of the subnet is for; empty when the input does not tell. */
  readonly demands: readonly CloudPcDemand[];
  /**
   * The connections that the pools of the subnet are to get.
   * @default - the input plans none
   */
  readonly connections?: readonly PlannedConnection[];
}
