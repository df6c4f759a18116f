import { regionSupport, regions as supportedRegions } from "../../catalogue/regions.ts";
import type { Environment } from "../environment.ts";
import { type Finding, problem, warning } from "../finding.ts";
import { didYouMean } from "../suggest.ts";

/** Cloud PCs are provisioned where Windows 365 does that, and everything is in the environment's cloud. */
export function* checkLocations({ cloud, hubs, regions }: Environment): Generator<Finding> {
  for (const [index, { name, location }] of regions.entries()) {
    yield* checkRegionLocation(name, location, cloud, index);
  }
  for (const [index, { name, location }] of hubs.entries()) {
    const path = ["hubs", index, "location"];
    const found = regionSupport(location);
    // A hub holds no Cloud PC, so it may be in a region that Windows 365 does not list; most that are not listed are slips.
    if (found.support === "unsupported") {
      yield warning(
        path,
        `location "${location}" of hub "${name}" is not a region that Windows 365 lists${suggestion(location)}`,
      );
    } else if (found.region.cloud !== cloud) {
      yield problem(path, wrongCloud(`hub "${name}"`, location, found.region.cloud, cloud));
    }
  }
}

function* checkRegionLocation(
  name: string,
  location: string,
  cloud: Environment["cloud"],
  index: number,
): Generator<Finding> {
  const path = ["regions", index, "location"];
  const found = regionSupport(location);
  if (found.support === "unsupported") {
    yield problem(
      path,
      `location "${location}" of region "${name}" is not a region of Windows 365${suggestion(location)}`,
    );
    return;
  }
  if (found.region.cloud !== cloud) {
    yield problem(path, wrongCloud(`region "${name}"`, location, found.region.cloud, cloud));
  }
  if (location !== found.region.id) {
    yield problem(path, `location "${location}" of region "${name}" must be spelt "${found.region.id}"`);
  }
  if (found.support === "disasterRecoveryOnly") {
    yield problem(
      path,
      `location "${location}" of region "${name}" serves only the disaster recovery of Windows 365; no Cloud PC is provisioned there`,
    );
  }
  if (found.support === "restricted") {
    yield warning(
      path,
      `location "${location}" of region "${name}" is restricted: Windows 365 provisions there only for tenants that Microsoft has enabled`,
    );
  }
}

function suggestion(location: string): string {
  const support = regionSupport(location);
  const [meant] = support.support === "unsupported" ? support.suggestions : [];
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  return didYouMean(
    location,
    supportedRegions().map(({ id }) => id),
  );
}

function wrongCloud(what: string, location: string, actual: string, expected: string): string {
  return `location "${location}" of ${what} is in the cloud "${actual}", but the environment is in "${expected}"`;
}
