import { describe, expect, test } from "vitest";
import { PLACEHOLDER_SUBSCRIPTION } from "../../../model/resource-id.ts";
import { subscriptionUsable } from "../../../policy-packs/network/rules/subscription-usable.ts";
import type { SubscriptionFact } from "../../../policy-packs/tenant-facts.ts";
import { connection, tenantFindings } from "../tenant.ts";

const enabled: SubscriptionFact = { subscriptionId: "s", state: "Enabled", tenantId: "tenant-a" };

describe("subscription-usable", () => {
  test.each([
    {
      case: "a disabled subscription",
      fact: { state: "Disabled" } as const,
      finding: 'fail [resourceAvailabilityCheckSubscriptionDisabled]: subscription "s" is disabled; it must be enabled',
    },
    {
      case: "a deleted subscription",
      fact: { state: "Deleted" } as const,
      finding: 'fail [resourceAvailabilityCheckSubscriptionDisabled]: subscription "s" is deleted; it must be enabled',
    },
    {
      case: "a subscription that nobody finds",
      fact: { state: "NotFound" } as const,
      finding:
        'fail [resourceAvailabilityCheckSubscriptionNotFound]: subscription "s" was looked for in tenant "tenant-a" and is not there',
    },
    {
      case: "a subscription that went to another tenant",
      fact: { tenantId: "tenant-b" },
      finding:
        'fail [resourceAvailabilityCheckSubscriptionTransferred]: subscription "s" belongs to tenant "tenant-b", Windows 365 to tenant "tenant-a"',
    },
    {
      case: "a warned subscription",
      fact: { state: "Warned" } as const,
      finding:
        'fail [resourceAvailabilityCheckGeneralSubscriptionError]: subscription "s" is warned: Azure lets resources be read and deleted only; it must be enabled',
    },
    {
      case: "a subscription that is not paid, as undecided",
      fact: { state: "PastDue" } as const,
      finding:
        'undecided [resourceAvailabilityCheckGeneralSubscriptionError]: subscription "s" is past due: it works, and will be disabled unless it is paid',
    },
  ])("tells of $case", ({ fact, finding }) => {
    expect(tenantFindings(subscriptionUsable, { subscriptions: [{ ...enabled, ...fact }] })).toEqual([finding]);
  });

  test("passes an enabled subscription of the tenant, whatever others are", () => {
    const other: SubscriptionFact = { subscriptionId: "other", state: "Disabled" };
    expect(tenantFindings(subscriptionUsable, { subscriptions: [enabled, other] })).toEqual([]);
  });

  test("leaves a subscription undecided that is not among the facts, or whose tenant is not", () => {
    expect(tenantFindings(subscriptionUsable, { subscriptions: [] })).toEqual([
      'undecided [resourceAvailabilityCheckSubscriptionNotFound]: whether subscription "s" can be used is not known: it is not among the subscriptions of the facts',
    ]);
    expect(tenantFindings(subscriptionUsable, { subscriptions: [{ subscriptionId: "s", state: "Enabled" }] })).toEqual([
      'undecided [resourceAvailabilityCheckSubscriptionTransferred]: which tenant subscription "s" belongs to is not among the facts',
    ]);
  });

  test.each([
    { case: "the only one of the facts", facts: [{ ...enabled, subscriptionId: "a" }], count: 0 },
    {
      case: "one of several that can all be used",
      facts: ["a", "b"].map((subscriptionId) => ({ ...enabled, subscriptionId })),
      count: 0,
    },
    {
      case: "perhaps the one that cannot be used",
      facts: [
        { ...enabled, subscriptionId: "a" },
        { ...enabled, subscriptionId: "b", state: "Disabled" as const },
      ],
      count: 1,
    },
  ])("takes a subscription that the design does not name for $case", ({ facts, count }) => {
    const unnamed = connection({ subscriptionId: PLACEHOLDER_SUBSCRIPTION });
    const found = tenantFindings(
      subscriptionUsable,
      { subscriptions: [enabled, ...facts] },
      { more: { azureNetworkConnections: [unnamed] } },
    );
    expect(found).toHaveLength(count);
    if (count > 0) expect(found?.[0]).toContain("undecided");
  });

  test("does not apply without the facts", () => {
    expect(tenantFindings(subscriptionUsable, undefined)).toBeUndefined();
    expect(tenantFindings(subscriptionUsable, {})).toBeUndefined();
  });
});
