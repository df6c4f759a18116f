import { type ArmObject, type ArmValue, member } from "../arm-value.ts";
import { type Scope, unknownValue } from "../expression/scope.ts";
import { copyCount, evaluateNode, withLoop } from "./evaluate-node.ts";
import { expandResource } from "./expand-resource.ts";
import { lazily } from "./lazily.ts";
import { templateScope } from "./template-scope.ts";
import type { TemplateSource } from "./template-source.ts";

/** Declares every resource of a template, with the templates nested in it; gives its outputs, computed when asked. */
export function expandTemplate(given: Omit<TemplateSource, "expand">): () => ArmValue {
  const source: TemplateSource = { ...given, expand: expandTemplate };
  const { template, registry, session } = source;
  const owner = {};
  const scope = source.outer ?? templateScope({ ...source, resource: (idOrName) => registry.find(idOrName, owner) });
  const resources = member(template, "resources");
  if (resources?.kind === "array") {
    for (const node of resources.items) expandResource({ node, source, scope, owner, symbolicName: undefined });
  } else if (resources?.kind === "object") {
    for (const [symbolicName, node] of resources.members) expandResource({ node, source, scope, owner, symbolicName });
  } else if (resources !== undefined) {
    session.problems.push({
      file: resources.place.file,
      line: resources.place.line,
      message: `"resources" is of type ${resources.kind}, expected an array, or an object of symbolic names`,
    });
  }
  return lazily(
    () => readOutputs(template, scope),
    () => unknownValue(session, "{outputs}", "the outputs refer to themselves", template.place),
  );
}

/** `{ name: { type, value } }`, as `reference(deployment).outputs` shows them. */
function readOutputs(template: ArmObject, scope: Scope): ArmValue {
  const outputs = member(template, "outputs");
  const members = new Map<string, ArmValue>();
  for (const [name, declared] of outputs?.kind === "object" ? outputs.members : []) {
    if (declared.kind !== "object") continue;
    const value = outputValue(name, declared, scope);
    members.set(name, { kind: "object", members: new Map([["value", value]]), place: declared.place });
  }
  return { kind: "object", members, place: template.place };
}

function outputValue(name: string, declared: ArmObject, scope: Scope): ArmValue {
  const type = member(declared, "type");
  if (type?.kind === "string" && /^secure/i.test(type.value)) {
    return unknownValue(
      scope.session,
      `{outputs.${name}}`,
      `output "${name}" is secure, so it is not read`,
      declared.place,
    );
  }
  const copy = member(declared, "copy");
  const input = copy?.kind === "object" ? member(copy, "input") : undefined;
  if (copy?.kind !== "object" || input === undefined) {
    return evaluateNode(member(declared, "value") ?? { kind: "null", place: declared.place }, scope);
  }
  const count = copyCount(copy, scope);
  if (typeof count === "string") return unknownValue(scope.session, `{outputs.${name}}`, count, copy.place);
  const items = Array.from({ length: count }, (_, index) => evaluateNode(input, withLoop(scope, name, index, true)));
  return { kind: "array", items, place: copy.place };
}
