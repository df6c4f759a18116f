import { describe, expect, test } from "vitest";
import { licencesAvailable } from "../../../policy-packs/identity/rules/licences-available.ts";
import type { LicenceFact } from "../../../policy-packs/tenant-facts.ts";
import { tenantFindings } from "../tenant.ts";

const licence = (skuPartNumber: string, servicePlans: readonly string[], enabled = 10): LicenceFact => ({
  skuPartNumber,
  servicePlans,
  enabled,
  consumed: 0,
});
const cloudPc = licence("CPC_E_2C_8GB_128GB", ["CPC_2"]);
const suite = licence("SPE_E3", ["INTUNE_A", "AAD_PREMIUM"]);

describe("licences-available", () => {
  test.each([
    { case: "no licence of Windows 365", licences: [suite], says: 'tenant "tenant-a" has no licence of Windows 365' },
    {
      case: "only Windows 365 Business, which knows no connection",
      licences: [suite, licence("CPC_B_2C_4GB_64GB", ["CPC_B"])],
      says: 'tenant "tenant-a" has no licence of Windows 365',
    },
    {
      case: "no licence of Intune",
      licences: [cloudPc, licence("AAD_PREMIUM", ["AAD_PREMIUM"])],
      says: 'tenant "tenant-a" has no licence of Microsoft Intune',
    },
    {
      case: "licences that have ended",
      licences: [suite, { ...cloudPc, enabled: 0 }],
      says: 'the licences of Windows 365 of tenant "tenant-a" (CPC_E_2C_8GB_128GB) have all ended',
    },
  ])("fails a tenant with $case", ({ licences, says }) => {
    expect(tenantFindings(licencesAvailable, { licences })).toEqual([`fail []: ${says}`]);
  });

  test.each([
    { case: "a suite", licences: [cloudPc, suite] },
    {
      case: "single licences",
      licences: [
        licence("Windows_365_S_2vCPU_8GB_128GB", []),
        licence("INTUNE_A", ["INTUNE_A"]),
        licence("AAD_PREMIUM_P2", ["AAD_PREMIUM_P2"]),
      ],
    },
  ])("passes a tenant with $case", ({ licences }) => {
    expect(tenantFindings(licencesAvailable, { licences })).toEqual([]);
  });

  test("does not apply without the facts", () => {
    expect(tenantFindings(licencesAvailable, {})).toBeUndefined();
  });
});
