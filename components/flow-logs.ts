import { network, storage } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of `FlowLogs`. */
export interface FlowLogsArgs {
  /** Resource group that everything is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Region of the virtual network; watcher and storage account must be in the same one. */
  readonly location: string;
  /** Name of the flow log in Azure. */
  readonly flowLogName: string;
  /** Globally unique: 3 to 24 lower-case letters and digits. */
  readonly storageAccountName: pulumi.Input<string>;
  /** ARM id of the virtual network. */
  readonly virtualNetworkId: pulumi.Input<string>;
  /** Days that the raw records are kept in the storage account. */
  readonly retentionDays: number;
  /**
   * Workspace for traffic analytics.
   * @default - raw records only
   */
  readonly workspaceId?: pulumi.Input<string>;
  /** What must exist first: Azure makes a region's network watcher with the first virtual network there. */
  readonly after: readonly pulumi.Resource[];
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Flow logs of a virtual network, with a storage account of its own that only Azure's services may write to.
 *
 * The network watcher is the one that Azure makes by itself for each region with a virtual network
 * (https://learn.microsoft.com/azure/network-watcher/network-watcher-create, read 2026-11-21).
 *
 * Cost to run: records per GB collected, their storage, and traffic analytics per GB processed.
 */
export class FlowLogs extends pulumi.ComponentResource {
  /** The flow log itself; the next one of the same network watcher waits for it. */
  readonly flowLog: pulumi.Resource;

  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:FlowLogs", name, {}, opts);
    const { resourceGroupName, location, retentionDays, workspaceId, tags } = args;
    const child = { parent: this };

    const account = new storage.StorageAccount(
      `${name}-st`,
      {
        resourceGroupName,
        accountName: args.storageAccountName,
        location,
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
        minimumTlsVersion: "TLS1_2",
        enableHttpsTrafficOnly: true,
        allowBlobPublicAccess: false,
        networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
        tags: { ...tags },
      },
      child,
    );
    this.flowLog = new network.FlowLog(
      `${name}-flow`,
      {
        resourceGroupName: "NetworkWatcherRG",
        networkWatcherName: `NetworkWatcher_${location}`,
        flowLogName: args.flowLogName,
        location,
        targetResourceId: args.virtualNetworkId,
        storageId: account.id,
        enabled: true,
        format: { type: "JSON", version: 2 },
        retentionPolicy: { enabled: true, days: retentionDays },
        ...(workspaceId !== undefined && {
          flowAnalyticsConfiguration: {
            networkWatcherFlowAnalyticsConfiguration: {
              enabled: true,
              workspaceResourceId: workspaceId,
              trafficAnalyticsInterval: 60,
            },
          },
        }),
        tags: { ...tags },
      },
      { ...child, dependsOn: [...args.after] },
    );
    this.registerOutputs({});
  }
}
