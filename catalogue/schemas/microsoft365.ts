import { z } from "zod";
import { port } from "./endpoints.ts";
import { asOf, choice, citation, identifier } from "./provenance.ts";
import { publishedPrefix } from "./published-prefix.ts";

/** A name, with asterisks anywhere but in its last two labels: "*" or "*.com" would name half of the Internet. */
const publishedName = z.string().regex(/^(?:[A-Za-z0-9*-]+\.)*[A-Za-z0-9-]+\.[A-Za-z0-9-]+$/, {
  error: ({ input }) =>
    `name ${JSON.stringify(input)} must end in two labels without an asterisk, such as "*.example.com"`,
});

/** One endpoint set of the Microsoft 365 web service, in its own words. */
export const endpointSet = z
  .strictObject({
    id: z.int().positive(),
    serviceArea: z.enum(["Common", "Exchange", "MEM", "SharePoint", "Skype"]),
    category: z.enum(["Optimize", "Allow", "Default"]),
    required: z.boolean(),
    expressRoute: z.boolean(),
    tcpPorts: distinct(port).exactOptional(),
    udpPorts: distinct(port).exactOptional(),
    urls: distinct(publishedName).exactOptional(),
    ips: distinct(publishedPrefix).exactOptional(),
    notes: z.string().exactOptional(),
  })
  .check(({ value: { id, tcpPorts, udpPorts, urls, ips }, issues }) => {
    if (tcpPorts === undefined && udpPorts === undefined)
      issues.push({ code: "custom", input: id, message: `set ${id} has no ports` });
    if (urls === undefined && ips === undefined)
      issues.push({ code: "custom", input: id, message: `set ${id} has no destination` });
  });

/** A list without repetition; names and prefixes do not depend on case. */
function distinct(item: z.ZodString) {
  return z
    .array(item)
    .min(1)
    .check(({ value, issues }) => {
      const seen = new Set<string>();
      for (const [index, text] of value.entries()) {
        if (seen.size === seen.add(text.toLowerCase()).size)
          issues.push({ code: "custom", input: text, path: [index], message: `"${text}" is given twice` });
      }
    });
}

/** The worldwide endpoint sets of Microsoft 365. */
export const microsoft365Schema = z.strictObject({
  source: identifier,
  asOf,
  instance: z.literal("worldwide"),
  /** Sets that every Cloud PC needs, whether it uses Microsoft 365 or not. */
  cloudPcSets: z.array(
    z.strictObject({
      id: z.int(),
      service: z.string(),
      purpose: z.string(),
      requirement: z.literal("required"),
      ...citation,
    }),
  ),
  /** Sets of Intune, for which another source is used. */
  intuneSets: z.strictObject({ serviceArea: z.literal("MEM"), ...choice.shape }),
  endpointSets: z.array(endpointSet).check(({ value, issues }) => {
    const seen = new Set<number>();
    for (const [index, { id }] of value.entries()) {
      if (seen.has(id))
        issues.push({ code: "custom", input: id, path: [index, "id"], message: `set ${id} is given twice` });
      seen.add(id);
    }
  }),
});
