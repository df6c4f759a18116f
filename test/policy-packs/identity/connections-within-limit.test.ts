import { describe, expect, test } from "vitest";
import { connectionsWithinLimit } from "../../../policy-packs/identity/rules/connections-within-limit.ts";
import { assumptionsOf, identityFindings } from "./identity-design.ts";

const many = (count: number) => ({ connections: Array.from({ length: count }, () => ({})) });

describe("connections-within-limit", () => {
  test("finds one connection more than a tenant is documented to have", () => {
    expect(identityFindings(connectionsWithinLimit, many(11))).toEqual([
      "fail: the input has 11 connections; 10 for a tenant are documented (2024-04-01), more through support",
    ]);
  });

  test("passes as many as documented, and says that it counted only those", () => {
    expect(identityFindings(connectionsWithinLimit, many(10))).toEqual([]);
    expect(assumptionsOf(connectionsWithinLimit, many(10))).toEqual([
      "the tenant has no connections besides the 10 of the input",
    ]);
  });

  test("does not apply to a design without connections", () => {
    expect(assumptionsOf(connectionsWithinLimit)).toEqual([]);
  });
});
