import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { conditionalAccessTargets } from "../catalogue/conditional-access.ts";
import { RemoteDesktopSecurityConfiguration } from "../provider/resources/remote-desktop-security-configuration.ts";

/** Arguments of `SingleSignOn`. */
export interface SingleSignOnArgs {
  /** Groups of devices whose users are not asked for consent; at most ten. */
  readonly targetDeviceGroups: readonly { readonly id: string; readonly displayName: string }[];
}

/**
 * Sign-in to Cloud PCs with Microsoft Entra ID, switched on at the applications of Microsoft's that take part in it. Their service
 * principals are in every tenant that has Windows 365; they are looked up by application id and never made.
 *
 * Cost to run: none.
 */
export class SingleSignOn extends pulumi.ComponentResource {
  /** The switches; whatever makes Cloud PCs waits for them. */
  readonly switches: readonly pulumi.Resource[];

  constructor(name: string, { targetDeviceGroups }: SingleSignOnArgs, opts?: pulumi.ComponentResourceOptions) {
    super("w365:network:SingleSignOn", name, {}, opts);
    const parent = { parent: this };
    this.switches = conditionalAccessTargets()
      .filter(({ when }) => when === "singleSignOn")
      .map(({ application: { id, applicationId } }) => {
        const principal = azuread.getServicePrincipalOutput({ clientId: applicationId }, parent);
        return new RemoteDesktopSecurityConfiguration(
          `${name}-${id}`,
          {
            servicePrincipalId: principal.objectId,
            isRemoteDesktopProtocolEnabled: true,
            targetDeviceGroups: structuredClone([...targetDeviceGroups]),
          },
          parent,
        );
      });
    this.registerOutputs({});
  }
}
