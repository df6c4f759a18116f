import type {
  PolicyAssignment,
  PolicyDefinition,
  PolicyExemption,
  PolicySetDefinition,
} from "../../model/estate/governance.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown, type Read, unknown } from "../../model/read.ts";
import { type ResourceId, resourceName } from "../../model/resource-id.ts";
import { type ArmValue, member } from "../../readers/arm/arm-value.ts";
import { evaluateNode } from "../../readers/arm/template/evaluate-node.ts";
import type { TenantFacts } from "../tenant-facts.ts";
import { jsonValue } from "./json-value.ts";
import { type ParsedExpressions, policyContext, policyScope } from "./policy-scope.ts";
import type { PolicyTarget } from "./policy-target.ts";

/** One definition that an assignment brings, alone or in an initiative. */
export interface AssignedPolicy {
  readonly assignment: PolicyAssignment;
  /** Which entry of the initiative it is. */
  readonly referenceId?: string;
  /** Unknown where nobody read it. */
  readonly definition: Read<PolicyDefinition>;
  /** `policyRule` of the definition. */
  readonly rule: ArmValue;
  /** What the parameters of the definition are set to. */
  readonly parameters: (target: PolicyTarget) => (name: string) => ArmValue | undefined;
}

/** Everything of Azure Policy that is known: of the input, and of the tenant. */
export interface KnownPolicies {
  readonly assigned: readonly AssignedPolicy[];
  readonly exemptions: readonly PolicyExemption[];
  readonly parsed: ParsedExpressions;
}

/** Gathers the policies of the input and of the tenant. What both have is taken once, as the tenant has it. */
export function knownPolicies(estate: Estate, tenant: TenantFacts | undefined): KnownPolicies {
  const facts = tenant?.policies;
  const definitions = byId([...estate.policyDefinitions, ...(facts?.definitions ?? [])]);
  const sets = byId([...estate.policySetDefinitions, ...(facts?.setDefinitions ?? [])]);
  const assignments = byId([...estate.policyAssignments, ...(facts?.assignments ?? [])]);
  const exemptions = byId([...estate.policyExemptions, ...(facts?.exemptions ?? [])]);
  const parsed: ParsedExpressions = new Map();
  return {
    assigned: [...assignments.values()].flatMap((assignment) => expand(assignment, definitions, sets, parsed)),
    exemptions: [...exemptions.values()],
    parsed,
  };
}

function byId<T extends { readonly id: ResourceId }>(resources: readonly T[]): ReadonlyMap<string, T> {
  return new Map(resources.map((resource) => [policyKey(resource.id), resource]));
}

/** Definitions are written with and without their version at the end. */
function policyKey(id: ResourceId): string {
  return id.toLowerCase().replace(/\/versions\/[^/]+$/, "");
}

function expand(
  assignment: PolicyAssignment,
  definitions: ReadonlyMap<string, PolicyDefinition>,
  sets: ReadonlyMap<string, PolicySetDefinition>,
  parsed: ParsedExpressions,
): readonly AssignedPolicy[] {
  const { policyDefinitionId: id } = assignment;
  const given = parametersOf(assignment.parameters);
  const set = isUnknown(id) ? undefined : sets.get(policyKey(id));
  if (set === undefined) {
    const definition = isUnknown(id) ? id : definitionOf(id, definitions);
    const parameters = withDefaults(given, definition);
    return [{ assignment, definition, rule: ruleOf(definition), parameters: () => parameters }];
  }
  const ofSet = withDefaults(given, set);
  return set.policyDefinitions.map(({ policyDefinitionId, parameters, policyDefinitionReferenceId: reference }) => {
    const definition = isUnknown(policyDefinitionId)
      ? policyDefinitionId
      : definitionOf(policyDefinitionId, definitions);
    const passed = parametersOf(parameters);
    const defaults = withDefaults(() => undefined, definition);
    return {
      assignment,
      definition,
      rule: ruleOf(definition),
      ...(typeof reference === "string" && { referenceId: reference }),
      // What an initiative passes on may be an expression of its own parameters.
      parameters: (target) => {
        const scope = policyScope(policyContext(target, ofSet, parsed));
        return (name) => evaluated(passed(name), scope) ?? defaults(name);
      },
    };
  });
}

function ruleOf(definition: Read<PolicyDefinition>): ArmValue {
  return jsonValue(isUnknown(definition) ? definition : definition.policyRule);
}

function evaluated(value: ArmValue | undefined, scope: ReturnType<typeof policyScope>): ArmValue | undefined {
  return value === undefined ? undefined : evaluateNode(value, scope);
}

function definitionOf(id: ResourceId, definitions: ReadonlyMap<string, PolicyDefinition>): Read<PolicyDefinition> {
  const what = /\/policySetDefinitions\//i.test(id) ? "initiative" : "definition";
  return definitions.get(policyKey(id)) ?? unknown(`its ${what} "${resourceName(id)}" is not among what was read`);
}

type Parameters = (name: string) => ArmValue | undefined;

/** `{ "name": { "value": … } }`. */
function parametersOf(parameters: PolicyAssignment["parameters"]): Parameters {
  const values = jsonValue(parameters);
  return (name) => {
    if (values.kind === "unknown") return values;
    const entry = values.kind === "object" ? member(values, name) : undefined;
    return entry?.kind === "object" ? member(entry, "value") : entry;
  };
}

/** `{ "name": { "defaultValue": … } }` of what declares the parameters. */
function withDefaults(given: Parameters, declares: Read<Pick<PolicyDefinition, "parameters">>): Parameters {
  const declared = isUnknown(declares) ? undefined : jsonValue(declares.parameters);
  return (name) => {
    const value = given(name);
    if (value !== undefined) return value;
    const entry = declared?.kind === "object" ? member(declared, name) : undefined;
    return entry?.kind === "object" ? member(entry, "defaultValue") : undefined;
  };
}
