import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { gpuSupportedInRegion } from "../../../policy-packs/network/rules/gpu-supported-in-region.ts";
import { design, entra, findingsOf, withSpoke } from "../design.ts";

const gpu = { ...entra, features: ["gpuDrivers"] };
const at = (location: string | ReturnType<typeof unknown>) => ({
  kinds: [gpu],
  change: withSpoke((spoke) => ({ ...spoke, location })),
});

describe("gpu-supported-in-region", () => {
  test.each([
    {
      case: "a region without GPUs",
      location: "westeurope",
      finding:
        'fail: subnet "spoke/cpc" is meant for GPU Cloud PCs, and is in "westeurope", where Windows 365 does not offer them',
    },
    {
      case: "a region that is restricted for GPUs, as undecided",
      location: "westus2",
      finding:
        'undecided: subnet "spoke/cpc" is meant for GPU Cloud PCs, and is in "westus2", where Windows 365 offers them only to tenants that Microsoft has enabled; whether this one is, only the tenant knows',
    },
    {
      case: "a region of which nothing is stated, as undecided",
      location: "usgovvirginia",
      finding:
        'undecided: subnet "spoke/cpc" is meant for GPU Cloud PCs, and is in "usgovvirginia"; Microsoft does not state whether it offers them there',
    },
    {
      case: "a region that nobody could read, as undecided",
      location: unknown('parameter "location" has no default'),
      finding:
        'undecided: whether GPU Cloud PCs can be in subnet "spoke/cpc" is not known, since its region is not: parameter "location" has no default',
    },
  ])("finds $case", ({ location, finding }) => {
    expect(findingsOf(gpuSupportedInRegion, at(location))).toEqual([finding]);
  });

  test.each(["northeurope", "mexicosouth"])(
    "passes %s: it offers them, or another rule says what is wrong",
    (region) => {
      expect(findingsOf(gpuSupportedInRegion, at(region))).toEqual([]);
    },
  );

  test("does not apply to Cloud PCs without a GPU", () => {
    expect(gpuSupportedInRegion.judge(design())).toEqual([]);
  });
});
