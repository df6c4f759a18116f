import { parseArmId } from "../arm/arm-id.ts";
import type { ArmError, ArmPut } from "../arm/contract.ts";
import type { Quota, Scenario } from "../scenario.ts";
import { idKey } from "./resource-id.ts";

/** What a scenario refuses by looking at the estate or the body: quotas, and principals that Entra has not replicated yet. */
export interface ScenarioChecks {
  refusal(put: ArmPut): ArmError | undefined;
}

/** Makes the checks of a scenario. They count, so a scenario that is set again starts again. */
export function createScenarioChecks(scenario: Scenario): ScenarioChecks {
  const seen = new Map<string, number>();
  return {
    refusal: (put) =>
      quotaReached(scenario.quotas ?? [], put) ?? principalUnseen(scenario.principalsUnseenFor ?? 0, seen, put),
  };
}

/** Source: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-resource-quota (read 2026-11-21). */
function quotaReached(quotas: readonly Quota[], { id, body, previous, estate }: ArmPut): ArmError | undefined {
  if (previous !== undefined) return undefined;
  const parsed = parseArmId(id);
  const type = parsed?.type ?? "";
  for (const { type: limitedType, location, limit } of quotas) {
    if (
      idKey(type) !== idKey(limitedType) ||
      (location !== undefined && idKey(location) !== idKey(body.location ?? ""))
    )
      continue;
    const count = estate
      .list(type)
      .filter(
        (resource) => idKey(parseArmId(resource.id)?.subscriptionId ?? "") === idKey(parsed?.subscriptionId ?? ""),
      )
      .filter((resource) => location === undefined || idKey(resource.location ?? "") === idKey(location)).length;
    if (count < limit) continue;
    const where = location === undefined ? "" : ` in ${location}`;
    const message = `Operation could not be completed as it results in exceeding approved ${type} quota${where}. Current limit: ${limit}, current usage: ${count}, additional required: 1.`;
    return { status: 400, code: "QuotaExceeded", message };
  }
  return undefined;
}

/** Source: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (read 2026-11-21). */
function principalUnseen(requests: number, seen: Map<string, number>, { id, body }: ArmPut): ArmError | undefined {
  if (idKey(parseArmId(id)?.type ?? "") !== "microsoft.authorization/roleassignments") return undefined;
  if (body.properties.principalType !== undefined) return undefined;
  const principalId = String(body.properties.principalId);
  const count = (seen.get(principalId) ?? 0) + 1;
  seen.set(principalId, count);
  if (count > requests) return undefined;
  const message = `Principal ${principalId.replaceAll("-", "")} does not exist in the directory. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.`;
  return { status: 400, code: "PrincipalNotFound", message };
}
