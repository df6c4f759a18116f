import { describe, expect, test } from "vitest";
import type { PropertyMap } from "../../provider/protocol/property-values.ts";
import { connectProvider } from "./support/provider-client.ts";

const sso = "RemoteDesktopSecurityConfiguration";
const fido2 = "AuthenticationMethodFido2";
/** Windows Cloud Login in the sandbox's tenant. */
const servicePrincipalId = "5a9db0c0-0000-4000-8000-0000000000d2";

const group = (number: number) => ({ id: `group-${number}`, displayName: `Devices ${number}` });

describe("single sign-on", () => {
  const inputs: PropertyMap = {
    servicePrincipalId,
    isRemoteDesktopProtocolEnabled: true,
    targetDeviceGroups: [group(1), group(2)],
  };

  test("is switched on where nobody has configured it, and given back as it was", async () => {
    const client = await connectProvider();
    const { id, outputs } = await client.create(sso, inputs);
    expect(id).toBe(servicePrincipalId);
    expect(client.sandbox.graph.remoteDesktop(id)?.isRemoteDesktopProtocolEnabled).toBe(true);
    expect(client.sandbox.graph.remoteDesktop(id)?.targetDeviceGroups).toHaveLength(2);
    await client.delete(sso, id, outputs);
    expect(client.sandbox.graph.remoteDesktop(id)).toMatchObject({
      isRemoteDesktopProtocolEnabled: false,
      targetDeviceGroups: [],
    });
  });

  test("that was on before stays on when the resource is removed, with the groups it had", async () => {
    const client = await connectProvider();
    await client.create(sso, { ...inputs, targetDeviceGroups: [group(3)] });
    const { id, outputs } = await client.create(sso, inputs);
    await client.delete(sso, id, outputs);
    expect(client.sandbox.graph.remoteDesktop(id)).toMatchObject({
      isRemoteDesktopProtocolEnabled: true,
      targetDeviceGroups: [group(3)],
    });
  });

  test("groups come and go one by one, and their order means nothing", async () => {
    const client = await connectProvider();
    const { id, outputs } = await client.create(sso, inputs);
    const swapped = { ...inputs, targetDeviceGroups: [group(2), group(1)] };
    expect(await client.diff(sso, { oldInputs: inputs, inputs: swapped })).toEqual([]);
    const changed = { ...inputs, targetDeviceGroups: [group(2), group(3)] };
    await client.update(sso, { id, inputs: changed, oldInputs: inputs, oldOutputs: outputs });
    const writes = client.sandbox.graph.requests.filter(
      ({ method, path }) => method !== "GET" && path.includes("targetDeviceGroups"),
    );
    expect(writes.slice(2).map(({ method, path }) => `${method} ${path.split("/").slice(5).join("/")}`)).toEqual([
      "DELETE targetDeviceGroups/group-1/$ref",
      "POST targetDeviceGroups",
    ]);
    expect(await client.read(sso, id, changed, outputs)).toMatchObject({ id, inputs: changed });
  });

  test("more groups than Graph takes are refused", async () => {
    const client = await connectProvider();
    const targetDeviceGroups = Array.from({ length: 11 }, (_, number) => group(number));
    const { failures } = await client.check(sso, { ...inputs, targetDeviceGroups });
    expect(failures).toEqual([expect.stringMatching(/^targetDeviceGroups: .*<=10 items/)]);
  });

  test("of another service principal is another resource", async () => {
    const client = await connectProvider();
    const other = { ...inputs, servicePrincipalId: "5a9db0c0-0000-4000-8000-0000000000d1" };
    expect(await client.diff(sso, { oldInputs: inputs, inputs: other })).toEqual(["servicePrincipalId replaces"]);
  });

  test("of a service principal that is gone is gone", async () => {
    const client = await connectProvider();
    expect(await client.read(sso, "5a9db0c0-0000-4000-8000-0000000000ee", inputs)).toBeUndefined();
  });
});

describe("passkeys", () => {
  const inputs: PropertyMap = { state: "enabled", isAttestationEnforced: true };

  test("are enabled, and what the program named is given back as it was", async () => {
    const client = await connectProvider();
    const before = client.sandbox.graph.fido2();
    const { id, outputs } = await client.create(fido2, inputs);
    expect(client.sandbox.graph.fido2()).toEqual({ ...before, ...inputs });
    await client.delete(fido2, id, outputs);
    expect(client.sandbox.graph.fido2()).toEqual(before);
  });

  test("an input that comes later is given back too; one that goes stays", async () => {
    const client = await connectProvider();
    const before = client.sandbox.graph.fido2();
    const { id, outputs: oldOutputs } = await client.create(fido2, inputs);
    const changed: PropertyMap = { state: "enabled", excludeTargets: [{ targetType: "group", id: "group-1" }] };
    expect(await client.diff(fido2, { oldInputs: inputs, inputs: changed })).toEqual(["excludeTargets"]);
    const outputs = await client.update(fido2, { id, inputs: changed, oldInputs: inputs, oldOutputs });
    expect(client.sandbox.graph.fido2().isAttestationEnforced).toBe(true);
    await client.delete(fido2, id, outputs);
    expect(client.sandbox.graph.fido2()).toEqual(before);
  });

  test("a refresh looks at what the program names only", async () => {
    const client = await connectProvider();
    const { id, outputs } = await client.create(fido2, inputs);
    expect(await client.read(fido2, id, inputs, outputs)).toEqual({ id, inputs, outputs });
  });

  test("a state that Graph does not have is refused", async () => {
    const client = await connectProvider();
    expect((await client.check(fido2, { state: "on" })).failures).toEqual([
      expect.stringMatching(/^state: Invalid option/),
    ]);
  });
});
