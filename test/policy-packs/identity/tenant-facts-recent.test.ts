import { describe, expect, test } from "vitest";
import { tenantFactsRecent } from "../../../policy-packs/identity/rules/tenant-facts-recent.ts";
import { tenantFindings } from "../tenant.ts";

const account = (attestedOn: string) => ({
  username: "svc-w365@corp.example.com",
  domainName: "corp.example.com",
  owner: "directory team",
  attestedOn,
});

describe("tenant-facts-recent", () => {
  test("leaves facts of 31 days ago undecided", () => {
    expect(tenantFindings(tenantFactsRecent, { readOn: "2026-10-21", ageDays: 31 })).toEqual([
      'undecided []: the facts of tenant "tenant-a" were read on 2026-10-21, 31 days ago; after 30 days nobody knows whether they still hold',
    ]);
  });

  test("leaves what an administrator saw 31 days ago undecided", () => {
    expect(tenantFindings(tenantFactsRecent, { domainAccounts: [account("2026-10-21")] })).toEqual([
      'undecided []: directory team looked at account "svc-w365@corp.example.com" on 2026-10-21, 31 days ago; after 30 days nobody knows whether they still hold',
    ]);
  });

  test("passes what is 30 days old", () => {
    expect(tenantFindings(tenantFactsRecent, { ageDays: 30, domainAccounts: [] })).toEqual([]);
    expect(tenantFindings(tenantFactsRecent, { domainAccounts: [account("2026-10-22")] })).toEqual([]);
  });

  test("does not apply without facts", () => {
    expect(tenantFindings(tenantFactsRecent, undefined)).toBeUndefined();
  });
});
