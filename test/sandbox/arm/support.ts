import { isWithin, nameOf, parentId, resourceGroupId, sameId, typeOf } from "../../../sandbox/arm/arm-id.ts";
import type { ArmError, ArmPut, ArmResource, EstateView } from "../../../sandbox/arm/contract.ts";
import { rulesFor } from "../../../sandbox/arm/rules.ts";
import { validateShape } from "../../../sandbox/arm/shape.ts";

/** What a test writes: the body without the envelope. */
export interface Body {
  readonly location?: string;
  readonly properties?: object;
  readonly [extra: string]: unknown;
}

/** A small Azure in memory: no time, no locks, only the rules. */
export interface ArmBench {
  readonly estate: EstateView;
  /** Writes and returns the stored resource; throws with the first refusal. */
  put(id: string, body: Body, query?: Record<string, string>): ArmResource;
  /** Puts a resource there that no rule would let in today. */
  plant(id: string, body: Body): void;
  /** What ARM would refuse, as "Code: message". */
  refusals(id: string, body: Body): readonly string[];
  /** The first refusal's code, or "accepted". */
  verdict(id: string, body: Body): string;
  /** Deletes a resource and what lies below it; throws with the first refusal. */
  delete(id: string): void;
  deleteVerdict(id: string): string;
  /** The verdict on deleting a resource in a state that only Azure brings it to. */
  refusedDelete(current: ArmResource): string;
  /** The resource as a GET shows it. */
  get(id: string): ArmResource;
}

/** The subscription of the tests. */
export const subscription = "/subscriptions/11111111-0000-4000-8000-000000000001";
/** The resource group that every bench starts with. */
export const group = `${subscription}/resourceGroups/rg-test`;

/** The id of a Microsoft.Network resource in the tests' resource group. */
export function networkId(path: string, inGroup = group): string {
  return `${inGroup}/providers/Microsoft.Network/${path}`;
}

/** A reference to a Microsoft.Network resource of the tests' group. */
export function ref(path: string): { readonly id: string } {
  return { id: networkId(path) };
}

/** A bench with the resource group in it, and whatever `setup` writes. */
export function armBench(setup: (bench: ArmBench) => void = () => undefined): ArmBench {
  const resources = new Map<string, ArmResource>();
  const estate = viewOf(resources);
  const putOf = (id: string, body: Body, query?: Record<string, string>): ArmPut => ({
    id,
    body: { ...body, id, name: nameOf(id), type: typeOf(id), properties: { ...body.properties } },
    previous: estate.get(id),
    estate,
    ...(query === undefined ? {} : { query }),
  });
  const bench: ArmBench = {
    estate,
    put(id, body, query) {
      const put = putOf(id, body, query);
      const [first] = refusalsOf(put);
      if (first !== undefined) throw new Error(`${first.code}: ${first.message}`);
      const rules = required(rulesFor(put.body.type), put.body.type);
      const stored = rules.complete(put);
      const cascade = rules.cascade?.(put);
      resources.set(id.toLowerCase(), stored);
      for (const other of cascade?.put ?? []) resources.set(other.id.toLowerCase(), other);
      for (const other of cascade?.remove ?? []) resources.delete(other.toLowerCase());
      return stored;
    },
    plant(id, body) {
      resources.set(id.toLowerCase(), putOf(id, body).body);
    },
    refusals: (id, body) => refusalsOf(putOf(id, body)).map(({ code, message }) => `${code}: ${message}`),
    verdict: (id, body) => refusalsOf(putOf(id, body))[0]?.code ?? "accepted",
    delete(id) {
      const verdict = bench.deleteVerdict(id);
      if (verdict !== "accepted") throw new Error(verdict);
      for (const other of [...resources.values()].filter((one) => isWithin(id, one.id)))
        resources.delete(other.id.toLowerCase());
    },
    deleteVerdict(id) {
      return bench.refusedDelete(required(estate.get(id), id));
    },
    refusedDelete: (current) =>
      rulesFor(current.type)?.validateDelete({ id: current.id, current, estate })[0]?.code ?? "accepted",
    get(id) {
      const stored = required(estate.get(id), id);
      return rulesFor(stored.type)?.present?.(stored, estate) ?? stored;
    },
  };
  bench.put(group, { location: "westeurope" });
  setup(bench);
  return bench;
}

function refusalsOf(put: ArmPut): readonly ArmError[] {
  const shape = validateShape(put.body.type, put.body);
  return shape.length > 0 ? shape : required(rulesFor(put.body.type), put.body.type).validatePut(put);
}

function viewOf(resources: ReadonlyMap<string, ArmResource>): EstateView {
  const all = () => [...resources.values()];
  return {
    get: (id) => resources.get(id.toLowerCase()),
    list: (type) => all().filter((one) => sameId(one.type, type)),
    children: (id) => all().filter((one) => sameId(parentId(one.id) ?? groupOf(one.id), id)),
    referrers: (id) =>
      all().filter((one) => JSON.stringify(one.properties).toLowerCase().includes(`"${id.toLowerCase()}"`)),
  };
}

function groupOf(id: string): string | undefined {
  const found = resourceGroupId(id);
  return sameId(found, id) ? undefined : found;
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
