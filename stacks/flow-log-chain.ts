import type * as pulumi from "@pulumi/pulumi";
import type { FlowLogs } from "../components/flow-logs.ts";

/** Makes the flow logs of a virtual network, given what they wait for besides that network. */
export type FlowLogChain = (location: string, create: (after: readonly pulumi.Resource[]) => FlowLogs) => void;

/** Flow logs of one region share its network watcher, which takes one write at a time: each waits for the one before. */
export function flowLogChain(): FlowLogChain {
  const last = new Map<string, pulumi.Resource>();
  return (location, create) => {
    const previous = last.get(location);
    last.set(location, create(previous === undefined ? [] : [previous]).flowLog);
  };
}
