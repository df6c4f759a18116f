import { parseArmId } from "../arm/arm-id.ts";
import type { ArmResource } from "../arm/contract.ts";
import type { Scenario } from "../scenario.ts";
import { type ArmAnswer, injectedError, type Outcome, refused } from "./arm-answer.ts";
import { type ArmRequest, deleteResource, getResource, type OperationContext, putResource } from "./arm-operations.ts";
import { createFaultInjector } from "./fault-injector.ts";
import { createOperationLocks } from "./operation-locks.ts";
import type { RequestEvents } from "./request-events.ts";
import type { RequestJournal } from "./request-journal.ts";
import { createScenarioChecks } from "./scenario-checks.ts";

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
export interface ArmServiceParts extends Omit<OperationContext, "locks" | "checks"> {
  readonly journal: RequestJournal;
  readonly events: RequestEvents;
  readonly scenario: Scenario;
}

type Method = "GET" | "PUT" | "DELETE";

/** Makes the part of ARM that is the same for every type: scopes, locks, long operations, faults. The rules of a type come from `rulesFor`. */
export function createArmService({
  journal,
  events,
  scenario: initialScenario,
  ...parts
}: ArmServiceParts): ArmService {
  const running = new Set<Promise<unknown>>();
  let inject = createFaultInjector(initialScenario);
  let checks = createScenarioChecks(initialScenario);
  const context: OperationContext = { ...parts, locks: createOperationLocks(), checks: () => checks };

  async function answer(
    method: Method,
    id: string,
    operate: (request: ArmRequest) => Outcome | Promise<Outcome>,
  ): Promise<ArmAnswer> {
    const type = parseArmId(id)?.type ?? "";
    const event = { method, id, type, creates: method === "PUT" && parts.store.get(id) === undefined };
    const close = journal.open({ method, id, type });
    await events.emit("received", event);
    const effect = inject(event);
    const onAccepted = (): Promise<void> => events.emit("accepted", event);
    const outcome: Outcome =
      effect?.kind === "refuse"
        ? { answer: refused(injectedError(effect)), injected: true }
        : await operate({ id, type, effect, onAccepted });
    close(outcome);
    await events.emit("completed", event);
    return outcome.answer;
  }

  function tracked(work: Promise<ArmAnswer>): Promise<ArmAnswer> {
    running.add(work);
    return work.finally(() => running.delete(work));
  }

  return {
    get: (id) => tracked(answer("GET", id, (request) => getResource(context, request))),
    put: (id, body, query = {}) => tracked(answer("PUT", id, (request) => putResource(context, request, body, query))),
    delete: (id) => tracked(answer("DELETE", id, (request) => deleteResource(context, request))),
    settled: async () => {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
    setScenario: (scenario) => {
      inject = createFaultInjector(scenario);
      checks = createScenarioChecks(scenario);
    },
  };
}
