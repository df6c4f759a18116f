import { z } from "zod";
import { type Prefix, parsePrefix, prefixesOverlap } from "../../model/prefix.ts";
import { ageInDays } from "../age.ts";
import { loadData } from "../load-data.ts";
import type { CatalogueData } from "../schemas/catalogue-data.ts";
import { serviceTagPrefixesSchema } from "../schemas/tags.ts";
import { type Change, listDetails, type RefreshPlan } from "./change.ts";
import {
  byHand,
  parseJson,
  problemsAsText,
  Refusal,
  refuseDuplicates,
  refuseOlder,
  refuseUnlikelyCount,
} from "./refusal.ts";

type Pinned = CatalogueData["service-tag-prefixes"];
type PinnedTag = Pinned["tags"][number];

const source = "the Service Tags file";
const sourceId = "service-tags-file";

/** Microsoft's file, as far as it is used; unknown fields are let be. */
const file = z.object({
  changeNumber: z.int(),
  cloud: z.string(),
  values: z.array(
    z.object({
      name: z.string(),
      properties: z.object({
        changeNumber: z.int(),
        region: z.string().default(""),
        addressPrefixes: z.array(z.string()),
      }),
    }),
  ),
});

/**
 * Plans what a newer Service Tags file (public cloud) changes in the pinned prefixes. Tags that are not pinned stay out.
 *
 * Source of the format: https://www.microsoft.com/download/details.aspx?id=56519 (read 2026-11-20). Throws `Refusal` for
 * anything that is not the whole file, for another cloud, for an older file than the pinned one, for a change number beyond what
 * the weeks between can have brought, for a tag that rows use and the file has not, and for a tag whose prefixes all moved at once.
 *
 * @param readOn - the day of the file
 */
export function refreshServiceTags(text: string, before: Pinned, readOn: string): RefreshPlan {
  refuseOlder(source, readOn, before.asOf);
  const parsed = file.safeParse(parseJson(text, source));
  if (!parsed.success) throw new Refusal(`${source} has another shape\n${problemsAsText(parsed.error)}`);
  const { changeNumber, cloud, values } = parsed.data;
  if (cloud !== before.cloud)
    throw new Refusal(`${source} is for cloud "${cloud}", the pinned one for "${before.cloud}"`);
  if (changeNumber < before.changeNumber) {
    throw new Refusal(`${source} has change number ${changeNumber}, older than the pinned ${before.changeNumber}`);
  }
  refuseUnlikelyGrowth(changeNumber, before, readOn);
  refuseDuplicates(
    source,
    "tags",
    values.map(({ name }) => name),
  );
  const given = new Map(values.map((value) => [value.name, value]));
  const known = before.tags.filter(({ name }) => given.has(name));
  refuseUnlikelyCount(source, "of the pinned tags", known.length, before.tags.length);
  refuseMissingTags(given);
  const tags = known.map((tag): PinnedTag => {
    const { properties } = given.get(tag.name) ?? { properties: { addressPrefixes: [], changeNumber: 0 } };
    refuseUnlikelyCount(
      `${source}, tag ${tag.name},`,
      "prefixes",
      properties.addressPrefixes.length,
      tag.prefixes.length,
    );
    refuseMoved(tag, properties.addressPrefixes);
    refuseOlder(`${source}, tag ${tag.name},`, readOn, tag.asOf);
    return {
      ...tag,
      prefixes: properties.addressPrefixes,
      ...(tag.changeNumber !== undefined && { changeNumber: properties.changeNumber }),
      source: sourceId,
      asOf: readOn,
    };
  });
  const content = { ...before, changeNumber, asOf: readOn, tags };
  const checked = serviceTagPrefixesSchema.safeParse(content);
  if (!checked.success) throw new Refusal(`${source} is not valid\n${problemsAsText(checked.error)}`);
  return { file: "service-tag-prefixes", content, changes: changesOf(before.tags, tags) };
}

/** The file is published weekly; ten changes a week are five times what it has had, a hundred are allowed at any time. */
function refuseUnlikelyGrowth(changeNumber: number, before: Pinned, readOn: string): void {
  const most = before.changeNumber + Math.max(100, Math.ceil((ageInDays(before.asOf, readOn) / 7) * 10));
  if (changeNumber > most) {
    throw new Refusal(
      `${source} has change number ${changeNumber}, the pinned one ${before.changeNumber}: by ${readOn} at most ${most} is believable`,
    );
  }
}

/** A tag that rules or proofs use is never forgotten; a regional one may go with its region. */
function refuseMissingTags(given: ReadonlyMap<string, unknown>): void {
  const missing = loadData("service-tags").serviceTags.filter(({ id, pinned }) => pinned && !given.has(id));
  if (missing.length > 0)
    throw new Refusal(
      `${source} lacks ${missing.map(({ id }) => `"${id}"`).join(", ")}, which rows of the catalogue use`,
    );
}

/** A service moves a prefix at a time; fewer than half of the old ones left is another list under the same name. */
function refuseMoved({ name, prefixes }: PinnedTag, now: readonly string[]): void {
  const same = new Set(now);
  const fresh = now.flatMap(ipv4);
  // Split or joined prefixes are still the same addresses; IPv6 is compared as text.
  const overlapsFresh = (old: Prefix) => fresh.some((one) => prefixesOverlap(one, old));
  const kept = prefixes.filter((text) => same.has(text) || ipv4(text).some(overlapsFresh)).length;
  if (kept < prefixes.length / 2)
    throw new Refusal(`${source}, tag ${name}, keeps ${kept} of its ${prefixes.length} prefixes: too few; ${byHand}`);
}

function ipv4(text: string): readonly Prefix[] {
  const parsed = parsePrefix(text);
  return parsed.ok ? [parsed.value] : [];
}

function changesOf(before: readonly PinnedTag[], after: readonly PinnedTag[]): readonly Change[] {
  const fresh = new Map(after.map((tag) => [tag.name, tag]));
  return before.flatMap((tag): readonly Change[] => {
    const now = fresh.get(tag.name);
    if (now === undefined) {
      return [
        {
          kind: "removed",
          what: `tag ${tag.name}`,
          details: [],
          meaning: "its prefixes are unknown from now on: answers that need them become Unknown",
        },
      ];
    }
    const details = listDetails("prefixes", tag.prefixes, now.prefixes);
    if (details.length === 0) return [];
    return [
      {
        kind: "changed",
        what: `tag ${tag.name}`,
        details,
        meaning: "rules and routes by tag follow on their own; proofs by address and lists of prefixes change",
      },
    ];
  });
}
