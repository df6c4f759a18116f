import { describe, expect, test } from "vitest";
import { compileFirewallRules } from "../../catalogue/compile-firewall-rules.ts";
import { compileNsgRules } from "../../catalogue/compile-nsg-rules.ts";
import { compileRoutes } from "../../catalogue/compile-routes.ts";
import type { EndpointSelection } from "../../catalogue/required-endpoints.ts";
import { prefix } from "../../model/prefix.ts";

const sources = [prefix("10.20.1.0/24"), prefix("10.20.2.0/24")];
const controllers = [prefix("10.1.0.4/32"), prefix("10.1.0.5/32")];

const designs = (["public", "usGov"] as const).flatMap((cloud) =>
  (["azureADJoin", "hybridAzureADJoin"] as const).flatMap((joinType) =>
    (cloud === "usGov" ? (["na"] as const) : (["na", "eu", "ap"] as const)).map((intuneLocation) => ({
      name: `${cloud === "usGov" ? "us-gov" : intuneLocation}-${joinType === "azureADJoin" ? "entra" : "hybrid"}`,
      selection: { cloud, joinType, intuneLocation, features: [] } satisfies EndpointSelection,
      domainControllers: joinType === "hybridAzureADJoin" ? { domainControllers: controllers } : {},
    })),
  ),
);

/** Reviewed as a diff; `vitest run test/catalogue/compile-golden.test.ts -u` writes them anew. */
const golden = (name: string) => `./golden/${name}.json`;
const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

describe.each(designs)("$name", ({ name, selection, domainControllers }) => {
  test("Azure Firewall rules are those on record", async () => {
    const { groups, lost } = compileFirewallRules({ selection, sku: "Standard", sources, ...domainControllers });
    expect(lost).toEqual([]);
    await expect(asJson(groups)).toMatchFileSnapshot(golden(`firewall-${name}`));
  });

  test("security rules are those on record", async () => {
    const { securityRules } = compileNsgRules({ selection, sources, denyOtherInternet: true, ...domainControllers });
    await expect(asJson(securityRules)).toMatchFileSnapshot(golden(`nsg-${name}`));
  });

  test("routes are those on record", async () => {
    const activationDirect = selection.cloud === "public";
    await expect(asJson(compileRoutes({ selection, explicitEgress: true, activationDirect }))).toMatchFileSnapshot(
      golden(`routes-${name}`),
    );
  });
});

test("on Basic the same design loses time alone, and says so", async () => {
  const selection = { cloud: "public", joinType: "azureADJoin", intuneLocation: "eu", features: [] } as const;
  const { groups, lost } = compileFirewallRules({ selection, sku: "Basic", sources });
  await expect(
    asJson({ groups, lost: lost.map(({ endpoint, because }) => ({ id: endpoint.id, because })) }),
  ).toMatchFileSnapshot(golden("firewall-eu-entra-basic"));
});
