import { z } from "zod";
import type { Place } from "../model/read.ts";

const text = z.string().trim().min(1);

/** What a person writes to accept a finding for a while; the schema of an entry of `waivers.yaml`. */
export const waiverSchema = z.strictObject({
  rule: text.meta({ description: "The name of the rule." }),
  subject: text.meta({
    description:
      'What was judged or is to be changed: a resource id, "vnet/subnet" or another name as the report prints it, or the id of one finding.',
  }),
  about: text.optional().meta({
    description: "Only what is wrong in this respect, as `about` of the report's JSON says it. Default: everything.",
  }),
  reason: text.meta({ description: "Why it is accepted." }),
  owner: text.meta({ description: "Who accepts it." }),
  expires: z.iso
    .date({ error: ({ input }) => `expires ${JSON.stringify(input)} is not a date such as "2027-01-31"` })
    .meta({ description: "The last day on which it is accepted." }),
});

/** A file of waivers. */
export const waiversSchema = z.strictObject({ waivers: z.array(waiverSchema) });

/** Accepts what a rule says of a subject, for a while. */
export interface Waiver extends Readonly<Omit<z.infer<typeof waiverSchema>, "about">> {
  readonly about?: string | undefined;
  readonly place?: Place;
}
