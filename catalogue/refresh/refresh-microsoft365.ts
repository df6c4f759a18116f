import { z } from "zod";
import type { CatalogueData } from "../schemas/catalogue-data.ts";
import { microsoft365Schema } from "../schemas/microsoft365.ts";
import { type Change, listDetails, type RefreshPlan } from "./change.ts";
import { parseJson, problemsAsText, Refusal, refuseDuplicates, refuseOlder, refuseUnlikelyCount } from "./refusal.ts";
import { refuseLostRows } from "./refuse-lost-rows.ts";

type Microsoft365 = CatalogueData["endpoints-microsoft365"];
type EndpointSet = Microsoft365["endpointSets"][number];

const source = "the Microsoft 365 endpoints web service";

/** What the web service answers for one endpoint set; unknown fields are let be. */
const answered = z.object({
  id: z.int().positive(),
  serviceArea: z.enum(["Common", "Exchange", "MEM", "SharePoint", "Skype"]),
  category: z.enum(["Optimize", "Allow", "Default"]),
  required: z.boolean(),
  expressRoute: z.boolean().default(false),
  tcpPorts: z.string().optional(),
  udpPorts: z.string().optional(),
  urls: z.array(z.string()).optional(),
  ips: z.array(z.string()).optional(),
  notes: z.string().optional(),
});

/**
 * Plans what the web service's worldwide answer changes.
 *
 * Source of the format: https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-ip-web-service (read 2026-11-21).
 * Throws `Refusal` for anything that is not the whole list: not JSON, truncated, too few or too many sets, a set twice, a
 * port, name or prefix that cannot be meant, anything twice, a set without ports or destinations, required rows that vanish, a
 * list older than the present one.
 *
 * @param readOn - the day of the answer
 */
export function refreshMicrosoft365(text: string, before: Microsoft365, readOn: string): RefreshPlan {
  refuseOlder(source, readOn, before.asOf);
  const sets = parseSets(text);
  refuseUnlikelyCount(source, "endpoint sets", sets.length, before.endpointSets.length);
  const rowCount = (list: readonly EndpointSet[]) =>
    list.reduce((sum, { urls = [], ips = [] }) => sum + urls.length + ips.length, 0);
  refuseUnlikelyCount(source, "destinations", rowCount(sets), rowCount(before.endpointSets));
  refuseMissingSets(sets, before);
  const content = { ...before, asOf: readOn, endpointSets: sets };
  const checked = microsoft365Schema.safeParse(content);
  if (!checked.success)
    throw new Refusal(`${source} answered sets that are not valid\n${problemsAsText(checked.error)}`);
  refuseLostRows(source, before, content);
  return { file: "endpoints-microsoft365", content, changes: changesOf(before, sets) };
}

function parseSets(text: string): readonly EndpointSet[] {
  const parsed = z.array(answered).safeParse(parseJson(text, source));
  if (!parsed.success)
    throw new Refusal(`${source} answered something else than endpoint sets\n${problemsAsText(parsed.error)}`);
  refuseDuplicates(
    source,
    "sets",
    parsed.data.map(({ id }) => id),
  );
  const sets = parsed.data.map(toSet);
  const empty = sets.filter(({ urls, ips }) => urls === undefined && ips === undefined);
  if (empty.length > 0)
    throw new Refusal(`${source} gives no destination for sets ${empty.map(({ id }) => id).join(", ")}`);
  return sets.sort((a, b) => a.id - b.id);
}

function toSet(given: z.output<typeof answered>): EndpointSet {
  const { id, serviceArea, category, required, expressRoute, tcpPorts, udpPorts, urls, ips, notes } = given;
  const ports = (text: string) => text.split(",").map((port) => port.trim());
  return {
    id,
    serviceArea,
    category,
    required,
    expressRoute,
    ...(tcpPorts && { tcpPorts: ports(tcpPorts) }),
    ...(udpPorts && { udpPorts: ports(udpPorts) }),
    ...(urls && urls.length > 0 && { urls }),
    ...(ips && ips.length > 0 && { ips }),
    ...(notes && { notes }),
  };
}

/** The sets by which Cloud PCs sign in are looked up by number, so a list without one is not believed. */
function refuseMissingSets(sets: readonly EndpointSet[], { cloudPcSets }: Microsoft365): void {
  const missing = cloudPcSets.filter(({ id }) => !sets.some((set) => set.id === id)).map(({ id }) => id);
  if (missing.length > 0)
    throw new Refusal(`${source} lacks sets ${missing.join(", ")}, which every Cloud PC needs to sign in`);
}

function changesOf(before: Microsoft365, sets: readonly EndpointSet[]): readonly Change[] {
  const old = new Map(before.endpointSets.map((set) => [set.id, set]));
  const fresh = new Map(sets.map((set) => [set.id, set]));
  const needed = new Set(before.cloudPcSets.map(({ id }) => id));
  const added = sets
    .filter(({ id }) => !old.has(id))
    .map((set): Change => describe("added", set, setDetails(undefined, set), needed));
  const removed = before.endpointSets
    .filter(({ id }) => !fresh.has(id))
    .map((set): Change => describe("removed", set, setDetails(set, undefined), needed));
  const changed = sets.flatMap((set): readonly Change[] => {
    const details = old.has(set.id) ? setDetails(old.get(set.id), set) : [];
    return details.length > 0 ? [describe("changed", set, details, needed)] : [];
  });
  return [...added, ...removed, ...changed];
}

function setDetails(before: EndpointSet | undefined, after: EndpointSet | undefined): readonly string[] {
  const facts = (["category", "required", "serviceArea"] as const).flatMap((field) =>
    before && after && before[field] !== after[field] ? [`${field}: ${before[field]} is now ${after[field]}`] : [],
  );
  return [
    ...facts,
    ...listDetails("names", before?.urls, after?.urls),
    ...listDetails("addresses", before?.ips, after?.ips),
    ...listDetails("TCP ports", before?.tcpPorts, after?.tcpPorts),
    ...listDetails("UDP ports", before?.udpPorts, after?.udpPorts),
  ];
}

function describe(
  kind: Change["kind"],
  set: EndpointSet,
  details: readonly string[],
  needed: ReadonlySet<number>,
): Change {
  return {
    kind,
    what: `set ${set.id} (${set.serviceArea}, ${set.category})`,
    details,
    meaning: meaningOf(kind, set, needed),
  };
}

function meaningOf(kind: Change["kind"], { id, serviceArea }: EndpointSet, needed: ReadonlySet<number>): string {
  const verb = { added: "gain", removed: "lose", changed: "change" }[kind];
  if (serviceArea === "MEM") return "nothing is compiled from Intune sets; compare with the Intune page";
  if (needed.has(id)) return `rules of every Cloud PC ${verb}, because all of them sign in with this set`;
  return `rules with the feature "microsoft365" ${verb}`;
}
