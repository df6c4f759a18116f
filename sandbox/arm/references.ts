import { sameId, subscriptionOf, typeOf } from "./arm-id.ts";
import type { ArmError, ArmPut, ArmResource, EstateView } from "./contract.ts";
import { badRequest } from "./refusal.ts";
import { normalizeLocation } from "./regions.ts";
import { record, text } from "./wire.ts";

/** Where a type's body names another resource, and what ARM asks of that resource. */
export interface Reference {
  /** Wire path to the id; `[]` walks a list: "properties.ipConfigurations[].properties.subnet.id". */
  readonly path: string;
  readonly type: string;
  /** The resource must live in the region of the one that names it. */
  readonly sameRegion?: boolean;
  /** The resource must live in the subscription of the one that names it. */
  readonly sameSubscription?: boolean;
}

/** Checks every reference of a body: well formed, of the right type, existing, in place, and done provisioning. */
export function* checkReferences(
  references: readonly Reference[],
  put: ArmPut,
  location?: string,
): Generator<ArmError> {
  for (const reference of references) {
    for (const { id, path } of idsAt(put.body, reference.path)) {
      yield* checkReference(reference, { id, path, from: put.id, location: location ?? put.body.location }, put.estate);
    }
  }
}

/** One reference: which id, where it stands, and who makes it from which region. */
export interface Mention {
  readonly id: string;
  readonly path: string;
  readonly from: string;
  readonly location: string | undefined;
}

/** Checks one reference, for bodies that are nested in another. */
export function* checkReference(reference: Reference, mention: Mention, estate: EstateView): Generator<ArmError> {
  const { id, path, from } = mention;
  if (typeOf(id).toLowerCase() !== reference.type.toLowerCase()) {
    const expected = reference.type.slice(reference.type.lastIndexOf("/") + 1);
    yield badRequest(
      "InvalidRequestFormat",
      `Cannot parse the request. Reference Id ${id} is not formatted correctly. ` +
        `The Id is expected to reference resources of type ${expected}. Path ${path}.`,
    );
    return;
  }
  const found = estate.get(id);
  if (found === undefined || !isInPlace(reference, found, mention)) {
    yield badRequest(
      "InvalidResourceReference",
      `Resource ${id} referenced by resource ${from} was not found. ` +
        "Please make sure that the referenced resource exists, and that both resources are in the same region.",
    );
    return;
  }
  if (reference.sameSubscription && subscriptionOf(id) !== subscriptionOf(from)) {
    yield badRequest(
      "ReferencedResourceInDifferentSubscription",
      `Resource ${id} referenced by resource ${from} is in another subscription. Both must be in the same subscription.`,
    );
  }
  yield* checkProvisioned(found, from);
}

/** ARM does not build on a resource that has failed, or that is being written. */
function* checkProvisioned(found: ArmResource, from: string): Generator<ArmError> {
  const state = text(found.properties.provisioningState) ?? "Succeeded";
  if (state === "Succeeded") return;
  const message =
    `Cannot proceed with operation because resource ${found.id} used by resource ${from} is not in Succeeded state. ` +
    `Resource is in ${state} state.`;
  yield { status: state === "Failed" ? 400 : 429, code: "ReferencedResourceNotProvisioned", message };
}

function isInPlace(reference: Reference, found: ArmResource, { location }: Mention): boolean {
  if (!reference.sameRegion || location === undefined || found.location === undefined) return true;
  return normalizeLocation(found.location) === normalizeLocation(location);
}

/** The ids a body holds at a wire path, each with the path it stands at. */
export function idsAt(body: unknown, path: string): readonly { readonly id: string; readonly path: string }[] {
  return walk(body, path.split("."), "");
}

function walk(value: unknown, steps: readonly string[], at: string): readonly { id: string; path: string }[] {
  const [step, ...rest] = steps;
  if (step === undefined) return typeof value === "string" && value !== "" ? [{ id: value, path: at }] : [];
  const isList = step.endsWith("[]");
  const key = isList ? step.slice(0, -2) : step;
  const next = record(value)[key];
  const where = at === "" ? key : `${at}.${key}`;
  if (!isList) return walk(next, rest, where);
  return Array.isArray(next) ? next.flatMap((entry, index) => walk(entry, rest, `${where}[${index}]`)) : [];
}

/** Resources of the given types that refer to this id. */
export function usersOf(estate: EstateView, id: string, ...types: readonly string[]): readonly ArmResource[] {
  return estate
    .referrers(id)
    .filter((user) => !sameId(user.id, id) && types.some((type) => type.toLowerCase() === user.type.toLowerCase()));
}
