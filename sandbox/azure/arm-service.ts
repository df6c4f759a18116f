import { setTimeout as sleep } from "node:timers/promises";
import { parseArmId } from "../arm/arm-id.ts";
import type { ArmError, ArmResource, ResourceRules } from "../arm/contract.ts";
import type { FaultEffect, Scenario } from "../scenario.ts";
import { type EstateStore, presented } from "./estate-store.ts";
import { createFaultInjector } from "./fault-injector.ts";
import { createOperationLocks } from "./operation-locks.ts";
import type { RequestEvents } from "./request-events.ts";
import type { RequestJournal } from "./request-journal.ts";
import { idKey } from "./resource-id.ts";
import { createScenarioChecks } from "./scenario-checks.ts";
import { withoutSecretProperties } from "./secret-properties.ts";
import { missingContainer, notImitated } from "./service-refusals.ts";

/** What ARM answers. After a refused PUT `created` says whether the resource is there all the same. */
export type ArmAnswer =
  | { readonly ok: true; readonly status: number; readonly resource: ArmResource | undefined }
  | { readonly ok: false; readonly error: ArmError; readonly created: boolean };

/** The three requests that azure-native sends. An operation that has begun goes on when nobody waits for it any more. */
export interface ArmService {
  get(id: string): Promise<ArmAnswer>;
  put(id: string, body: ArmResource, query?: Readonly<Record<string, string>>): Promise<ArmAnswer>;
  delete(id: string): Promise<ArmAnswer>;
  /** Waits until no operation runs. */
  settled(): Promise<void>;
  /** Changes what goes wrong from now on; counters start again. */
  setScenario(scenario: Scenario): void;
}

/** What the service is built on. */
export interface ArmServiceParts {
  readonly store: EstateStore;
  readonly journal: RequestJournal;
  readonly events: RequestEvents;
  readonly rulesFor: (type: string) => ResourceRules | undefined;
  readonly validateShape: (type: string, body: ArmResource) => readonly ArmError[];
  /** Milliseconds that an operation of so many nominal seconds takes. */
  readonly operationMilliseconds: (nominalSeconds: number) => number;
  readonly scenario: Scenario;
}

type Method = "GET" | "PUT" | "DELETE";

/** One request on its way through ARM. */
interface Request {
  readonly method: Method;
  readonly id: string;
  readonly type: string;
  readonly creates: boolean;
}

/** How a request ends, with what the journal wants to know besides. */
interface Outcome {
  readonly answer: ArmAnswer;
  readonly conflict?: boolean;
  readonly injected?: boolean;
}

