import type { Endpoint } from "../endpoint.ts";
import { microsoft365Endpoints } from "../microsoft365-endpoints.ts";
import type { CatalogueData } from "../schemas/catalogue-data.ts";
import { byHand, Refusal, refuseDuplicates, refuseUnlikelyCount } from "./refusal.ts";

type Microsoft365 = CatalogueData["endpoints-microsoft365"];

/**
 * Judges a new list by the rows that rules are compiled from: sets may look well and still give none.
 *
 * Refuses a row id given twice; fewer than four fifths of the required rows; a required set that keeps fewer than half of its
 * destinations (four fifths where every Cloud PC signs in with it), or that moves away from its ports. A set of one or two names
 * may be renamed. Sets that are gone altogether are judged by their number, elsewhere.
 */
export function refuseLostRows(source: string, before: Microsoft365, after: Microsoft365): void {
  const [old, fresh] = [microsoft365Endpoints(before), microsoft365Endpoints(after)];
  refuseDuplicates(
    source,
    "rows",
    fresh.map(({ id }) => id),
  );
  refuseUnlikelyCount(source, "required rows", fresh.filter(isRequired).length, old.filter(isRequired).length);
  const needed = new Set(before.cloudPcSets.map(({ id }) => id));
  const remaining = new Set(after.endpointSets.map(({ id }) => id));
  const freshBySet = Map.groupBy(fresh, setAndProtocol);
  for (const [key, rows] of Map.groupBy(old.filter(isRequired), setAndProtocol)) {
    const id = Number(key.split(" ")[0]);
    if (!remaining.has(id)) continue;
    refuseLostDestinations(`${source}, set ${key},`, rows, freshBySet.get(key) ?? [], needed.has(id) ? 0.8 : 0.5);
    refuseMovedPorts(`${source}, set ${key},`, rows, freshBySet.get(key) ?? []);
  }
}

function isRequired({ requirement }: Endpoint): boolean {
  return requirement === "required";
}

/** Row ids begin with `m365-56-`. */
function setAndProtocol({ id, protocol }: Endpoint): string {
  return `${id.split("-")[1]} ${protocol}`;
}

function refuseLostDestinations(
  what: string,
  old: readonly Endpoint[],
  fresh: readonly Endpoint[],
  share: number,
): void {
  const ids = new Set(fresh.map(({ id }) => id));
  const kept = old.filter(({ id }) => ids.has(id)).length;
  const renamed = old.length <= 2 && fresh.length > 0;
  if (renamed || kept >= old.length * share) return;
  throw new Refusal(`${what} keeps ${kept} of its ${old.length} required destinations: too few; ${byHand}`);
}

/** HTTPS stays HTTPS; other sets keep at least one of their ports. */
function refuseMovedPorts(what: string, [first]: readonly Endpoint[], [now]: readonly Endpoint[]): void {
  if (first === undefined || now === undefined) return;
  const wanted = first.ports.includes("443") ? ["443"] : first.ports;
  if (wanted.some((port) => now.ports.includes(port))) return;
  throw new Refusal(`${what} moves from ports ${first.ports.join(", ")} to ${now.ports.join(", ")}; ${byHand}`);
}
