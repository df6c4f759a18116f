import { describe, expect, test } from "vitest";
import { domainAccountUsable } from "../../../policy-packs/identity/rules/domain-account-usable.ts";
import type { DomainAccountFact } from "../../../policy-packs/tenant-facts.ts";
import { connection, hybrid, tenantFindings } from "../tenant.ts";

const usable: DomainAccountFact = {
  username: "svc-w365@corp.example.com",
  domainName: "corp.example.com",
  attestedOn: "2026-11-19",
  owner: "directory team",
  enabled: true,
  locked: false,
  passwordExpired: false,
  passwordAccepted: true,
  mayManageComputers: true,
  computersLeft: 1,
  organizationalUnitExists: true,
  conflictingComputers: [],
};
const words = {
  kinds: [hybrid],
  more: {
    azureNetworkConnections: [
      connection({ adDomainName: "CORP.example.com", adDomainUsername: "SVC-w365@corp.example.com" }),
    ],
  },
};
const found = (fact: Partial<DomainAccountFact>) =>
  tenantFindings(domainAccountUsable, { domainAccounts: [{ ...usable, ...fact }] }, words);

describe("domain-account-usable", () => {
  test.each([
    { fact: { enabled: false }, type: "adJoinCheckAccountLockedOrDisabled", says: "is disabled" },
    { fact: { locked: true }, type: "adJoinCheckAccountLockedOrDisabled", says: "is locked" },
    { fact: { passwordExpired: true }, type: "adJoinCheckCredentialsExpired", says: "has a password that expired" },
    {
      fact: { passwordAccepted: false },
      type: "adJoinCheckIncorrectCredentials",
      says: "cannot sign in with the password of the connection",
    },
    {
      fact: { mayManageComputers: false },
      type: "adJoinCheckAccessDenied",
      says: "may not create and delete computer objects in the organizational unit",
    },
    {
      fact: { computersLeft: 0 },
      type: "adJoinCheckAccountQuotaExceeded",
      says: "has joined as many computers as its quota lets it (ms-DS-MachineAccountQuota, 10 by default)",
    },
    {
      fact: { organizationalUnitExists: false },
      type: "adJoinCheckOrganizationalUnitNotFound",
      says: "joins computers to an organizational unit that does not exist",
    },
    {
      fact: { conflictingComputers: ["CPC-0001", "CPC-0002"] },
      type: "adJoinCheckComputerObjectAlreadyExists",
      says: 'meets computer objects of the names that Cloud PCs get: "CPC-0001", "CPC-0002"',
    },
  ])("fails an account that $says", ({ fact, type, says }) => {
    expect(found(fact)).toEqual([
      `fail [${type}]: account "svc-w365@corp.example.com" ${says} (directory team, 2026-11-19)`,
    ]);
  });

  test("passes an account that has one computer left, or no quota", () => {
    expect(found({})).toEqual([]);
    expect(found({ computersLeft: "unlimited" })).toEqual([]);
  });

  test("leaves undecided what the administrator did not look at", () => {
    const { locked: _, ...rest } = usable;
    expect(tenantFindings(domainAccountUsable, { domainAccounts: [rest] }, words)).toEqual([
      'undecided [adJoinCheckAccountLockedOrDisabled]: whether account "svc-w365@corp.example.com" is locked is not among the facts',
    ]);
  });

  test("leaves the account of a connection undecided when only another one was looked at", () => {
    expect(found({ username: "other@corp.example.com" })).toEqual([
      expect.stringMatching(/^undecided \[.+\]: the account "svc-w365@corp.example.com" is not among the facts$/),
    ]);
  });

  test("takes any account of the domain where no connection names one", () => {
    const unnamed = { ...words, more: { azureNetworkConnections: [connection({ adDomainName: "corp.example.com" })] } };
    expect(tenantFindings(domainAccountUsable, { domainAccounts: [usable] }, unnamed)).toEqual([]);
    expect(tenantFindings(domainAccountUsable, { domainAccounts: [] }, unnamed)).toEqual([
      expect.stringMatching(/: the account that joins Cloud PCs to "corp.example.com" is not among the facts$/),
    ]);
  });

  test("does not apply to Cloud PCs that join Entra ID, nor without the facts", () => {
    expect(tenantFindings(domainAccountUsable, { domainAccounts: [usable] }, {})).toBeUndefined();
    expect(tenantFindings(domainAccountUsable, {}, words)).toBeUndefined();
  });
});
