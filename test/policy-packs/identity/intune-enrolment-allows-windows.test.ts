import { describe, expect, test } from "vitest";
import { intuneEnrolmentAllowsWindows } from "../../../policy-packs/identity/rules/intune-enrolment-allows-windows.ts";
import type { PlatformRestrictionFact } from "../../../policy-packs/tenant-facts.ts";
import { tenantFindings } from "../tenant.ts";

const restriction = (
  kind: PlatformRestrictionFact["kind"],
  windowsBlocked: boolean,
  name = kind === "default" ? "All users" : "Contractors",
) => ({ name, kind, windowsBlocked });
const found = (...platformRestrictions: readonly PlatformRestrictionFact[]) =>
  tenantFindings(intuneEnrolmentAllowsWindows, { intune: { platformRestrictions } });

describe("intune-enrolment-allows-windows", () => {
  test("fails a default restriction that blocks Windows", () => {
    expect(found(restriction("default", true), restriction("custom", false))).toEqual([
      'fail [resourceAvailabilityCheckIntuneDefaultWindowsRestrictionViolation]: the default platform restriction "All users" of Intune blocks Windows; no Cloud PC can enrol',
    ]);
  });

  test("fails each custom restriction that blocks Windows", () => {
    expect(
      found(restriction("default", false), restriction("custom", true), restriction("custom", true, "Kiosks")),
    ).toEqual(
      ["Contractors", "Kiosks"].map(
        (name) =>
          `fail [resourceAvailabilityCheckIntuneCustomWindowsRestrictionViolation]: platform restriction "${name}" of Intune blocks Windows; Cloud PCs of the users it is assigned to cannot enrol`,
      ),
    );
  });

  test("passes restrictions that all allow Windows", () => {
    expect(found(restriction("default", false), restriction("custom", false))).toEqual([]);
  });

  test("leaves the default restriction undecided where the facts do not have it", () => {
    expect(found(restriction("custom", false))).toEqual([
      "undecided [resourceAvailabilityCheckIntuneDefaultWindowsRestrictionViolation]: whether the default platform restriction of Intune allows Windows is not among the facts",
    ]);
  });

  test("does not apply without the facts", () => {
    expect(tenantFindings(intuneEnrolmentAllowsWindows, { intune: {} })).toBeUndefined();
    expect(tenantFindings(intuneEnrolmentAllowsWindows, undefined)).toBeUndefined();
  });
});
