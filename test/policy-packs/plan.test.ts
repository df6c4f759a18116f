import { describe, expect, test } from "vitest";
import { CloudPcPlan } from "../../components/cloud-pc-plan.ts";
import { cloudPcPlanType, joinPlans, readCloudPcPlan } from "../../policy-packs/plan.ts";
import { armValue, type Plain } from "../../readers/arm/arm-value.ts";
import { declare } from "../support/declare.ts";

const place = { file: "the Pulumi program", line: 0, path: "plan" };
const read = (plan: Plain) => readCloudPcPlan(armValue(plan, place));

const staff = {
  subnet: "vnet-w365-weu/snet-w365-weu-staff",
  kind: { cloud: "public", joinType: "hybridAzureADJoin", intuneLocation: "eu", features: ["teams"] },
  cloudPcCount: 200,
  growth: 0.2,
} as const;
const corp = { domainName: "corp.example.com", dnsServers: ["192.168.10.4"] };

describe("a plan", () => {
  test("is read as the component registers it", async () => {
    const declared = await declare(() => new CloudPcPlan("it", { pools: [staff], directories: [corp] }));
    expect(declared.map(({ type }) => type)).toEqual([cloudPcPlanType]);
    expect(read(structuredClone(declared[0]?.inputs) as Plain)).toEqual({
      pools: [staff],
      directories: [{ domainName: "corp.example.com", dnsServers: [0xc0_a8_0a_04] }],
    });
  });

  test("of several stacks or regions is joined, each domain once", () => {
    const one = read({ pools: [staff], directories: [corp] });
    expect(joinPlans([one, one])).toEqual({ pools: [staff, staff], directories: one.directories });
  });

  test.each<{ plan: Plain; message: string }>([
    { plan: "no plan", message: 'w365:network:CloudPcPlan: the plan is "no plan", expected an object' },
    { plan: { pools: {} }, message: "w365:network:CloudPcPlan: pools is {}, expected a list" },
    {
      plan: { pools: [{ ...staff, subnet: 5 }] },
      message: "w365:network:CloudPcPlan: pools[0].subnet is 5, expected a text",
    },
    {
      plan: { pools: [{ ...staff, cloudPcCount: "200" }] },
      message: 'w365:network:CloudPcPlan: pools[0].cloudPcCount is "200", expected a number',
    },
    {
      plan: { pools: [{ ...staff, kind: { ...staff.kind, joinType: "none" } }] },
      message:
        'w365:network:CloudPcPlan: pools[0].kind.joinType is "none", expected "azureADJoin" or "hybridAzureADJoin"',
    },
    {
      plan: { directories: [{ ...corp, dnsServers: ["10.0.0.256"] }] },
      message: 'w365:network:CloudPcPlan: directories[0].dnsServers: "10.0.0.256" has "256", which is more than 255',
    },
  ])("that is not understood is refused whole: $message", ({ plan, message }) => {
    expect(() => read(plan)).toThrow(message);
  });

  test("with a value that is not known is refused", () => {
    const unknown = { kind: "unknown", symbol: "{x}", reason: "it is a secret, so it is not read", place } as const;
    expect(() => readCloudPcPlan({ kind: "object", members: new Map([["pools", unknown]]), place })).toThrow(
      "w365:network:CloudPcPlan: plan is not known: it is a secret, so it is not read",
    );
  });
});
