import { idKey } from "./resource-id.ts";

/** Which resources a running operation holds. ARM does not queue: who comes second is refused. */
export interface OperationLocks {
  /** Takes all of them and returns how to give them back, or the id that somebody else holds. */
  take(ids: readonly string[]): { readonly release: () => void } | { readonly heldId: string };
}

/** Makes the locks of one make-believe Azure. */
export function createOperationLocks(): OperationLocks {
  const held = new Set<string>();
  return {
    take(ids) {
      const heldId = ids.find((id) => held.has(idKey(id)));
      if (heldId !== undefined) return { heldId };
      const keys = [...new Set(ids.map(idKey))];
      for (const key of keys) held.add(key);
      return {
        release: () => {
          for (const key of keys) held.delete(key);
        },
      };
    },
  };
}
