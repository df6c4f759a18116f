import { isWithin, parseArmId } from "./arm-id.ts";
import type { ArmError, EstateView } from "./contract.ts";
import { conflict } from "./refusal.ts";
import { sameText } from "./wire.ts";

/**
 * Management locks: CanNotDelete refuses deletes at its scope and below, ReadOnly also writes.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources (as of 2026-11-21).
 */
export function* checkLocks(id: string, estate: EstateView, operation: "write" | "delete"): Generator<ArmError> {
  if (parseArmId(id)?.type.toLowerCase() === "microsoft.authorization/locks") return;
  const scopes = estate
    .list("Microsoft.Authorization/locks")
    .filter((lock) => operation === "delete" || sameText(lock.properties.level, "ReadOnly"))
    .map((lock) => parseArmId(lock.id)?.scope ?? "")
    .filter((scope) => isWithin(scope, id));
  if (scopes.length === 0) return;
  yield conflict(
    "ScopeLocked",
    `The scope '${id}' cannot perform ${operation} operation because following scope(s) are locked: ` +
      `'${scopes.join(",")}'. Please remove the lock and try again.`,
  );
}
