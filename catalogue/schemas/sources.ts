import { z } from "zod";
import { asOf, identifier, rowsOf } from "./provenance.ts";

/** Where facts come from. */
export const sourcesSchema = z.strictObject({
  sources: rowsOf(
    z.strictObject({
      id: identifier,
      title: z.string().min(1),
      url: z.url().exactOptional(),
      /** The date the text carries. */
      asOf,
      /** The day it was read for this catalogue. */
      read: asOf,
      tier: z.enum([
        "official",
        "excerpt",
        "superseded",
        "microsoftEmployee",
        "generated",
        "mirror",
        "thirdParty",
        "unverified",
        "derived",
      ]),
      /** The text has no exact date; `asOf` is the earliest that fits. */
      dating: z.literal("approximate").exactOptional(),
    }),
  ),
});
