import type { ArmResource } from "../arm/contract.ts";
import { readStateFile, type SandboxState, writeStateFile } from "./state-file.ts";

/** Keeps the state file up to date: soon after each change, and at the end. */
export interface StateKeeper {
  /** What an earlier process left, with the operations that ran then brought to their end, as Azure does without its caller. */
  readonly initial: SandboxState;
  /** Says where the state comes from. Nothing is written before. */
  watch(current: () => SandboxState): void;
  changed(): void;
  /** Writes now. */
  flush(): void;
}

/** How long changes are gathered before they are written. */
const delayMilliseconds = 50;

/** Makes the keeper of a file; without a path it keeps nothing. */
export function createStateKeeper(path: string | undefined): StateKeeper {
  let current: (() => SandboxState) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (path !== undefined && current !== undefined) writeStateFile(path, current());
  };
  return {
    initial: path === undefined ? { subscriptions: [], resources: [] } : concluded(readStateFile(path)),
    watch: (source) => {
      current = source;
    },
    changed: () => {
      if (path !== undefined && current !== undefined) timer ??= setTimeout(flush, delayMilliseconds);
    },
    flush,
  };
}

function concluded(state: SandboxState): SandboxState {
  const stateOf = (resource: ArmResource): unknown => resource.properties.provisioningState;
  const kept = state.resources.filter((resource) => stateOf(resource) !== "Deleting");
  const resources = kept.map((resource) =>
    stateOf(resource) === "Updating"
      ? { ...resource, properties: { ...resource.properties, provisioningState: "Succeeded" } }
      : resource,
  );
  return { ...state, resources };
}
