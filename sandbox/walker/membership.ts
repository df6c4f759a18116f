/** Whether something belongs: certainly, certainly not, or left open for the given reason. */
export type Membership = "yes" | "no" | { readonly maybe: string };

/** All must belong: one "no" decides, else one doubt. */
export function both(...parts: readonly Membership[]): Membership {
  return parts.includes("no") ? "no" : (parts.find((part) => part !== "yes") ?? "yes");
}

/** One must belong: one "yes" decides, else one doubt. */
export function either(parts: readonly Membership[]): Membership {
  return parts.includes("yes") ? "yes" : (parts.find((part) => part !== "no") ?? "no");
}

/** A plain fact as a membership. */
export function certainly(fact: boolean): Membership {
  return fact ? "yes" : "no";
}
