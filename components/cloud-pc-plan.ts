import * as pulumi from "@pulumi/pulumi";
import type { EndpointSelection } from "../catalogue/required-endpoints.ts";

/** A pool of Cloud PCs, as far as its subnet must serve it. */
export interface PlannedCloudPcPool {
  /** The subnet: `vnet/subnet`, or an ARM id. */
  readonly subnet: string;
  /** What its Cloud PCs must reach. */
  readonly kind: EndpointSelection;
  /** Cloud PCs in full use today. */
  readonly cloudPcCount: number;
  /** Growth to leave room for, as a fraction: 0.2 is a fifth more. */
  readonly growth: number;
  /**
   * The Azure network connection that the pool is to get, as far as it is known before it exists.
   * @default - nothing is known of it
   */
  readonly connection?: PlannedCloudPcConnection;
}

/** An Azure network connection that does not exist yet. */
export interface PlannedCloudPcConnection {
  /** ARM id of the resource group of the network interfaces. */
  readonly resourceGroupId?: string;
  /** Whether this program grants Reader on the subscription, or it was granted before. */
  readonly subscriptionRoleAssignment?: "create" | "existing";
  /** The Active Directory domain to join; only with a hybrid join. */
  readonly adDomainName?: string;
  /**
   * Distinguished name of the organizational unit; only with a hybrid join.
   * @default - the domain's default container
   */
  readonly organizationalUnit?: string;
}

/** An Active Directory domain that Cloud PCs join. */
export interface PlannedDirectory {
  readonly domainName: string;
  /** Addresses of servers that answer for the domain. */
  readonly dnsServers: readonly string[];
}

/** Arguments of `CloudPcPlan`. */
export interface CloudPcPlanArgs {
  /** What each pool of Cloud PCs asks of its subnet; none for a stack that no Cloud PC will be in, such as a hub. */
  readonly pools: readonly PlannedCloudPcPool[];
  /** The Active Directory domains that Cloud PCs join. */
  readonly directories: readonly PlannedDirectory[];
}

/**
 * Says what a network is for: which subnets are for Cloud PCs, how many, how they join, and what they use.
 *
 * It makes nothing in Azure. No resource of Azure holds these facts, and whoever judges the network needs them: the policy packs read
 * them from the program, and `w365 check --state` from the state of a stack. Nothing in it may be secret.
 *
 * Cost to run: none.
 */
export class CloudPcPlan extends pulumi.ComponentResource {
  constructor(name: string, args: CloudPcPlanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:CloudPcPlan", name, structuredClone(args), opts);
    this.registerOutputs({});
  }
}
