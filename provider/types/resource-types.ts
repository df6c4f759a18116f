import type { ResourceType } from "../protocol/resource-type.ts";
import { authenticationMethodFido2 } from "./authentication-method-fido2.ts";
import { azureNetworkConnection } from "./azure-network-connection.ts";
import { azureNetworkConnectionHealth } from "./azure-network-connection-health.ts";
import { cloudPcProvisioningPolicy } from "./cloud-pc-provisioning-policy.ts";
import { cloudPcUserSetting } from "./cloud-pc-user-setting.ts";
import { createPasswordVault } from "./password-vault.ts";
import { remoteDesktopSecurityConfiguration } from "./remote-desktop-security-configuration.ts";

/** Every type of resource that the provider has. */
export function resourceTypes(): readonly ResourceType[] {
  return [
    authenticationMethodFido2,
    azureNetworkConnection(createPasswordVault()),
    azureNetworkConnectionHealth,
    cloudPcProvisioningPolicy,
    cloudPcUserSetting,
    remoteDesktopSecurityConfiguration,
  ];
}
