import { describe, expect, test } from "vitest";
import { type DeploymentLedger, removalProblems } from "../../stacks/previous-deployment.ts";

const live: DeploymentLedger = { protect: true, hubs: ["weu"], regions: { weu: ["staff", "developers"] } };

describe("removalProblems", () => {
  test.each([
    { case: "a first deployment", before: undefined, now: live },
    { case: "the same again", before: live, now: live },
    { case: "one more pool", before: live, now: { ...live, regions: { weu: ["staff", "developers", "guests"] } } },
    { case: "one more region", before: live, now: { ...live, regions: { ...live.regions, neu: ["staff"] } } },
    { case: "a removal of what is not protected", before: { ...live, protect: false }, now: { ...live, regions: {} } },
  ])("are none for $case", ({ before, now }) => {
    expect(removalProblems(before, now)).toEqual([]);
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
      now: { ...live, regions: { west: ["staff", "developers"] } },
      problem:
        'region "weu" is deployed and protected, but no longer configured; if it was renamed, write `renamedFrom: weu` beside its new name, and nothing live is touched; if it is to go, deploy once with `protect: false`, then remove it',
    },
    {
      case: "a pool that is gone, also when its region loses the protection in the same step",
      now: { ...live, protect: false, regions: { weu: ["staff"] } },
      problem:
        'pool "weu/developers" is deployed and protected, but no longer configured; if it was renamed, write `renamedFrom: developers` beside its new name, and nothing live is touched; if it is to go, deploy once with `protect: false`, then remove it',
    },
  ])("name $case and what to do", ({ now, problem }) => {
    expect(removalProblems(live, now)).toEqual([problem]);
  });
});
