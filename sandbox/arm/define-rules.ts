import { nameOf, parentId, resourceGroupId, typeOf } from "./arm-id.ts";
import { checkLocks } from "./check-locks.ts";
import type {
  ArmDelete,
  ArmError,
  ArmPut,
  ArmResource,
  Cascade,
  EstateView,
  OperationSeconds,
  ResourceRules,
} from "./contract.ts";
import { mapperOf } from "./mapper-names.ts";
import { checkName, type NameRule } from "./name-rule.ts";
import { isPlatformMade } from "./platform-made.ts";
import { checkReferences, type Reference } from "./references.ts";
import { badRequest, conflict, notFound } from "./refusal.ts";
import { normalizeLocation, regionNames, zonesOf } from "./regions.ts";
import { stableEtag } from "./stable.ts";
import { strings, text, type Wire } from "./wire.ts";

/** What makes one ARM type different from the others; `defineRules` adds what all have in common. */
export interface TypeDefinition {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: NameRule;
  /** "regional": a location is required and fixed; "global": the location is "global"; "none": a child without one. */
  readonly place: "regional" | "global" | "none";
  readonly references?: readonly Reference[];
  /** Refusals of a PUT that the common ones do not cover; the order is the order of reporting. */
  refusePut?(put: ArmPut): Iterable<ArmError>;
  refuseDelete?(args: ArmDelete): Iterable<ArmError>;
  /** Properties ARM fills in where the body leaves them out. */
  readonly defaults?: Wire;
  /** Properties ARM computes, whatever the body says. */
  computed?(put: ArmPut): Wire;
  /** Properties that are not stored with the resource: child lists. */
  readonly notStored?: readonly string[];
  readonly cascade?: (put: ArmPut) => Cascade;
  readonly present?: (resource: ArmResource, estate: EstateView) => ArmResource;
  readonly locks?: (id: string, body: ArmResource | undefined) => readonly string[];
  readonly replaceOn?: readonly string[];
  readonly duration: OperationSeconds;
}

/** The rules of a type: what every PUT and DELETE must pass, then the type's own. */
export function defineRules(definition: TypeDefinition): ResourceRules {
  const { type, apiVersion, cascade, present } = definition;
  const mapper = mapperOf(type);
  return {
    type,
    apiVersion,
    ...(mapper === undefined ? {} : { mapper }),
    validatePut: (put) => [...refusePut(definition, put)],
    complete: (put) => complete(definition, put),
    validateDelete: (args) => [
      ...checkLocks(args.id, args.estate, "delete"),
      ...(definition.refuseDelete?.(args) ?? []),
    ],
    ...(cascade === undefined ? {} : { cascade }),
    ...(present === undefined ? {} : { present }),
    locks: (id, body) => [id, ...(definition.locks?.(id, body) ?? [])],
    replaceOn: definition.replaceOn ?? [],
    duration: definition.duration,
  };
}

function* refusePut(definition: TypeDefinition, put: ArmPut): Generator<ArmError> {
  const errors = [...checkContainer(put), ...checkName(definition.name, put.id), ...checkPlace(definition, put)];
  yield* errors;
  // What follows reads the parent and the region, which may just have been found missing.
  if (errors.length > 0) return;
  yield* checkLocks(put.id, put.estate, "write");
  yield* checkReferences(definition.references ?? [], put);
  yield* definition.refusePut?.(put) ?? [];
}

function* checkContainer({ id, estate }: ArmPut): Generator<ArmError> {
  const group = resourceGroupId(id);
  const isGroup = group?.length === id.length;
  if (group !== undefined && !isGroup && !isThere(group, estate)) {
    yield notFound("ResourceGroupNotFound", `Resource group '${nameOf(group)}' could not be found.`);
    return;
  }
  const parent = parentId(id);
  if (parent !== undefined && !isThere(parent, estate)) {
    yield notFound(
      "ParentResourceNotFound",
      `Failed to perform 'write' on resource(s) of type '${typeOf(id).replace(/^[^/]+\//, "")}', ` +
        `because the parent resource '${parent}' could not be found.`,
    );
  }
}

function isThere(id: string, estate: EstateView): boolean {
  return estate.get(id) !== undefined || isPlatformMade(id, estate);
}

function* checkPlace({ place, type }: TypeDefinition, { id, body, previous }: ArmPut): Generator<ArmError> {
  if (place === "none") return;
  const location = text(body.location);
  if (location === undefined) {
    yield badRequest("LocationRequired", "The location property is required for this definition.");
    return;
  }
  const known = place === "global" ? ["global"] : regionNames;
  if (!known.includes(normalizeLocation(location))) {
    yield badRequest(
      "LocationNotAvailableForResourceType",
      `The provided location '${location}' is not available for resource type '${type}'. ` +
        `List of available regions for the resource type is '${known.join(",")}'.`,
    );
    return;
  }
  yield* checkMove(id, location, previous);
  const zones = strings(body.zones);
  const missing = zones.filter((zone) => !zonesOf(location)?.includes(zone));
  if (missing.length > 0) {
    yield badRequest(
      "AvailabilityZoneNotSupported",
      `The zone(s) '${missing.join(",")}' for resource '${type}/${nameOf(id)}' is not supported. ` +
        `The supported zones for location '${normalizeLocation(location)}' are '${zonesOf(location)?.join(",")}'`,
    );
  }
}

function* checkMove(id: string, location: string, previous: ArmResource | undefined): Generator<ArmError> {
  const before = previous?.location;
  if (before === undefined || normalizeLocation(before) === normalizeLocation(location)) return;
  if (resourceGroupId(id)?.length === id.length) {
    yield conflict(
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${before}'.`,
    );
    return;
  }
  yield conflict(
    "InvalidResourceLocation",
    `The resource '${nameOf(id)}' already exists in location '${before}' in resource group ` +
      `'${nameOf(resourceGroupId(id) ?? "")}'. A resource with the same name cannot be created in location '${location}'. ` +
      "Please select a new resource name.",
  );
}

function complete(definition: TypeDefinition, put: ArmPut): ArmResource {
  const { id, body } = put;
  const left = new Set(definition.notStored);
  const written = Object.fromEntries(Object.entries(body.properties ?? {}).filter(([key]) => !left.has(key)));
  const properties = {
    ...definition.defaults,
    ...written,
    provisioningState: "Succeeded",
    ...definition.computed?.(put),
  };
  const location = text(body.location);
  return {
    ...body,
    id,
    name: nameOf(id),
    type: definition.type,
    ...(location === undefined ? {} : { location: normalizeLocation(location) }),
    etag: stableEtag([id, body]),
    properties,
  };
}
