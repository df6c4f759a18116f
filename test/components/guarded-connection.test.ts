import { expect, test } from "vitest";
import { type ConnectionDomain, GuardedConnection } from "../../components/guarded-connection.ts";
import { connectionArgs } from "../support/component-arguments.ts";
import { declare, ofType } from "../support/declare.ts";

test("a connection that its guard has passed is made, and its health is waited for", async () => {
  const declared = await declare(
    () => new GuardedConnection("anc", { ...connectionArgs, guard: Promise.resolve({ passed: true as const }) }),
  );
  expect(ofType(declared, "AzureNetworkConnection")).toMatchObject([
    { name: "anc", inputs: { connectionType: "azureADJoin", resourceGroupId: "/mock/rg-nic", subnetId: "/mock/snet" } },
  ]);
  expect(ofType(declared, "AzureNetworkConnectionHealth")).toMatchObject([
    { inputs: { connectionId: "/mock/anc", wait: true, timeoutMinutes: 45 } },
  ]);
});

test("the password of a hybrid join is a secret, and its domain goes with it", async () => {
  const domain: ConnectionDomain = {
    adDomainName: "corp.example.com",
    adDomainUsername: "join@corp.example.com",
    adDomainPassword: "in clear",
  };
  const declared = await declare(
    () =>
      new GuardedConnection("anc", {
        ...connectionArgs,
        connectionType: "hybridAzureADJoin",
        domain,
        guard: { passed: true },
      }),
  );
  const [connection] = ofType(declared, "AzureNetworkConnection");
  expect(connection?.inputs).toMatchObject({
    adDomainName: "corp.example.com",
    adDomainUsername: "join@corp.example.com",
  });
  expect(connection?.inputs.adDomainPassword).toMatchObject({ value: "in clear" });
});
