import { z } from "zod";
import { isMap, type PropertyMap, unknown } from "../protocol/property-values.ts";
import type {
  ChangeRequest,
  CheckRequest,
  CheckResult,
  OperationContext,
  PropertyChange,
  ResourceType,
} from "../protocol/resource-type.ts";
import { type InputRules, inputFailures } from "./check-inputs.ts";
import { type ConnectionHealth, isUsable, readHealth, selectHealth } from "./connection-health.ts";
import { connectionsPath } from "./connections-path.ts";
import { diffInputs } from "./diff-inputs.ts";
import { textOf } from "./picked.ts";
import { askForChecks, type HealthWait, lookUntilVisible, waitForHealth } from "./wait-for-health.ts";

const rules: InputRules = {
  connectionId: { schema: z.string().min(1), required: true },
  triggers: { schema: z.array(z.string()) },
  wait: { schema: z.boolean() },
  timeoutMinutes: { schema: z.number().positive() },
  pollSeconds: { schema: z.number().positive() },
  coveredBy: { schema: z.record(z.string(), z.string()) },
};

/** A run takes up to half an hour. https://learn.microsoft.com/windows-365/enterprise/health-checks (read 2026-11-20) */
const defaults = { timeoutMinutes: 45, pollSeconds: 15 };

/**
 * The wait for the health checks of a connection. A resource of its own, so that a deployment that is killed while it waits leaves
 * the connection in the state, and the next one waits on instead of making a second connection.
 */
export const azureNetworkConnectionHealth: ResourceType = {
  token: "windows365:index:AzureNetworkConnectionHealth",
  check: async ({ news }: CheckRequest): Promise<CheckResult> => ({
    inputs: news,
    failures: inputFailures(news, rules),
  }),
  diff,
  preview: ({ connectionId = unknown }) => ({ connectionId, healthCheckStatus: unknown, findings: unknown }),
  create: async (inputs, context) => {
    const id = textOf(inputs, "connectionId");
    return { id, outputs: await ensured(inputs, context, false) };
  },
  update: ({ inputs, oldInputs }, context) => {
    const triggered = diffInputs(oldInputs, inputs).some(({ property }) => property === "triggers");
    return ensured(inputs, context, triggered);
  },
  read: async (id, old, { graph }) => {
    const found = await graph().get(`${connectionsPath}/${id}`, selectHealth);
    if (found === undefined) return undefined;
    return { id, inputs: old?.inputs ?? { connectionId: id }, outputs: outputsOf(id, readHealth(found)) };
  },
  // Health is not a thing that can be removed; the connection is, by its own resource.
  delete: async () => undefined,
};

/** How the provider waits is no change of anything; a connection that was found unhealthy is. */
function diff({ oldInputs, inputs, oldOutputs }: ChangeRequest): readonly PropertyChange[] {
  const ignores = ["timeoutMinutes", "pollSeconds", "coveredBy", ...(inputs.wait === false ? ["wait"] : [])];
  const changes = diffInputs(oldInputs, inputs, { replaces: ["connectionId"], ignores });
  const status = oldOutputs.healthCheckStatus;
  const isUnhealthy = inputs.wait !== false && !isUsable(typeof status === "string" ? status : "");
  if (!isUnhealthy || changes.some(({ replaces }) => replaces)) return changes;
  return [...changes, { property: "healthCheckStatus", kind: "update", replaces: false, isInput: false }];
}

async function ensured(inputs: PropertyMap, context: OperationContext, runAgain: boolean): Promise<PropertyMap> {
  const connectionId = textOf(inputs, "connectionId");
  if (inputs.wait === false) {
    if (runAgain) await askForChecks(connectionId, context);
    return outputsOf(connectionId, await lookUntilVisible(connectionId, context));
  }
  return outputsOf(connectionId, await waitForHealth(waitOf(inputs, connectionId, runAgain), context));
}

function waitOf(inputs: PropertyMap, connectionId: string, runAgain: boolean): HealthWait {
  const { timeoutMinutes, pollSeconds, coveredBy } = inputs;
  return {
    connectionId,
    timeoutMinutes: typeof timeoutMinutes === "number" ? timeoutMinutes : defaults.timeoutMinutes,
    pollSeconds: typeof pollSeconds === "number" ? pollSeconds : defaults.pollSeconds,
    coveredBy: isMap(coveredBy) ? coveredBy : {},
    runAgain,
  };
}

/** Without times, which would make every refresh a change. */
function outputsOf(connectionId: string, { status, checks }: ConnectionHealth): PropertyMap {
  const findings = checks.filter((check) => check.errorType !== undefined && check.status !== "passed");
  return {
    connectionId,
    healthCheckStatus: status,
    findings: findings.map(({ displayName, status: ended, errorType = "" }) => ({
      displayName,
      status: ended,
      errorType,
    })),
  };
}
