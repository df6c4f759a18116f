import { z } from "zod";
import { addressPrefix, port } from "./endpoints.ts";
import { asOf, choice, citation, identifier } from "./provenance.ts";

/** One endpoint set of the Microsoft 365 web service, in its own words. */
export const endpointSet = z.strictObject({
  id: z.int().positive(),
  serviceArea: z.enum(["Common", "Exchange", "MEM", "SharePoint", "Skype"]),
  category: z.enum(["Optimize", "Allow", "Default"]),
  required: z.boolean(),
  expressRoute: z.boolean(),
  tcpPorts: z.array(port).exactOptional(),
  udpPorts: z.array(port).exactOptional(),
  urls: z.array(z.string().regex(/^[A-Za-z0-9*.-]+$/)).exactOptional(),
  ips: z.array(addressPrefix).exactOptional(),
  notes: z.string().exactOptional(),
});

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
