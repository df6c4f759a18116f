import { describe, expect, test } from "vitest";
import { commands, expectSuccess, stackOutputs, testWorkspace } from "../support/engine.ts";

/** What an Azure network connection asks for, as a stack's output says it. */
interface ConnectionDetails {
  readonly joinType: "azureADJoin" | "hybridAzureADJoin";
  readonly region: string;
  readonly pool: string;
  readonly subscriptionId: string;
  readonly resourceGroupId: string;
  readonly virtualNetworkId: string;
  readonly subnetId: string;
}

const domain = {
  adDomainName: "corp.contoso.com",
  adDomainUsername: "join@corp.contoso.com",
  adDomainPassword: "not-a-real-one",
};

describe("the health checks of the sandbox over a deployed landing zone", () => {
  test.each(["minimal", "example", "hybrid"])(
    "pass for every pool of %s, through its NAT gateway, firewall or VPN",
    async (stack) => {
      const workspace = await testWorkspace();
      const { graph } = workspace.sandbox;
      await workspace.prepareStack(stack);
      expectSuccess(await workspace.pulumi(commands.up(stack)));
      const { azureNetworkConnections } = await stackOutputs(workspace, stack);
      const pools = azureNetworkConnections as readonly ConnectionDetails[];
      expect(pools.length).toBeGreaterThan(0);
      for (const { joinType, region, pool, subscriptionId, resourceGroupId, virtualNetworkId, subnetId } of pools) {
        const place = { subscriptionId, resourceGroupId, virtualNetworkId, subnetId };
        const body = {
          displayName: `${region}-${pool}`,
          connectionType: joinType,
          ...place,
          ...(joinType === "hybridAzureADJoin" && domain),
        };
        const made = await fetch(`${graph.endpoint}/v1.0/deviceManagement/virtualEndpoint/onPremisesConnections`, {
          method: "POST",
          headers: { authorization: `Bearer ${graph.delegatedToken()}` },
          body: JSON.stringify(body),
        });
        expect(made.status).toBe(201);
      }
      const states = () => graph.connections().map(({ healthCheckStatus }) => String(healthCheckStatus));
      await expect.poll(states, { timeout: 30_000 }).not.toContainEqual(expect.stringMatching(/pending|running/));
      const notPassed = graph
        .connections()
        .flatMap(({ displayName, healthCheckStatusDetail }) =>
          (healthCheckStatusDetail as { readonly healthChecks: readonly { readonly status: string }[] }).healthChecks
            .filter(({ status }) => status !== "passed")
            .map((check) => ({ displayName, ...check })),
        );
      expect(notPassed).toEqual([]);
    },
  );
});
