import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { loadStackFile } from "../../config/load-file.ts";
import type { Estate } from "../../model/estate.ts";
import type { Place } from "../../model/read.ts";
import { normalizeId } from "../../model/resource-id.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import type { LoadedInput } from "../input/loaded-input.ts";

/** The line of a file that is to blame. */
export interface Location {
  readonly file: string;
  /** From 1; 0 where the file has no such line. */
  readonly line: number;
}

/** Where each finding is to be mended: in the file of the input, for a stack in its configuration; absent where nobody knows. */
export function findingLocations(
  input: Pick<LoadedInput, "kind" | "name" | "estate" | "pools">,
  findings: readonly Finding[],
): ReadonlyMap<Finding, Location> {
  if (findings.length === 0) return new Map();
  const places = placesById(input.estate);
  const configured = input.kind === "stack" ? stackLocations(input.name, input.pools) : () => undefined;
  const located = findings.flatMap((finding): readonly (readonly [Finding, Location])[] => {
    const { place, subject, checked } = finding;
    const written = [place, places.get(normalizeId(subject.id)), places.get(normalizeId(checked.id))];
    const location = written.map(inFile).find((each) => each !== undefined) ?? configured(finding);
    return location === undefined ? [] : [[finding, location]];
  });
  return new Map(located);
}

/** Resources of a program have no line: what stands for its file is no file. */
function inFile(place: Place | undefined): Location | undefined {
  const { file, line = 0 } = place ?? {};
  return file === undefined || line === 0 ? undefined : { file, line };
}

/** The place of every resource of the estate and of its children. */
function placesById(estate: Estate): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("id" in value && typeof value.id === "string" && "place" in value && isPlace(value.place)) {
      places.set(normalizeId(value.id), value.place);
    }
    for (const each of Object.values(value)) visit(each);
  };
  visit(estate);
  return places;
}

function isPlace(value: unknown): value is Place {
  return typeof value === "object" && value !== null && "file" in value;
}

/** The pool, else the region, else the environment that a finding of a stack comes from. */
function stackLocations(name: string, pools: LoadedInput["pools"]): (finding: Finding) => Location | undefined {
  const file = fileURLToPath(new URL(`../../config/stacks/Pulumi.${name}.yaml`, import.meta.url));
  const loaded = loadStackFile(file);
  if (!loaded.ok) return () => undefined;
  const at = (...path: readonly (string | number)[]): Location => {
    const { file: found, line } = loaded.locate(path);
    return { file: fromHere(found), line };
  };
  // In the order in which the input lists them.
  const planned = loaded.settings.environment.regions
    .flatMap((region, regionAt) => region.pools.map((_, poolAt) => ({ region: regionAt, pool: poolAt })))
    .map((path, index) => ({ ...path, subnet: normalizeId(pools[index]?.subnet ?? "") }));
  return ({ checked, subject }) => {
    const names = [subject, checked].flatMap((each) => [normalizeId(each.id), each.name.toLowerCase()]);
    const pool = planned.find(({ subnet }) => subnet !== "" && names.includes(subnet));
    if (pool !== undefined) return at("regions", pool.region, "pools", pool.pool);
    const network = planned.find(({ subnet }) => names.includes(subnet.split("/subnets/")[0]?.split("/").at(0) ?? ""));
    return network === undefined ? at() : at("regions", network.region);
  };
}

/** As a person in this folder would write it. */
function fromHere(file: string): string {
  return relative(process.cwd(), resolve(file)).replaceAll("\\", "/");
}
