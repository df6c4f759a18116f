import * as pulumi from "@pulumi/pulumi";

/** What the tenant's policy for passkeys says; what is left out stays as it is. */
export interface AuthenticationMethodFido2Args {
  readonly state: pulumi.Input<"enabled" | "disabled">;
  readonly isSelfServiceRegistrationAllowed?: pulumi.Input<boolean>;
  readonly isAttestationEnforced?: pulumi.Input<boolean>;
  /** Groups that may use passkeys; "all_users" is one. */
  readonly includeTargets?: pulumi.Input<
    readonly {
      readonly targetType: "group";
      readonly id: pulumi.Input<string>;
      readonly isRegistrationRequired?: pulumi.Input<boolean>;
    }[]
  >;
  readonly excludeTargets?: pulumi.Input<
    readonly { readonly targetType: "group"; readonly id: pulumi.Input<string> }[]
  >;
  /** Which kinds of keys are allowed or blocked, by their AAGUID. */
  readonly keyRestrictions?: pulumi.Input<{
    readonly isEnforced: pulumi.Input<boolean>;
    readonly enforcementType: pulumi.Input<"allow" | "block">;
    readonly aaGuids: pulumi.Input<readonly pulumi.Input<string>[]>;
  }>;
}

/**
 * The tenant's policy for passkeys (`fido2AuthenticationMethodConfiguration`), which sign-in without a password to and in a Cloud PC
 * takes. A tenant has exactly one: it is taken over, and given back as it was when the resource is removed.
 */
export class AuthenticationMethodFido2 extends pulumi.CustomResource {
  declare readonly state: pulumi.Output<"enabled" | "disabled">;

  constructor(name: string, args: AuthenticationMethodFido2Args, opts?: pulumi.CustomResourceOptions) {
    super(authenticationMethodFido2Type, name, { ...args }, opts);
  }
}

/** The type of the resource, as policies and states write it. */
export const authenticationMethodFido2Type = "windows365:index:AuthenticationMethodFido2";
