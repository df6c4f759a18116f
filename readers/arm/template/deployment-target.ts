import { PLACEHOLDER_RESOURCE_GROUP, PLACEHOLDER_SUBSCRIPTION } from "../../../model/resource-id.ts";
import { type ArmObject, type ArmValue, member } from "../arm-value.ts";
import type { DeploymentTarget } from "../expression/scope.ts";

/** Where a template is deployed to, as far as its schema tells; the rest are placeholders. */
export function deploymentTarget(template: ArmObject): DeploymentTarget {
  const schema = member(template, "$schema");
  const name = schema?.kind === "string" ? schema.value.toLowerCase() : "";
  const placeholder = (symbol: string, what: string): ArmValue => ({
    kind: "unknown",
    symbol,
    reason: `the ${what} is known only when the template is deployed`,
    place: template.place,
  });
  return {
    level: name.includes("subscriptiondeploymenttemplate")
      ? "subscription"
      : name.includes("managementgroupdeploymenttemplate")
        ? "managementGroup"
        : name.includes("tenantdeploymenttemplate")
          ? "tenant"
          : "resourceGroup",
    subscriptionId: placeholder(PLACEHOLDER_SUBSCRIPTION, "subscription"),
    resourceGroupName: placeholder(PLACEHOLDER_RESOURCE_GROUP, "resource group"),
  };
}
