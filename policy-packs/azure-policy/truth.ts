import { isUnknown, type Read, type Unknown } from "../../model/read.ts";

/** Whether a condition holds, or why that is not known. */
export type Truth = Read<boolean>;

/** The opposite; what is not known stays so. */
export function not(truth: Truth): Truth {
  return isUnknown(truth) ? truth : !truth;
}

/** Whether all hold. One that does not settles it, whatever is not known of the others; so all of nothing hold. */
export function allOf(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : (firstUnknown(truths) ?? true);
}

/** Whether any holds. One that does settles it; so none of nothing holds. */
export function anyOf(truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : (firstUnknown(truths) ?? false);
}

function firstUnknown(truths: readonly Truth[]): Unknown | undefined {
  return truths.find((truth) => isUnknown(truth));
}
