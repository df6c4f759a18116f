import { describe, expect, test } from "vitest";
import { intuneReadableByWindows365 } from "../../../policy-packs/identity/rules/intune-readable-by-windows-365.ts";
import { tenantFindings } from "../tenant.ts";

describe("intune-readable-by-windows-365", () => {
  test("fails where Windows 365 may not read the restrictions", () => {
    expect(tenantFindings(intuneReadableByWindows365, { intune: { windows365MayRead: false } })).toEqual([
      "fail [resourceAvailabilityCheckNoIntuneReaderRoleError]: the service principal of Windows 365 may not read the platform restrictions of Intune",
    ]);
  });

  test("passes where it may", () => {
    expect(tenantFindings(intuneReadableByWindows365, { intune: { windows365MayRead: true } })).toEqual([]);
  });

  test("does not apply without the fact", () => {
    expect(tenantFindings(intuneReadableByWindows365, { intune: { platformRestrictions: [] } })).toBeUndefined();
    expect(tenantFindings(intuneReadableByWindows365, {})).toBeUndefined();
  });
});
