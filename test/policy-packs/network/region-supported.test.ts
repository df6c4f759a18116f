import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { regionSupported } from "../../../policy-packs/network/rules/region-supported.ts";
import { findingsOf, withSpoke } from "../design.ts";

const at = (location: Parameters<typeof unknown>[0] | ReturnType<typeof unknown>) => ({
  change: withSpoke((spoke) => ({ ...spoke, location })),
});

describe("region-supported", () => {
  test.each([
    {
      case: "a region that is not listed",
      location: "mexicosouth",
      finding:
        'fail: virtual network "spoke" is in "mexicosouth", a region that Windows 365 does not list; choose a region of the list',
    },
    {
      case: "a misspelt region, naming the right one",
      location: "europewest",
      finding:
        'fail: virtual network "spoke" is in "europewest", a region that Windows 365 does not list; did you mean "westeurope"?',
    },
    {
      case: "a region that is for disaster recovery only",
      location: "westus",
      finding:
        'fail: virtual network "spoke" is in "westus", which Windows 365 uses for disaster recovery only; Cloud PCs cannot be provisioned there',
    },
    {
      case: "a region that nobody could read, as undecided",
      location: unknown('parameter "location" has no default'),
      finding: 'undecided: the region of virtual network "spoke" is not known: parameter "location" has no default',
    },
  ])("finds $case", ({ location, finding }) => {
    expect(findingsOf(regionSupported, at(location))).toEqual([finding]);
  });

  test("leaves a restricted region to the tenant", () => {
    expect(findingsOf(regionSupported, at("westus2"))).toEqual([
      'undecided: virtual network "spoke" is in "westus2", where Windows 365 provisions only for tenants that Microsoft has enabled; whether this one is, only the tenant knows',
    ]);
  });

  test.each(["westeurope", "WestEurope"])("passes %s", (location) => {
    expect(findingsOf(regionSupported, at(location))).toEqual([]);
  });
});
