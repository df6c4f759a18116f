import { type PropertyMap, secret } from "../../../provider/protocol/property-values.ts";

const subscription = "/subscriptions/5a9db0c0-0000-4000-8000-000000000001";

/** Ids with letters in both cases, as a program writes them. */
export const resourceGroupId = `${subscription}/resourceGroups/rg-CloudPc`;
export const virtualNetworkId = `${resourceGroupId}/providers/Microsoft.Network/virtualNetworks/vnet-EMEA`;
export const subnetId = `${virtualNetworkId}/subnets/snet-CloudPc`;
export const subscriptionId = "5a9db0c0-0000-4000-8000-000000000001";

/** Inputs of a connection with Entra join. */
export const entraInputs: PropertyMap = {
  displayName: "anc-emea",
  connectionType: "azureADJoin",
  resourceGroupId,
  subnetId,
};

/** A password that nobody else has, to be looked for. */
export const password = "Tr0ub4dor&3-first";

/** Inputs of a connection with hybrid join. */
export function hybridInputs(adDomainPassword: string = password): PropertyMap {
  return {
    ...entraInputs,
    connectionType: "hybridAzureADJoin",
    adDomainName: "corp.contoso.com",
    adDomainUsername: "join@corp.contoso.com",
    adDomainPassword: secret(adDomainPassword),
    organizationalUnit: "OU=Cloud PCs,DC=corp,DC=contoso,DC=com",
  };
}
