import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** An optional feature: endpoints that a design allows and proves only if it is chosen. */
export type Feature = CatalogueData["features"]["features"][number];

/** Every optional feature, in permanent order. */
export function features(): readonly Feature[] {
  return loadData("features").features;
}

/**
 * The features with these ids, in permanent order, once each.
 *
 * Throws, naming every culprit, for an id that does not exist or one that has no endpoints in this cloud.
 */
export function featuresFor(ids: readonly string[], cloud: "public" | "usGov"): readonly Feature[] {
  const problems = ids.flatMap((id) => problemWith(id, cloud) ?? []);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return features().filter(({ id }) => ids.includes(id));
}

function problemWith(id: string, cloud: "public" | "usGov"): string | undefined {
  const feature = features().find((candidate) => candidate.id === id);
  if (feature === undefined) {
    const known = features().map((candidate) => `"${candidate.id}"`);
    return `feature "${id}" does not exist; there are ${known.join(", ")}`;
  }
  return feature.clouds.includes(cloud) ? undefined : `feature "${id}" has no documented endpoints in cloud "${cloud}"`;
}
