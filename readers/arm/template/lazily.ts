import type { ArmValue } from "../arm-value.ts";

/** Computes a value when it is first asked for; while it is being computed, asking again gives `onCycle`. */
export function lazily(compute: () => ArmValue, onCycle: () => ArmValue): () => ArmValue {
  let value: ArmValue | undefined;
  let busy = false;
  return () => {
    if (value !== undefined) return value;
    if (busy) return onCycle();
    busy = true;
    value = compute();
    busy = false;
    return value;
  };
}
