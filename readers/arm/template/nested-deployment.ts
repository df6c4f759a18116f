import { type ArmObject, type ArmUnknown, type ArmValue, member } from "../arm-value.ts";
import type { DeploymentTarget, Scope } from "../expression/scope.ts";
import { deploymentTarget } from "./deployment-target.ts";
import { evaluateNode } from "./evaluate-node.ts";
import type { TemplateSource } from "./template-source.ts";

/**
 * Reads the template of a `Microsoft.Resources/deployments` resource in place and gives its outputs; undefined for a
 * linked template, which is not in the file.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates (read 2026-11-21).
 */
export function nestedDeployment(deployment: {
  readonly node: ArmObject;
  readonly scope: Scope;
  readonly source: TemplateSource;
  readonly condition: () => boolean | ArmUnknown;
}): (() => ArmValue) | undefined {
  const { node, scope, source, condition } = deployment;
  const properties = member(node, "properties");
  const template = properties?.kind === "object" ? member(properties, "template") : undefined;
  if (properties?.kind !== "object" || template?.kind !== "object") {
    const { path, file, line } = node.place;
    source.session.notes.push(
      `${path} of ${file}:${line}: the template of this deployment is not in the file, so it was not read`,
    );
    return undefined;
  }
  const isInner = evaluatesInside(properties);
  const parameters = member(properties, "parameters");
  return source.expand({
    ...source,
    template,
    condition,
    target: nestedTarget(node, template, scope, source.target),
    binding: (name) => (parameters?.kind === "object" ? parameterValue(parameters, name, scope) : undefined),
    outer: isInner ? undefined : scope,
  });
}

/** `expressionEvaluationOptions.scope`; ARM's default is the outer template. */
function evaluatesInside(properties: ArmObject): boolean {
  const options = member(properties, "expressionEvaluationOptions");
  const scope = options?.kind === "object" ? member(options, "scope") : undefined;
  return scope?.kind === "string" && scope.value.toLowerCase() === "inner";
}

function parameterValue(parameters: ArmObject, name: string, scope: Scope): ArmValue | undefined {
  const given = member(parameters, name);
  const value = given?.kind === "object" ? member(given, "value") : undefined;
  if (given?.kind !== "object") return given === undefined ? undefined : evaluateNode(given, scope);
  if (value !== undefined) return evaluateNode(value, scope);
  return {
    kind: "unknown",
    symbol: `{parameters('${name}')}`,
    reason: `parameter "${name}" comes from a key vault`,
    place: given.place,
  };
}

function nestedTarget(node: ArmObject, template: ArmObject, scope: Scope, around: DeploymentTarget): DeploymentTarget {
  const subscription = member(node, "subscriptionId");
  const group = member(node, "resourceGroup");
  const own = deploymentTarget(template);
  return {
    level: group === undefined ? (own.level === "resourceGroup" ? around.level : own.level) : "resourceGroup",
    subscriptionId: subscription === undefined ? around.subscriptionId : evaluateNode(subscription, scope),
    resourceGroupName: group === undefined ? around.resourceGroupName : evaluateNode(group, scope),
  };
}
