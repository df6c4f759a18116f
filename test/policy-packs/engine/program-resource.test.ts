import { type PolicyResource, type ResourceValidationArgs, unknownCheckingProxy } from "@pulumi/policy";
import { describe, expect, test } from "vitest";
import { finishedResource, registeredResource } from "../../../policy-packs/engine/program-resource.ts";
import { emptySecret } from "../../../readers/pulumi/pulumi-value.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What the library hands to a policy: reading an unknown value of it throws. */
function validated(props: Record<string, unknown>, additionalSecretOutputs: string[] = []): ResourceValidationArgs {
  return {
    type: "azure-native:network:Subnet",
    props: unknownCheckingProxy(props),
    urn: "urn:it",
    name: "it",
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs,
    },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>(): T => {
      throw new Error("not asked for");
    },
    notApplicable: () => {
      throw new Error("not applicable");
    },
  };
}

describe("a resource that a policy is shown", () => {
  test("is read without touching what is not known, which would make a mandatory policy advisory", () => {
    const props = { addressPrefix: unknown, networkSecurityGroup: { id: unknown }, routes: [unknown, "a"] };
    expect(() => validated(props).props.addressPrefix).toThrow("can't be known during preview");
    expect(registeredResource(validated(props)).inputs).toEqual(props);
  });

  test("is kept without secrets, which the library hands out in plain text", () => {
    const { inputs } = registeredResource(
      validated(
        {
          sharedKey: "s3cret",
          adDomainPassword: "s3cret",
          sites: [{ connection: { authorizationKey: "s3cret", name: "berlin" } }],
          named: "s3cret",
          addressPrefix: "10.0.0.0/24",
        },
        ["named"],
      ),
    );
    expect(JSON.stringify(inputs)).not.toContain("s3cret");
    expect(inputs).toEqual({
      sharedKey: emptySecret,
      adDomainPassword: emptySecret,
      sites: [{ connection: { authorizationKey: emptySecret, name: "berlin" } }],
      named: emptySecret,
      addressPrefix: "10.0.0.0/24",
    });
  });

  test("names its subscription where its provider does", () => {
    const subscriptionId = "5a9db0c0-0000-4000-8000-000000000001";
    const of = (props: Record<string, unknown>) =>
      registeredResource({
        ...validated({}),
        provider: {
          type: "pulumi:providers:azure-native",
          props: unknownCheckingProxy(props),
          urn: "urn:p",
          name: "p",
        },
      }).subscriptionId;
    expect(of({ subscriptionId })).toBe(subscriptionId);
    expect(of({ subscriptionId: unknown })).toBeUndefined();
    expect(of({})).toBeUndefined();
  });

  test("has, at the end, what it was registered with, what Azure answered, and what each input is made from", () => {
    const { stackTags: _, getConfig: __, notApplicable: ___, ...args } = validated({ etag: "e", name: unknown });
    const nsg: PolicyResource = { ...args, urn: "urn:nsg", dependencies: [], propertyDependencies: {} };
    const finished: PolicyResource = {
      ...args,
      dependencies: [nsg],
      propertyDependencies: { networkSecurityGroup: [nsg], routeTable: [] },
    };
    const registered = registeredResource(validated({ subnetName: "snet-a" }));
    expect(finishedResource(finished, registered)).toEqual({
      urn: "urn:it",
      type: "azure-native:network:Subnet",
      name: "it",
      inputs: { subnetName: "snet-a" },
      outputs: { etag: "e", name: unknown },
      madeFrom: { networkSecurityGroup: ["urn:nsg"], routeTable: [] },
    });
  });
});
