import type { Problem } from "../problem.ts";
import { classifyDocument, graphTypeOf, isGraphConnection } from "./arm-document.ts";
import type { ArmResource } from "./arm-resource.ts";
import { type ArmObject, type ArmValue, member } from "./arm-value.ts";
import { newSession, type Session } from "./expression/scope.ts";
import { composeId, typeAndName } from "./id-text.ts";
import { parseJson } from "./parse-json.ts";
import { signOfPartialAnswer } from "./partial-answer.ts";
import { deploymentTarget } from "./template/deployment-target.ts";
import { expandTemplate } from "./template/expand-template.ts";
import { Registry } from "./template/registry.ts";

/** A file of the input: its name as the user gave it, and what it holds. */
export interface ArmFile {
  readonly name: string;
  readonly text: string;
}

/** The resources of all files together, or every problem that stands in the way. */
export type ArmReading =
  | {
      readonly ok: true;
      readonly resources: readonly ArmResource[];
      /** Windows 365 connections, in Graph's form. */
      readonly connections: readonly ArmObject[];
      /** What had to be taken as given. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads ARM JSON in all its forms to plain resources. Knows expressions and ids, but nothing about networks. */
export function readArm(files: readonly ArmFile[]): ArmReading {
  const session = newSession();
  const { problems } = session;
  const templates: { readonly file: string; readonly template: ArmObject }[] = [];
  const parameterFiles: { readonly file: string; readonly parameters: ArmObject }[] = [];
  const plain: ArmObject[] = [];
  for (const file of files) {
    const parsed = parseJson(file.text, file.name);
    if ("problem" in parsed) {
      problems.push(parsed.problem);
      continue;
    }
    const document = classifyDocument(parsed.value);
    if (document.kind === "template") templates.push({ file: file.name, template: document.template });
    else if (document.kind === "parameters") parameterFiles.push({ file: file.name, parameters: document.parameters });
    else if (document.kind === "resources") {
      plain.push(...document.resources);
      const sign = signOfPartialAnswer(parsed.value);
      if (sign !== undefined)
        session.notes.push(
          `${file.name} is only a part of an answer (${sign}): the rest is taken to hold nothing that matters`,
        );
    } else problems.push({ file: file.name, line: document.place.line, message: document.message });
  }
  const registry = new Registry();
  for (const { file, template } of templates) {
    const origin = templates.length > 1 ? file : "";
    expandTemplate({
      template,
      binding: bindParameters(file, parameterFiles, problems),
      target: deploymentTarget(template),
      condition: () => true,
      session,
      registry,
      origin,
    });
  }
  const connections = plain.filter(isGraphConnection);
  const resources = [
    ...registry.resources(),
    ...plain.filter((object) => !connections.includes(object)).flatMap((object) => plainResource(object, session)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, resources, connections, notes: session.notes };
}

/**
 * Parameters files bind by name. `main.parameters.json` belongs to `main.json` when that is among the files; any other
 * parameters file belongs to every template.
 */
function bindParameters(
  file: string,
  parameterFiles: readonly { readonly file: string; readonly parameters: ArmObject }[],
  problems: Problem[],
): (name: string) => ArmValue | undefined {
  const stem = file.replace(/\.json$/i, "").toLowerCase();
  const ours = parameterFiles.filter((candidate) => candidate.file.toLowerCase() === `${stem}.parameters.json`);
  const values = new Map<string, ArmValue>();
  for (const { parameters } of ours.length > 0 ? ours : parameterFiles) {
    const given = member(parameters, "parameters");
    for (const [name, entry] of given?.kind === "object" ? given.members : []) {
      const earlier = values.get(name.toLowerCase());
      if (earlier !== undefined) {
        const { file: other, line } = earlier.place;
        const message = `parameter "${name}" is given a value here and in ${other}:${line}; keep one of them`;
        problems.push({ file: entry.place.file, line: entry.place.line, message });
      }
      values.set(name.toLowerCase(), parameterValue(name, entry));
    }
  }
  return (name) => values.get(name.toLowerCase());
}

function parameterValue(name: string, entry: ArmValue): ArmValue {
  const value = entry.kind === "object" ? member(entry, "value") : undefined;
  if (value !== undefined) return value;
  const reason = `parameter "${name}" has no value in the parameters file`;
  return { kind: "unknown", symbol: `{parameters('${name}')}`, reason, place: entry.place };
}

/** A resource as REST, the Azure CLI or Resource Graph print it: nothing in it is an expression. */
export function plainResource(body: ArmObject, session: Pick<Session, "problems">): ArmResource[] {
  const { place } = body;
  const [id, type, name] = ["id", "type", "name"].map((key) => {
    const value = member(body, key);
    return value?.kind === "string" ? value.value : undefined;
  });
  const graphType = graphTypeOf(body);
  if (id !== undefined && graphType !== undefined) return [{ type: graphType, name: id, id, body, place }];
  const fromId = id === undefined ? undefined : typeAndName(id);
  if (fromId !== undefined && id !== undefined) return [{ ...fromId, id, body, place }];
  // A subscription, or something that is no ARM resource at all, may stand in the same answer.
  if (id !== undefined && type !== undefined) return [{ type, name: name ?? id, id, body, place }];
  const composed =
    type === undefined || name === undefined
      ? undefined
      : composeId("/subscriptions/{subscription}/resourceGroups/{resource-group}", type, name);
  if (composed !== undefined && type !== undefined && name !== undefined)
    return [{ type, name, id: composed, body, place }];
  const message =
    id === undefined
      ? `type "${type}" and name "${name}" do not belong together; a child is named "parent/child"`
      : `"${id}" is not a resource id such as "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…"`;
  session.problems.push({ file: place.file, line: place.line, message });
  return [];
}
