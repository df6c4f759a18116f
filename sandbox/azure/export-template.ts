import { parseArmId } from "../arm/arm-id.ts";
import type { ArmResource, ResourceRules } from "../arm/contract.ts";
import type { ArmTemplate } from "./azure-estate.ts";

/**
 * Resources as an ARM template. Children stand on their own and under their full name; resource groups are left out, because a template is deployed into one.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax (read 2026-11-21).
 */
export function exportTemplate(
  resources: readonly ArmResource[],
  rulesFor: (type: string) => ResourceRules | undefined,
): ArmTemplate {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    metadata: { description: "Export of a sandbox: a make-believe Azure, no resource of this template exists" },
    resources: resources
      .filter((resource) => resource.type !== "Microsoft.Resources/resourceGroups")
      .map((resource) => templateResource(resource, rulesFor(resource.type))),
  };
}

function templateResource(resource: ArmResource, rules: ResourceRules | undefined): Record<string, unknown> {
  const { id, name, type, properties, etag: _etag, ...envelope } = resource;
  const parsed = parseArmId(id);
  return {
    type,
    apiVersion: rules?.apiVersion ?? "unknown",
    name: parsed?.names.join("/") ?? name,
    ...envelope,
    properties,
    metadata: { id },
  };
}
