import { z } from "zod";
import type { CatalogueData } from "../schemas/catalogue-data.ts";
import { serviceTagPrefixesSchema } from "../schemas/tags.ts";
import { type Change, listDetails, type RefreshPlan } from "./change.ts";
import { parseJson, Refusal, refuseDuplicates, refuseUnlikelyCount } from "./refusal.ts";

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
 * anything that is not the whole file, for another cloud, and for an older file than the pinned one.
 */
export function refreshServiceTags(text: string, before: Pinned, today: string): RefreshPlan {
  const parsed = file.safeParse(parseJson(text, source));
  if (!parsed.success) throw new Refusal(`${source} has another shape\n${z.prettifyError(parsed.error)}`);
  const { changeNumber, cloud, values } = parsed.data;
  if (cloud !== before.cloud)
    throw new Refusal(`${source} is for cloud "${cloud}", the pinned one for "${before.cloud}"`);
  if (changeNumber < before.changeNumber) {
    throw new Refusal(`${source} has change number ${changeNumber}, older than the pinned ${before.changeNumber}`);
  }
  refuseDuplicates(
    source,
    "tags",
    values.map(({ name }) => name),
  );
  const given = new Map(values.map((value) => [value.name, value]));
  const known = before.tags.filter(({ name }) => given.has(name));
  refuseUnlikelyCount(source, "of the pinned tags", known.length, before.tags.length);
  const tags = known.map((tag): PinnedTag => {
    const { properties } = given.get(tag.name) ?? { properties: { addressPrefixes: [], changeNumber: 0 } };
    refuseUnlikelyCount(
      `${source}, tag ${tag.name},`,
      "prefixes",
      properties.addressPrefixes.length,
      tag.prefixes.length,
    );
    return {
      ...tag,
      prefixes: properties.addressPrefixes,
      ...(tag.changeNumber !== undefined && { changeNumber: properties.changeNumber }),
      source: sourceId,
      asOf: today,
    };
  });
  const content = { ...before, changeNumber, asOf: today, tags };
  const checked = serviceTagPrefixesSchema.safeParse(content);
  if (!checked.success) throw new Refusal(`${source} is not valid\n${z.prettifyError(checked.error)}`);
  return { file: "service-tag-prefixes", content, changes: changesOf(before.tags, tags) };
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
