import { replication, waitUntil } from "../graph/wait-until.ts";
import { isMap, type PropertyMap, type PropertyValue, sameValue, unknown } from "../protocol/property-values.ts";
import type {
  ChangeRequest,
  CheckRequest,
  OperationContext,
  ResourceState,
  ResourceType,
} from "../protocol/resource-type.ts";
import { type InputRules, inputFailures } from "./check-inputs.ts";
import { diffInputs } from "./diff-inputs.ts";
import { picked, textOf } from "./picked.ts";
import { withoutMarks } from "./without-marks.ts";

/** An object of `virtualEndpoint` that is assigned to groups. */
export interface AssignedObject {
  readonly token: string;
  /** Where Graph has the collection. */
  readonly path: string;
  /** With "#microsoft.graph." in front. */
  readonly odataType: string;
  /** Inputs, besides `groupIds`. They are named as Graph names them. */
  readonly rules: InputRules;
  /** What nested inputs are made of. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
  /** Inputs whose change makes another object. */
  readonly replaces: readonly string[];
  /** What the inputs are when the program leaves them out, as Graph's page says, so that a refresh does not take them for changes. */
  readonly defaults: PropertyMap;
  /** What is wrong with inputs seen together, by input. @default - nothing */
  readonly together?: (inputs: PropertyMap) => readonly { readonly property: string; readonly reason: string }[];
}

/** Graph marks what it returns with properties of its own. */
const assignmentTarget = "microsoft.graph.cloudPcManagementGroupAssignmentTarget";

/** The resource type of such an object: its properties by POST and PATCH, its groups by `assign`, which replaces them all. */
export function assignedResource(object: AssignedObject): ResourceType {
  const { token, replaces } = object;
  return {
    token,
    check: (request) => check(object, request),
    diff: ({ oldInputs, inputs }) =>
      diffInputs(withDefaults(object, oldInputs), withDefaults(object, inputs), { replaces }),
    preview: (inputs) => ({ ...object.defaults, ...inputs }),
    create: (inputs, context) => create(object, inputs, context),
    update: (request, context) => update(object, request, context),
    read: (id, old, context) => read(object, id, old?.inputs, context),
    delete: (id, _, context) => remove(object, id, context),
  };
}

async function check({ rules, together }: AssignedObject, { news }: CheckRequest) {
  const failures = [...inputFailures(news, rules), ...(together?.(news) ?? [])];
  return { inputs: news, failures };
}

async function create(object: AssignedObject, inputs: PropertyMap, context: OperationContext) {
  const graph = context.graph();
  const { path, odataType } = object;
  const made = await graph.post(path, { "@odata.type": odataType, ...bodyOf(inputs) });
  const id = textOf(made, "id");
  const outputs = { ...object.defaults, ...inputs };
  const groupIds = groupsOf(inputs);
  if (groupIds.length > 0) {
    // The object exists from here on. Without its groups it is of no use, and left alone it would be forgotten.
    await assign(object, id, groupIds, context).catch(async (error: unknown) => {
      await graph.delete(`${path}/${id}`);
      throw error;
    });
  }
  return { id, outputs };
}

async function update(object: AssignedObject, { id, inputs, oldInputs }: ChangeRequest, context: OperationContext) {
  const { path, odataType, defaults } = object;
  const changed = diffInputs(oldInputs, inputs)
    .map(({ property }) => property)
    .filter((property) => property !== "groupIds");
  if (changed.length > 0) {
    const patch = changed.map((name): [string, PropertyValue] => [name, inputs[name] ?? defaults[name] ?? null]);
    await context.graph().patch(`${path}/${id}`, { "@odata.type": odataType, ...Object.fromEntries(patch) });
  }
  if (!sameValue([...groupsOf(oldInputs)].sort(), [...groupsOf(inputs)].sort())) {
    await assign(object, id, groupsOf(inputs), context);
  }
  return { ...defaults, ...inputs };
}

async function read(
  object: AssignedObject,
  id: string,
  old: PropertyMap | undefined,
  context: OperationContext,
): Promise<ResourceState | undefined> {
  const found = await context.graph().get(`${object.path}/${id}`, "$expand=assignments");
  if (found === undefined) return undefined;
  const groupIds = (Array.isArray(found.assignments) ? found.assignments.filter(isMap) : []).flatMap(({ target }) =>
    isMap(target) && typeof target.groupId === "string" ? [target.groupId] : [],
  );
  const own = groupsOf(old ?? {});
  const same = sameValue([...groupIds].sort(), [...own].sort());
  const current = {
    ...ownParts(object, withoutMarks(picked(found, Object.keys(object.rules)))),
    groupIds: same ? own : groupIds,
  };
  // What the program leaves out stays out as long as Graph has its default.
  const inputs = Object.entries(current).filter(
    ([name, value]) =>
      old?.[name] !== undefined || !sameValue(value, object.defaults[name] ?? (name === "groupIds" ? [] : undefined)),
  );
  return { id, inputs: Object.fromEntries(inputs), outputs: { ...object.defaults, ...current } };
}

/** "You can't delete a policy that's in use": its groups go first. */
async function remove(object: AssignedObject, id: string, context: OperationContext): Promise<void> {
  const graph = context.graph();
  const found = await graph.get(`${object.path}/${id}`, "$expand=assignments");
  if (found === undefined) return;
  if (Array.isArray(found.assignments) && found.assignments.length > 0) await assign(object, id, [], context);
  await graph.delete(`${object.path}/${id}`);
}

/** Graph may not know a new object everywhere at once. */
async function assign(
  { path }: AssignedObject,
  id: string,
  groupIds: readonly string[],
  { graph, signal }: OperationContext,
) {
  const client = graph();
  const visible = await waitUntil(() => client.get(`${path}/${id}`, "$select=id"), { ...replication, signal });
  if (visible === undefined) throw new Error(`"${id}" cannot be read after it was made, so no groups are assigned`);
  const assignments = groupIds.map((groupId) => ({ target: { "@odata.type": assignmentTarget, groupId } }));
  await client.post(`${path}/${id}/assign`, { assignments });
}

function bodyOf({ groupIds: _, ...body }: PropertyMap): PropertyMap {
  return body;
}

function groupsOf({ groupIds }: PropertyMap): readonly string[] {
  return Array.isArray(groupIds) ? groupIds.filter((id): id is string => typeof id === "string" && id !== unknown) : [];
}

function withDefaults({ defaults }: AssignedObject, inputs: PropertyMap): PropertyMap {
  return { ...defaults, groupIds: [], ...inputs };
}

/** Only the parts of a nested object that are inputs: Graph adds some of its own. */
function ownParts({ parts }: AssignedObject, values: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const names = parts[name];
      const own = (item: PropertyValue) => (names !== undefined && isMap(item) ? picked(item, names) : item);
      return [name, Array.isArray(value) ? value.map(own) : own(value)];
    }),
  );
}
