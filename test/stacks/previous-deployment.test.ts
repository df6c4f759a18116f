import { describe, expect, test } from "vitest";
import { type DeploymentLedger, ledgerProblems } from "../../stacks/previous-deployment.ts";

const live: DeploymentLedger = {
  protect: true,
  hubs: ["weu"],
  regions: { weu: { staff: "10.60.0.0/23", developers: "10.60.2.0/26" } },
};
const { weu } = live.regions;

describe("ledgerProblems", () => {
  test.each([
    { case: "a first deployment", before: undefined, now: live },
    { case: "the same again", before: live, now: live },
    { case: "one more pool", before: live, now: { ...live, regions: { weu: { ...weu, guests: "10.60.2.64/27" } } } },
    {
      case: "one more region",
      before: live,
      now: { ...live, regions: { ...live.regions, neu: { staff: "10.61.0.0/24" } } },
    },
    { case: "a removal of what is not protected", before: { ...live, protect: false }, now: { ...live, regions: {} } },
  ])("are none for $case", ({ before, now }) => {
    expect(ledgerProblems(before, now)).toEqual([]);
  });

  test.each([
    {
      case: "a hub that is gone",
      now: { ...live, hubs: ["west"] },
      problem:
        'hub "weu" is deployed and protected, but no longer configured; if it was renamed, write `renamedFrom: weu` beside its new name, and nothing live is touched; if it is to go, deploy once with `protect: false`, then remove it',
    },
    {
      case: "a region that is gone",
      now: { ...live, regions: { west: { ...weu } } },
      problem:
        'region "weu" is deployed and protected, but no longer configured; if it was renamed, write `renamedFrom: weu` beside its new name, and nothing live is touched; if it is to go, deploy once with `protect: false`, then remove it',
    },
    {
      case: "a pool that is gone, also when its region loses the protection in the same step",
      now: { ...live, protect: false, regions: { weu: { staff: "10.60.0.0/23" } } },
      problem:
        'pool "weu/developers" is deployed and protected, but no longer configured; if it was renamed, write `renamedFrom: developers` beside its new name, and nothing live is touched; if it is to go, deploy once with `protect: false`, then remove it',
    },
    {
      case: "a subnet that would move, and its neighbour only once",
      now: { ...live, regions: { weu: { vip: "10.60.0.0/27", staff: "10.60.2.0/23", developers: "10.60.2.0/26" } } },
      problem:
        'subnet of pool "weu/staff" is deployed and protected with "10.60.0.0/23", but now computes to "10.60.2.0/23"; a subnet cannot move under its Cloud PCs: write `subnet: { mode: create, addressPrefix: 10.60.0.0/23 }` at the pool to keep it, and give more Cloud PCs a pool of their own',
    },
  ])("name $case and what to do", ({ now, problem }) => {
    expect(ledgerProblems(live, now)).toEqual([problem]);
  });
});
