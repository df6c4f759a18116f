import { z } from "zod";
import { cloud } from "./endpoints.ts";
import { asOf, choice, citation, identifier, provenance, rowsOf, statement } from "./provenance.ts";
import { publishedPrefix } from "./published-prefix.ts";

/** Service tags that rows name: where they can be used and what they hold. */
export const serviceTagsSchema = z.strictObject({
  serviceTags: rowsOf(
    z.strictObject({
      id: z.string(),
      purpose: z.string(),
      /** Position among compiled rules; permanent, so that a new row moves no other rule. */
      order: z.int().positive().exactOptional(),
      usableIn: z.array(z.enum(["NSG", "UDR", "FW"])),
      prefixCount: z.int().positive().exactOptional(),
      /** Its prefixes are in `service-tag-prefixes.json`. */
      pinned: z.boolean(),
      ...provenance,
    }),
  ),
  statements: rowsOf(statement),
});

/** The pinned prefixes of service tags. */
export const serviceTagPrefixesSchema = z.strictObject({
  cloud: z.literal("Public"),
  changeNumber: z.int(),
  ...citation,
  tags: z.array(
    z.strictObject({
      name: z.string(),
      region: z.string().exactOptional(),
      prefixes: z.array(publishedPrefix).min(1),
      changeNumber: z.int().exactOptional(),
      ...citation,
    }),
  ),
});

/** Azure Firewall FQDN tags. What is behind a tag is not published. */
export const fqdnTagsSchema = z.strictObject({
  fqdnTags: rowsOf(
    z.strictObject({
      id: z.string(),
      covers: z.string(),
      excludes: z.string().exactOptional(),
      clouds: z.array(cloud),
      neededForWindows365: z.boolean(),
      otherSpellings: z.array(z.string()).exactOptional(),
      note: z.string().exactOptional(),
      ...provenance,
    }),
  ),
  protocols: z.strictObject({
    protocols: z.array(z.strictObject({ protocolType: z.enum(["Http", "Https"]), port: z.int() })),
    choice,
    ...citation,
  }),
});

/** Services and optional features: names and the permanent order of what is compiled from them. */
export const servicesSchema = z.strictObject({
  services: rowsOf(z.strictObject({ id: z.string(), title: z.string(), order: z.int().positive() })),
});

/** Optional features. */
export const featuresSchema = z.strictObject({
  features: rowsOf(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      order: z.int().positive(),
      clouds: z.array(cloud).min(1),
      ...citation,
    }),
  ),
});

/** Availability zones of regions. */
export const availabilityZonesSchema = z.strictObject({
  availabilityZones: rowsOf(z.strictObject({ id: z.string(), zones: z.array(z.string()), ...provenance })),
});

/** What a Cloud PC needs of domain controllers. */
export const domainControllersSchema = z.strictObject({
  flows: rowsOf(
    z.strictObject({
      id: identifier,
      protocol: z.enum(["Tcp", "Udp", "Icmp"]),
      ports: z.array(z.string().regex(/^(?:\*|\d{1,5}(?:-\d{1,5})?)$/)).min(1),
      purpose: z.string(),
      from: z.enum(["cloudPc", "management"]),
      requirement: z.enum(["required", "optional"]),
      note: z.string().exactOptional(),
      ...provenance,
    }),
  ),
  statements: rowsOf(statement),
  serviceConnectionPoint: z.strictObject({
    distinguishedName: z.string(),
    keywords: z.array(z.string()),
    source: identifier,
    asOf,
  }),
});
