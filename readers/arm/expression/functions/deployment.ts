import type { ArmObject, ArmValue } from "../../arm-value.ts";
import { type Call, type FunctionTable, lenient, strict } from "../call.ts";
import { composeText } from "./compose-text.ts";

/**
 * What a template is given and where it is deployed to:
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment,
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-scope (read 2026-11-21).
 */
export const deploymentFunctions: FunctionTable = new Map([
  [
    "parameters",
    strict(
      1,
      1,
      (call) =>
        call.scope.parameter(call.string(0)) ??
        call.fail(`the template has no parameter ${JSON.stringify(call.string(0))}`),
    ),
  ],
  [
    "variables",
    strict(
      1,
      1,
      (call) =>
        call.scope.variable(call.string(0)) ??
        call.fail(`the template has no variable ${JSON.stringify(call.string(0))}`),
    ),
  ],
  ["subscription", lenient(0, 0, subscription)],
  ["resourcegroup", lenient(0, 0, resourceGroup)],
  ["tenant", lenient(0, 0, (call) => onlyAtDeployment(call, "tenant()"))],
  ["managementgroup", lenient(0, 0, (call) => onlyAtDeployment(call, "managementGroup()"))],
  ["deployment", lenient(0, 0, (call) => onlyAtDeployment(call, "deployment()"))],
  ["deployer", lenient(0, 0, (call) => onlyAtDeployment(call, "deployer()"))],
  ["environment", lenient(0, 0, (call) => onlyAtDeployment(call, "environment()"))],
]);

function subscription(call: Call): ArmValue {
  const { subscriptionId } = call.scope.target;
  return onlyAtDeployment(call, "subscription()", [
    ["id", composeText(call, ["/subscriptions/", subscriptionId])],
    ["subscriptionId", subscriptionId],
  ]);
}

function resourceGroup(call: Call): ArmValue {
  const { subscriptionId, resourceGroupName } = call.scope.target;
  return onlyAtDeployment(call, "resourceGroup()", [
    ["id", composeText(call, ["/subscriptions/", subscriptionId, "/resourceGroups/", resourceGroupName])],
    ["name", resourceGroupName],
    ["type", { kind: "string", value: "Microsoft.Resources/resourceGroups", place: call.place }],
  ]);
}

/** An object of which only some members can be told from the input. */
function onlyAtDeployment(
  call: Call,
  symbol: string,
  members: readonly (readonly [string, ArmValue])[] = [],
): ArmObject {
  return {
    ...call.record(members),
    partial: { reason: `${symbol} is known only when the template is deployed`, symbol },
  };
}
