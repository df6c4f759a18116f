import { describe, expect, test } from "vitest";
import { catalogueReferenceData } from "../../../catalogue/reference-data.ts";
import { requiredEndpoints } from "../../../catalogue/required-endpoints.ts";
import { requiredEndpointsReachable } from "../../../policy-packs/network/rules/required-endpoints-reachable.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import { type DesignWords, design, entra, findingsOf } from "../design.ts";

const reference = catalogueReferenceData();
const find = (words: DesignWords) => findingsOf(requiredEndpointsReachable, { reference, ...words });
const deny = (to: string, ports: string) =>
  ({ rules: [{ name: "deny", priority: 100, access: "Deny", protocol: "Tcp", to, ports }] }) as const;

describe("required-endpoints-reachable", () => {
  test("fails every endpoint on a port that a security rule denies, with the rule, the trace and Graph's error type", () => {
    const { findings } = runRules([requiredEndpointsReachable], design({ reference, ...deny("Internet", "5671") }));
    const hub = findings.find(({ message }) => message.includes("global.azure-devices-provisioning.net"));
    expect(hub).toMatchObject({
      outcome: "fail",
      message:
        'spoke/cpc to global.azure-devices-provisioning.net, Tcp 5671 (finding the registration hub of a Cloud PC) is denied: rule "deny" denies it (network security group "nsg")',
      subject: { type: "Microsoft.Network/networkSecurityGroups", name: "nsg" },
      errorTypes: ["endpointConnectivityCheckCloudPcUrlNotAllowListed"],
      evidence: { answer: { disposition: "DeniedOutbound" } },
    });
    expect(findings.every(({ evidence }) => evidence?.question.port === 5671)).toBe(true);
  });

  test("leaves an endpoint undecided that only some of its possible addresses reach", () => {
    expect(find(deny("203.0.113.0/24", "5671"))).toContain(
      'undecided: spoke/cpc to global.azure-devices-provisioning.net, Tcp 5671 (finding the registration hub of a Cloud PC) is not known to pass: only for some of the addresses it may have: rule "deny" denies it (network security group "nsg")',
    );
  });

  test("leaves Windows activation undecided behind a security rule: the platform has a rule of its own", () => {
    expect(find(deny("Internet", "1688"))).toEqual([
      'undecided: spoke/cpc to azkms.core.windows.net, Tcp 1688 (Windows activation) is not known to pass: rule "deny" denies it (network security group "nsg"), but the platform\'s own rule for Windows activation may still carry it',
    ]);
  });

  test("fails what every possible kind of Cloud PC needs, and leaves undecided what only some need", () => {
    const kinds = (["na", "eu", "ap"] as const).map((intuneLocation) => ({ ...entra, intuneLocation }));
    const found = find({ kinds, kindsAreCertain: false, ...deny("Internet", "443") });
    const onlySome = found.filter((line) => line.includes("which the input does not tell"));
    const everywhere = kinds.map((kind) => new Set(requiredEndpoints(kind)));
    const some = new Set(everywhere.flatMap((rows) => [...rows])).size;
    const all = [...(everywhere[0] ?? [])].filter((row) => everywhere.every((rows) => rows.has(row))).length;
    expect(some).toBeGreaterThan(all);
    expect(onlySome.length).toBeGreaterThan(0);
    expect(onlySome.every((line) => line.startsWith("undecided: "))).toBe(true);
    expect(found.filter((line) => line.startsWith("fail: ")).length).toBeGreaterThan(onlySome.length);
  });

  test.each([
    { case: "a NAT gateway and default rules", words: {} },
    { case: "a deny for a port that nothing needs", words: deny("Internet", "25") },
    { case: "a deny for addresses that no endpoint has", words: deny("10.0.0.0/8", "443") },
  ])("passes $case", ({ words }) => {
    expect(find(words)).toEqual([]);
  });

  test("names every error type that the catalogue gives its rows", () => {
    const rows = requiredEndpoints({ ...entra, joinType: "hybridAzureADJoin" }).filter(
      ({ healthCheck, service }) => healthCheck === "endpoints" && service !== "languagePacks",
    );
    const named = new Set(rows.flatMap(({ errorType }) => errorType ?? []));
    expect([...named].sort()).toEqual([...requiredEndpointsReachable.errorTypes].sort());
  });
});
