import { z } from "zod";
import { type PropertyMap, plain, sameValue } from "../protocol/property-values.ts";
import { assignedResource } from "./assigned-resource.ts";

const joinConfiguration = z
  .strictObject({
    domainJoinType: z.enum(["azureADJoin", "hybridAzureADJoin"]),
    onPremisesConnectionId: z.string().min(1).optional(),
    regionName: z.string().min(1).optional(),
  })
  .refine(
    ({ onPremisesConnectionId, regionName }) => (onPremisesConnectionId === undefined) !== (regionName === undefined),
    {
      error: "takes either an onPremisesConnectionId or, for Microsoft's hosted network, a regionName",
    },
  )
  .refine(
    ({ domainJoinType, onPremisesConnectionId }) =>
      domainJoinType === "azureADJoin" || onPremisesConnectionId !== undefined,
    {
      error: 'with domainJoinType "hybridAzureADJoin" takes an onPremisesConnectionId',
    },
  );

/**
 * Provisioning policies, with the connections that Cloud PCs are tried on, in the order of their priority, and the groups.
 * https://learn.microsoft.com/graph/api/resources/cloudpcprovisioningpolicy (v1.0, read 2026-11-21)
 */
export const cloudPcProvisioningPolicy = assignedResource({
  token: "windows365:index:CloudPcProvisioningPolicy",
  path: "/deviceManagement/virtualEndpoint/provisioningPolicies",
  odataType: "#microsoft.graph.cloudPcProvisioningPolicy",
  rules: {
    displayName: { schema: z.string().min(1), required: true },
    description: { schema: z.string() },
    provisioningType: { schema: z.enum(["dedicated", "shared"]) },
    imageType: { schema: z.enum(["gallery", "custom"]) },
    imageId: { schema: z.string().min(1), required: true },
    imageDisplayName: { schema: z.string().min(1) },
    enableSingleSignOn: { schema: z.boolean() },
    cloudPcNamingTemplate: { schema: z.string().min(1) },
    windowsSetting: {
      schema: z.strictObject({ locale: z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'must be of the form "en-US"') }),
    },
    domainJoinConfigurations: { schema: z.array(joinConfiguration).min(1), required: true },
    groupIds: { schema: z.array(z.string().min(1)) },
  },
  parts: {
    domainJoinConfigurations: ["domainJoinType", "onPremisesConnectionId", "regionName"],
    windowsSetting: ["locale"],
  },
  replaces: ["provisioningType"],
  defaults: { provisioningType: "dedicated", imageType: "gallery", enableSingleSignOn: false },
  together: (inputs) => sharedGroups(inputs),
});

/** An assignment of a shared policy names a service plan and a number besides the group, which this resource does not have. */
function sharedGroups(inputs: PropertyMap): readonly { readonly property: string; readonly reason: string }[] {
  const isShared = inputs.provisioningType === "shared";
  const hasGroups = inputs.groupIds !== undefined && !sameValue(plain(inputs.groupIds), []);
  return isShared && hasGroups
    ? [{ property: "groupIds", reason: 'are for provisioningType "dedicated"; assign a shared policy in Intune' }]
    : [];
}
