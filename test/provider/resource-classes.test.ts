import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, test } from "vitest";
import { AuthenticationMethodFido2 } from "../../provider/resources/authentication-method-fido2.ts";
import { AzureNetworkConnection } from "../../provider/resources/azure-network-connection.ts";
import { AzureNetworkConnectionHealth } from "../../provider/resources/azure-network-connection-health.ts";
import { CloudPcProvisioningPolicy } from "../../provider/resources/cloud-pc-provisioning-policy.ts";
import { CloudPcUserSetting } from "../../provider/resources/cloud-pc-user-setting.ts";
import { RemoteDesktopSecurityConfiguration } from "../../provider/resources/remote-desktop-security-configuration.ts";
import { resourceTypes } from "../../provider/types/resource-types.ts";
import { hybridInputs, resourceGroupId, subnetId } from "./support/connection-inputs.ts";
import { connectProvider } from "./support/provider-client.ts";

const declared: { type: string; inputs: Record<string, unknown> }[] = [];

function mock(): void {
  declared.length = 0;
  void pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      declared.push({ type, inputs });
      return { id: `${name}-id`, state: { ...inputs, revision: "r1", subscriptionId: "s" } };
    },
    call: ({ token }) => {
      throw new Error(`no mock for "${token}"`);
    },
  });
}

afterEach(() => {
  declared.length = 0;
});

function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

describe("the resource classes", () => {
  test("ask the provider for types that it has, each once", async () => {
    mock();
    const groups = { groupIds: ["group-1"] };
    const connection = new AzureNetworkConnection("anc", { connectionType: "azureADJoin", resourceGroupId, subnetId });
    const health = new AzureNetworkConnectionHealth("anc", {
      connectionId: connection.id,
      triggers: [connection.revision],
    });
    const join = { domainJoinType: "azureADJoin" as const, onPremisesConnectionId: health.connectionId };
    const all = [
      connection,
      health,
      new CloudPcProvisioningPolicy("p", {
        displayName: "p",
        imageId: "i",
        domainJoinConfigurations: [join],
        ...groups,
      }),
      new CloudPcUserSetting("u", { displayName: "u", ...groups }),
      new RemoteDesktopSecurityConfiguration("r", { servicePrincipalId: "s", isRemoteDesktopProtocolEnabled: true }),
      new AuthenticationMethodFido2("f", { state: "enabled" }),
    ];
    await Promise.all(all.map(({ id }) => resolved(id)));
    await pulumi.runtime.disconnect();
    expect(declared.map(({ type }) => type).sort()).toEqual(
      resourceTypes()
        .map(({ token }) => token)
        .sort(),
    );

    const client = await connectProvider();
    for (const { type, inputs } of declared) {
      expect((await client.check(type.split(":").at(-1) ?? "", JSON.parse(JSON.stringify(inputs)))).failures).toEqual(
        [],
      );
    }
  });

  test("make a secret of the password, whatever the program gave", async () => {
    mock();
    const { displayName: _, ...rest } = hybridInputs();
    const inputs = {
      ...rest,
      connectionType: "hybridAzureADJoin" as const,
      resourceGroupId,
      subnetId,
      adDomainPassword: "in clear",
    };
    const seen: (string | undefined)[] = [];
    const connection = new AzureNetworkConnection("anc", inputs, {
      transformations: [
        ({ props, ...args }) => {
          seen.push(pulumi.Output.isInstance(props.adDomainPassword) ? "output" : "plain");
          void pulumi.isSecret(props.adDomainPassword).then((secret) => seen.push(secret ? "secret" : "open"));
          return { props, opts: args.opts };
        },
      ],
    });
    await resolved(connection.id);
    expect(seen).toEqual(["output", "secret"]);
    expect(await resolved(connection.revision)).toBe("r1");
  });
});
