import type { ArmError, ArmPut, ArmResource, ResourceRules } from "../arm/contract.ts";
import type { FaultEffect } from "../scenario.ts";
import {
  accepted,
  anotherOperationInProgress,
  injectedError,
  type Outcome,
  refused,
  resourceNotFound,
  typeNotImitated,
} from "./arm-answer.ts";
import { type EstateStore, presented } from "./estate-store.ts";
import type { OperationLocks } from "./operation-locks.ts";
import { idKey } from "./resource-id.ts";
import type { ScenarioChecks } from "./scenario-checks.ts";
import { withoutSecretProperties } from "./secret-properties.ts";

/** What operations work on. */
export interface OperationContext {
  readonly store: EstateStore;
  readonly locks: OperationLocks;
  readonly rulesFor: (type: string) => ResourceRules | undefined;
  readonly validateShape: (type: string, body: ArmResource) => readonly ArmError[];
  /** Lets the time of an operation pass. `contested` operations hold a resource that others write to as well. */
  readonly operate: (nominalSeconds: number, contested: boolean) => Promise<unknown>;
  readonly checks: () => ScenarioChecks;
}

/** One request on its way through ARM. */
export interface ArmRequest {
  readonly id: string;
  readonly type: string;
  readonly effect: FaultEffect | undefined;
  /** Called, and waited for, once the operation runs. */
  readonly onAccepted: () => Promise<void>;
}

/** Answers a GET. */
export function getResource({ store, rulesFor }: OperationContext, { id }: ArmRequest): Outcome {
  const resource = store.get(id);
  if (resource === undefined) return { answer: refused(resourceNotFound(id)) };
  return { answer: accepted(200, presented(resource, store, rulesFor)) };
}

/** Carries out a PUT: everything is judged at once when it arrives, then the resource exists as "Updating" until its time is over. */
export async function putResource(
  context: OperationContext,
  request: ArmRequest,
  body: ArmResource,
  query: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { id } = request;
  return whileLocked(context, request, body, async (rules) => {
    const put = { id, body, previous: context.store.get(id), estate: context.store, query };
    const refusal = refusalOf(context, rules, put);
    if (refusal !== undefined) return refusal;
    const stored = storePut(context.store, rules, put);
    await request.onAccepted();
    const { create, update } = rules.duration;
    await context.operate(put.previous === undefined ? create : update, holdsOthers(rules, id, body));
    return concludePut(context, request, stored, put.previous === undefined ? 201 : 200);
  });
}

/** Carries out a DELETE. What is not there is deleted. */
export async function deleteResource(context: OperationContext, request: ArmRequest): Promise<Outcome> {
  const { store } = context;
  const { id, effect } = request;
  const current = store.get(id);
  if (current === undefined) return { answer: accepted(204, undefined) };
  return whileLocked(context, request, current, async (rules) => {
    const [error] = rules.validateDelete({ id, current, estate: store });
    if (error !== undefined) return { answer: refused(error) };
    store.set(withState(current, "Deleting"));
    await request.onAccepted();
    await context.operate(rules.duration.delete, holdsOthers(rules, id, current));
    if (effect?.kind === "failHalfway") {
      store.set(withState(store.get(id) ?? current, "Failed"));
      return { answer: refused(injectedError(effect)), injected: true };
    }
    store.remove(id);
    return { answer: accepted(200, undefined) };
  });
}

async function whileLocked(
  { locks, rulesFor }: OperationContext,
  { id, type }: ArmRequest,
  body: ArmResource,
  operate: (rules: ResourceRules) => Promise<Outcome>,
): Promise<Outcome> {
  const rules = rulesFor(type);
  if (rules === undefined) return { answer: refused(typeNotImitated(id, type)) };
  const lock = locks.take(rules.locks(id, body));
  if ("heldId" in lock) return { answer: refused(anotherOperationInProgress(lock.heldId)), conflict: true };
  try {
    return await operate(rules);
  } finally {
    lock.release();
  }
}

/** Whether the operation locks more than its own resource, as a subnet locks its virtual network. */
function holdsOthers(rules: ResourceRules, id: string, body: ArmResource): boolean {
  return rules.locks(id, body).some((held) => idKey(held) !== idKey(id));
}

function refusalOf(context: OperationContext, rules: ResourceRules, put: ArmPut): Outcome | undefined {
  const injected = context.checks().refusal(put);
  if (injected !== undefined) return { answer: refused(injected), injected: true };
  const [error] = [...context.validateShape(rules.type, put.body), ...rules.validatePut(put)];
  return error === undefined ? undefined : { answer: refused(error) };
}

/** Writes the resource and what comes with it. Returns it as it will be when the operation has ended. */
function storePut(store: EstateStore, rules: ResourceRules, put: ArmPut): ArmResource {
  const cascade = rules.cascade?.(put);
  const stored = withoutSecretProperties(rules.complete(put));
  store.set(withState(stored, "Updating"));
  for (const other of cascade?.put ?? []) store.set(withoutSecretProperties(other));
  for (const id of cascade?.remove ?? []) store.remove(id);
  return stored;
}

/** The resource may have been changed behind the operation's back meanwhile, so only its state is written. */
function concludePut(
  context: OperationContext,
  { id, effect }: ArmRequest,
  stored: ArmResource,
  status: number,
): Outcome {
  const { store, rulesFor } = context;
  const current = store.get(id);
  if (current === undefined) return { answer: refused(resourceNotFound(id)) };
  if (effect?.kind === "failHalfway") {
    store.set(withState(current, "Failed"));
    return { answer: { ok: false, error: injectedError(effect), created: true }, injected: true };
  }
  const finished = withState(current, stored.properties.provisioningState);
  store.set(finished);
  return { answer: accepted(status, presented(finished, store, rulesFor)) };
}

/** Types without a provisioning state have none on the way either. */
function withState(resource: ArmResource, provisioningState: unknown): ArmResource {
  if (!("provisioningState" in resource.properties)) return resource;
  return { ...resource, properties: { ...resource.properties, provisioningState } };
}