/** Makes the part of ARM that is the same for every type: scopes, locks, long operations, faults. The rules of a type come from `rulesFor`. */
export function createArmService(parts: ArmServiceParts): ArmService {
  const { store, journal, events, rulesFor } = parts;
  const locks = createOperationLocks();
  const running = new Set<Promise<unknown>>();
  let inject = createFaultInjector(parts.scenario);
  let checks = createScenarioChecks(parts.scenario);

  async function handle(
    method: Method,
    id: string,
    perform: (request: Request, effect?: FaultEffect) => Promise<Outcome>,
  ): Promise<ArmAnswer> {
    const type = parseArmId(id)?.type ?? "";
    const request = { method, id, type, creates: method === "PUT" && store.get(id) === undefined };
    const close = journal.open({ method, id, type });
    await events.emit("received", request);
    const effect = inject(request);
    const outcome =
      effect?.kind === "refuse"
        ? {
            answer: refused({ status: effect.status, code: effect.code, message: effect.message ?? injectedMessage }),
            injected: true,
          }
        : await perform(request, effect);
    const { answer, conflict = false, injected = false } = outcome;
    close({
      status: answer.ok ? answer.status : answer.error.status,
      ...(!answer.ok && { code: answer.error.code, message: answer.error.message }),
      conflict,
      injected,
    });
    await events.emit("completed", request);
    return answer;
  }

  function tracked(work: Promise<ArmAnswer>): Promise<ArmAnswer> {
    running.add(work);
    return work.finally(() => running.delete(work));
  }

  async function performGet({ id }: Request): Promise<Outcome> {
    const resource = store.get(id);
    return {
      answer:
        resource === undefined ? refused(resourceNotFound(id)) : accepted(200, presented(resource, store, rulesFor)),
    };
  }

  async function performPut(
    request: Request,
    body: ArmResource,
    query: Readonly<Record<string, string>>,
    effect: FaultEffect | undefined,
  ): Promise<Outcome> {
    const { id, type } = request;
    const rules = rulesFor(type);
    if (rules === undefined) return { answer: refused(notImitated(id, type)) };
    const lock = locks.take(rules.locks(id, body));
    if ("heldId" in lock) return { answer: refused(inProgress(lock.heldId)), conflict: true };
    try {
      const previous = store.get(id);
      const put = { id, body, previous, estate: store, query };
      const scope = missingContainer(id, store);
      if (scope !== undefined) return { answer: refused(scope) };
      const late = checks.refusal(put);
      if (late !== undefined) return { answer: refused(late), injected: true };
      const [error] = [...parts.validateShape(type, body), ...rules.validatePut(put)];
      if (error !== undefined) return { answer: refused(error) };
      const cascade = rules.cascade?.(put);
      const stored = withoutSecretProperties(rules.complete(put));
      store.set(withState(stored, "Updating"));
      for (const other of cascade?.put ?? []) store.set(withoutSecretProperties(other));
      for (const other of cascade?.remove ?? []) store.remove(other);
      await events.emit("accepted", request);
      await sleep(parts.operationMilliseconds(previous === undefined ? rules.duration.create : rules.duration.update));
      return finishPut(id, stored, previous === undefined, effect);
    } finally {
      lock.release();
    }
  }

  /** The resource may have been changed behind the operation's back meanwhile, so only its state is written. */
  function finishPut(id: string, stored: ArmResource, created: boolean, effect: FaultEffect | undefined): Outcome {
    const current = store.get(id);
    if (current === undefined) return { answer: refused(resourceNotFound(id)) };
    if (effect?.kind === "failHalfway") {
      store.set(withState(current, "Failed"));
      const error = { status: 200, code: effect.code, message: effect.message ?? injectedMessage };
      return { answer: { ok: false, error, created: true }, injected: true };
    }
    store.set(withState(current, stateOf(stored)));
    return { answer: accepted(created ? 201 : 200, presented(store.get(id) ?? current, store, rulesFor)) };
  }

  async function performDelete(request: Request, effect: FaultEffect | undefined): Promise<Outcome> {
    const { id, type } = request;
    const current = store.get(id);
    if (current === undefined) return { answer: { ok: true, status: 204, resource: undefined } };
    const rules = rulesFor(type);
    if (rules === undefined) return { answer: refused(notImitated(id, type)) };
    const lock = locks.take(rules.locks(id, current));
    if ("heldId" in lock) return { answer: refused(inProgress(lock.heldId)), conflict: true };
    try {
      const [error] = rules.validateDelete({ id, current, estate: store });
      if (error !== undefined) return { answer: refused(error) };
      store.set(withState(current, "Deleting"));
      await events.emit("accepted", request);
      await sleep(parts.operationMilliseconds(rules.duration.delete));
      if (effect?.kind === "failHalfway") {
        store.set(withState(store.get(id) ?? current, "Failed"));
        return {
          answer: refused({ status: 200, code: effect.code, message: effect.message ?? injectedMessage }),
          injected: true,
        };
      }
      store.remove(id);
      return { answer: accepted(200, undefined) };
    } finally {
      lock.release();
    }
  }

  return {
    get: (id) => tracked(handle("GET", id, performGet)),
    put: (id, body, query = {}) =>
      tracked(handle("PUT", id, (request, effect) => performPut(request, body, query, effect))),
    delete: (id) => tracked(handle("DELETE", id, performDelete)),
    settled: async () => {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
    setScenario: (scenario) => {
      inject = createFaultInjector(scenario);
      checks = createScenarioChecks(scenario);
    },
  };
}

const injectedMessage = "The sandbox's scenario asked for this error.";

function accepted(status: number, resource: ArmResource | undefined): ArmAnswer {
  return { ok: true, status, resource };
}

function refused(error: ArmError): ArmAnswer {
  return { ok: false, error, created: false };
}

function withState(resource: ArmResource, provisioningState: string): ArmResource {
  if (!("provisioningState" in resource.properties)) return resource;
  return { ...resource, properties: { ...resource.properties, provisioningState } };
}

function stateOf(resource: ArmResource): string {
  return typeof resource.properties.provisioningState === "string"
    ? resource.properties.provisioningState
    : "Succeeded";
}

/** Source: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found (read 2026-11-21). */
function resourceNotFound(id: string): ArmError {
  const parsed = parseArmId(id);
  const what = parsed === undefined ? id : `${parsed.type}/${parsed.names.join("/")}`;
  const where = parsed?.resourceGroup === undefined ? "" : ` under resource group '${parsed.resourceGroup}'`;
  return { status: 404, code: "ResourceNotFound", message: `The Resource '${what}'${where} was not found.` };
}

/** Source: https://github.com/Azure/azure-rest-api-specs/issues/14202 (read 2026-11-21). */
function inProgress(heldId: string): ArmError {
  const message = `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${idKey(heldId)}.`;
  return { status: 409, code: "AnotherOperationInProgress", message };
}
