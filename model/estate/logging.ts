import type { Read } from "../read.ts";
import type { Reference, Resource } from "./resource.ts";

/** `Microsoft.Network/networkWatchers/flowLogs`. */
export interface FlowLog extends Resource {
  /** A virtual network, subnet, network interface or network security group. */
  readonly targetResourceId: Reference;
  /** @default false */
  readonly enabled?: Read<boolean>;
  /** The storage account of the raw records. */
  readonly storageId?: Reference;
  /** Whether traffic analytics read the records. @default false */
  readonly trafficAnalyticsEnabled?: Read<boolean>;
}

/** `Microsoft.Insights/diagnosticSettings`: which logs of a resource go where. */
export interface DiagnosticSetting extends Resource {
  /** The resource whose logs they are. */
  readonly scope: Reference;
  readonly logs: readonly LogSetting[];
  /** Where they go: a workspace, storage account, event hub or partner solution; empty is nowhere. */
  readonly destinationIds: readonly Reference[];
}

/** One entry of `logs`: a category or a group of categories. */
export interface LogSetting {
  readonly category?: Read<string>;
  readonly categoryGroup?: Read<string>;
  readonly enabled: Read<boolean>;
}
