import { type ArmObject, type ArmValue, member } from "../arm-value.ts";
import {
  type DeploymentTarget,
  encodeSymbol,
  type ReferencedResource,
  type Scope,
  type Session,
  type UserFunction,
  unknownValue,
} from "../expression/scope.ts";
import { copyCount, evaluateNode, withLoop } from "./evaluate-node.ts";
import { lazily } from "./lazily.ts";

/** What a template is read with. */
export interface TemplateInput {
  readonly template: ArmObject;
  /** The value that a parameters file or the deployment around gives to a parameter. */
  readonly binding: (name: string) => ArmValue | undefined;
  readonly target: DeploymentTarget;
  readonly resource: (idOrName: string) => ReferencedResource | undefined;
  readonly session: Session;
  /** Tells apart the parameters of several templates in one estate; empty where there is only one. */
  readonly origin: string;
}

/** The scope of a template: its parameters, variables and functions, each evaluated when first asked for. */
export function templateScope(input: TemplateInput): Scope {
  const { template, target, resource, session } = input;
  const scope: Scope = {
    parameter: (name) => parameters.get(name.toLowerCase())?.(),
    variable: (name) => variables.get(name.toLowerCase())?.(),
    userFunction: (name) => functions.get(name.toLowerCase()),
    copyIndex: () => undefined,
    lambdaVariables: new Map(),
    target,
    resource,
    session,
  };
  const parameters = readParameters(input, scope);
  const variables = readVariables(template, scope);
  const functions = readFunctions(template, scope);
  return scope;
}

type LazyValues = ReadonlyMap<string, () => ArmValue>;

function readParameters({ template, binding, session, origin }: TemplateInput, scope: Scope): LazyValues {
  return new Map(
    members(template, "parameters").map(([name, declared]) => {
      const unknown = (reason: string) =>
        unknownValue(
          session,
          `{parameters('${encodeSymbol(name)}')${origin === "" ? "" : ` of ${encodeSymbol(origin)}`}}`,
          reason,
          declared.place,
        );
      const compute = (): ArmValue => {
        const type = declared.kind === "object" ? member(declared, "type") : undefined;
        if (type?.kind === "string" && /^secure/i.test(type.value))
          return unknown(`parameter "${name}" is secure, so it is not read`);
        const given = binding(name);
        if (given !== undefined) return given;
        const standard = declared.kind === "object" ? member(declared, "defaultValue") : undefined;
        if (standard !== undefined) {
          const value = evaluateNode(standard, scope);
          // Each utcNow() and newGuid() gives another value, but the parameter keeps the one it was given.
          return value.kind === "unknown" && /(utcNow|newGuid)\(/i.test(value.symbol) ? unknown(value.reason) : value;
        }
        const nullable = declared.kind === "object" ? member(declared, "nullable") : undefined;
        if (nullable?.kind === "boolean" && nullable.value) return { kind: "null", place: declared.place };
        return unknown(`parameter "${name}" has no default and no value`);
      };
      return [name.toLowerCase(), lazily(compute, () => unknown(`parameter "${name}" refers to itself`))] as const;
    }),
  );
}

function readVariables(template: ArmObject, scope: Scope): LazyValues {
  const variables = new Map<string, () => ArmValue>();
  const add = (name: string, node: ArmValue, compute: () => ArmValue) => {
    const onCycle = () =>
      unknownValue(
        scope.session,
        `{variables('${encodeSymbol(name)}')}`,
        `variable "${name}" refers to itself`,
        node.place,
      );
    variables.set(name.toLowerCase(), lazily(compute, onCycle));
  };
  for (const [name, node] of members(template, "variables")) {
    if (name.toLowerCase() === "copy" && node.kind === "array") {
      for (const copy of node.items) {
        const loop = copy.kind === "object" ? member(copy, "name") : undefined;
        if (copy.kind === "object" && loop?.kind === "string")
          add(loop.value, copy, () => variableCopy(copy, loop.value, scope));
      }
    } else add(name, node, () => evaluateNode(node, scope));
  }
  return variables;
}

function variableCopy(copy: ArmObject, loop: string, scope: Scope): ArmValue {
  const count = copyCount(copy, scope);
  const input = member(copy, "input");
  if (typeof count === "string" || input === undefined) {
    const reason = typeof count === "string" ? count : 'the loop has no "input"';
    return unknownValue(scope.session, `{variables('${encodeSymbol(loop)}')}`, reason, copy.place);
  }
  const items = Array.from({ length: count }, (_, index) => evaluateNode(input, withLoop(scope, loop, index, true)));
  return { kind: "array", items, place: copy.place };
}

/** A function sees its own parameters, the other functions, and nothing else of the template. */
function readFunctions(template: ArmObject, scope: Scope): ReadonlyMap<string, UserFunction> {
  const list = member(template, "functions");
  const functions = new Map<string, UserFunction>();
  for (const group of list?.kind === "array" ? list.items : []) {
    const namespace = group.kind === "object" ? member(group, "namespace") : undefined;
    if (group.kind !== "object" || namespace?.kind !== "string") continue;
    for (const [name, declared] of members(group, "members")) {
      const output = declared.kind === "object" ? member(declared, "output") : undefined;
      const value = output?.kind === "object" ? member(output, "value") : undefined;
      if (declared.kind !== "object" || value === undefined) continue;
      const parameters = parameterNames(declared);
      const call = (values: readonly ArmValue[]) => {
        const given = new Map(parameters.map((parameter, index) => [parameter.toLowerCase(), values[index]]));
        return evaluateNode(value, {
          ...scope,
          parameter: (wanted) => given.get(wanted.toLowerCase()),
          variable: () => undefined,
        });
      };
      functions.set(`${namespace.value}.${name}`.toLowerCase(), { parameters, call });
    }
  }
  return functions;
}

function parameterNames(declared: ArmObject): readonly string[] {
  const list = member(declared, "parameters");
  return (list?.kind === "array" ? list.items : []).flatMap((item) => {
    const name = item.kind === "object" ? member(item, "name") : undefined;
    return name?.kind === "string" ? [name.value] : [];
  });
}

function members(of: ArmObject, name: string): readonly (readonly [string, ArmValue])[] {
  const found = member(of, name);
  return found?.kind === "object" ? [...found.members] : [];
}
