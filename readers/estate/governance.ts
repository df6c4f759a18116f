import type {
  Lock,
  PolicyAssignment,
  PolicyDefinition,
  PolicyExemption,
  PolicySetDefinition,
  RoleAssignment,
} from "../../model/estate/governance.ts";
import type { Reference } from "../../model/estate/resource.ts";
import { type Read, unknown } from "../../model/read.ts";
import { plainOf } from "../arm/arm-value.ts";
import { scopeOfExtension } from "../arm/id-text.ts";
import { defined, type Fields } from "./fields.ts";
import { placeOf, unknownOf } from "./read-value.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet, Source } from "./resource-set.ts";

/** Role assignments. */
export function readRoleAssignments(set: ResourceSet): readonly RoleAssignment[] {
  return set.of("Microsoft.Authorization/roleAssignments").map((source) => {
    const { fields } = source;
    return {
      ...resourceOf(source),
      scope: readScope(source),
      principalId: fields.required(fields.text("principalId"), "principalId"),
      ...defined({ principalType: fields.text("principalType") }),
      roleDefinitionId: fields.required(fields.reference("roleDefinitionId"), "roleDefinitionId"),
    };
  });
}

/** Locks. */
export function readLocks(set: ResourceSet): readonly Lock[] {
  return set.of("Microsoft.Authorization/locks").map((source) => ({
    ...resourceOf(source),
    scope: readScope(source),
    level: source.fields.required(source.fields.oneOf("level", ["CanNotDelete", "ReadOnly"]), "level"),
  }));
}

/** Policy assignments. */
export function readPolicyAssignments(set: ResourceSet): readonly PolicyAssignment[] {
  return set.of("Microsoft.Authorization/policyAssignments").map((source) => {
    const { fields } = source;
    return {
      ...resourceOf(source),
      scope: readScope(source),
      notScopes: fields.references("notScopes"),
      policyDefinitionId: fields.required(fields.reference("policyDefinitionId"), "policyDefinitionId"),
      parameters: readJson(fields, "parameters"),
      ...defined({ enforcementMode: source.condition ?? fields.oneOf("enforcementMode", ["Default", "DoNotEnforce"]) }),
      ...readSelectors(fields),
    };
  });
}

/** Policy definitions, with their rule as JSON. */
export function readPolicyDefinitions(set: ResourceSet): readonly PolicyDefinition[] {
  return set.of("Microsoft.Authorization/policyDefinitions").map((source) => ({
    ...resourceOf(source),
    policyRule: readJson(source.fields, "policyRule"),
    parameters: readJson(source.fields, "parameters"),
    ...defined({ mode: source.fields.text("mode") }),
  }));
}

/** Policy initiatives. */
export function readPolicySetDefinitions(set: ResourceSet): readonly PolicySetDefinition[] {
  return set.of("Microsoft.Authorization/policySetDefinitions").map((source) => ({
    ...resourceOf(source),
    policyDefinitions: source.fields.objects("policyDefinitions").map((entry) => ({
      policyDefinitionId: entry.required(entry.reference("policyDefinitionId"), "policyDefinitionId"),
      parameters: readJson(entry, "parameters"),
      ...defined({ policyDefinitionReferenceId: entry.text("policyDefinitionReferenceId") }),
    })),
    parameters: readJson(source.fields, "parameters"),
  }));
}

/** Exemptions from policies. */
export function readPolicyExemptions(set: ResourceSet): readonly PolicyExemption[] {
  return set.of("Microsoft.Authorization/policyExemptions").map((source) => {
    const { fields } = source;
    return {
      ...resourceOf(source),
      scope: readScope(source),
      policyAssignmentId: fields.required(fields.reference("policyAssignmentId"), "policyAssignmentId"),
      policyDefinitionReferenceIds: fields.texts("policyDefinitionReferenceIds"),
      ...defined({ expiresOn: fields.text("expiresOn") }),
      ...readSelectors(fields),
    };
  });
}

/** Fields that make an assignment or an exemption hold for some resources only, or in another way. */
function readSelectors(fields: Fields): Pick<PolicyAssignment, "selectedBy"> {
  const set = ["overrides", "resourceSelectors"].filter((name) => {
    const value = fields.value(name);
    return value !== undefined && !(value.kind === "array" && value.items.length === 0);
  });
  return set.length === 0 ? {} : { selectedBy: set };
}

/** What an extension resource applies to: it says so, or its id does. */
export function readScope({ id, fields }: Source): Reference {
  const scope = fields.value("scope") === undefined ? undefined : fields.reference("scope");
  return scope ?? scopeOfExtension(id);
}

/** JSON that a rule of the model reads for itself. */
function readJson(fields: Fields, name: string): Read<Readonly<Record<string, unknown>>> {
  const value = fields.value(name);
  if (value === undefined) return {};
  if (value.kind !== "object")
    return value.kind === "unknown"
      ? unknownOf(value)
      : fields.refused(`${name} is of type ${value.kind}, expected an object`);
  const plain = plainOf(value);
  if (!("plain" in plain)) return unknownOf(plain);
  return isRecord(plain.plain) ? plain.plain : unknown(`${name} is no object`, placeOf(value.place));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
