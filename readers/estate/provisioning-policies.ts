import type { ProvisioningPolicy } from "../../model/estate/provisioning.ts";
import { isUnknown } from "../../model/read.ts";
import { graphProvisioningPolicyType } from "../arm/arm-document.ts";
import { defined } from "./fields.ts";
import { resourceOf } from "./resource-of.ts";
import type { ResourceSet } from "./resource-set.ts";

/** The type token of the provider for Microsoft Graph; its resource has Graph's own fields. */
const providerType = "windows365:index:CloudPcProvisioningPolicy";

/** Provisioning policies, as Graph gives them and as a program registers them. */
export function readProvisioningPolicies(set: ResourceSet): readonly ProvisioningPolicy[] {
  return [...set.of(graphProvisioningPolicyType), ...set.of(providerType)].map((source) => {
    const { fields } = source;
    const displayName = fields.text("displayName");
    return {
      ...resourceOf(source),
      name: displayName === undefined || isUnknown(displayName) ? source.name : displayName,
      domainJoinConfigurations: fields.objects("domainJoinConfigurations").map((configuration) =>
        defined({
          domainJoinType: configuration.oneOf("domainJoinType", ["azureADJoin", "hybridAzureADJoin"]),
          onPremisesConnectionId: configuration.text("onPremisesConnectionId"),
        }),
      ),
    };
  });
}
