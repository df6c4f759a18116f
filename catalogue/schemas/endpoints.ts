import { z } from "zod";
import { parsePrefix } from "../../model/prefix.ts";
import { citation, confirmation, identifier, microsoftName, provenance, rowsOf } from "./provenance.ts";

/** An Azure cloud that the catalogue describes. */
export const cloud = z.enum(["public", "usGov"]);

/** `443`, or an ascending range `1024-65535`. */
export const port = z.string().refine(isPort, {
  error: ({ input }) =>
    `port ${JSON.stringify(input)} must be from 1 to 65535, or an ascending range such as "1024-65535"`,
});

function isPort(text: string): boolean {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  return Number(from) >= 1 && Number(from) <= Number(to) && Number(to) <= 65_535;
}

const ipv6Prefix = z.cidrv6();

/** An IPv4 prefix in its only spelling, or an IPv6 prefix. */
export const addressPrefix = z.string().check(({ value, issues }) => {
  if (value.includes(":")) {
    if (!ipv6Prefix.safeParse(value).success) {
      issues.push({ code: "custom", input: value, message: `"${value}" is not an IPv6 prefix` });
    }
    return;
  }
  const parsed = parsePrefix(value);
  if (!parsed.ok) issues.push({ code: "custom", input: value, message: parsed.message });
});

const fqdn = z.string().regex(/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/);

const destination = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fqdn"), value: fqdn }),
  /** A name with asterisks. Azure Firewall understands one at the start only; the rows with others are covered by a tag. */
  z.strictObject({ kind: z.literal("wildcardFqdn"), value: z.string().regex(/^(?=.*[*?])[A-Za-z0-9*?.-]+$/) }),
  z.strictObject({ kind: z.literal("prefix"), value: addressPrefix }),
  z.strictObject({ kind: z.literal("serviceTag"), value: z.string() }),
  z.strictObject({ kind: z.literal("fqdnTag"), value: z.string() }),
]);

/** Conditions under which a row applies; an absent condition always holds. */
const when = z.strictObject({
  joinTypes: z.array(z.enum(["azureADJoin", "hybridAzureADJoin"])).exactOptional(),
  intuneLocations: z.array(z.enum(["na", "eu", "ap"])).exactOptional(),
  /** Any of these features wants the row. */
  features: z.array(z.string()).exactOptional(),
  editions: z.array(z.enum(["GCC", "GCCH"])).exactOptional(),
});

const permission = z.enum(["forbidden", "allowed"]);

/** One documented destination. */
export const endpoint = z.strictObject({
  id: identifier,
  service: z.string(),
  side: z.enum(["cloudPc", "client"]),
  clouds: z.array(cloud).min(1),
  destination,
  protocol: z.enum(["Tcp", "Udp"]),
  ports: z.array(port).min(1),
  purpose: z.string().min(1),
  requirement: z.enum(["required", "optional"]),
  when,
  /** Azure Firewall FQDN tags that, as documented, cover the row. */
  fqdnTags: z.array(z.string()).exactOptional(),
  /** Service tags that, as documented, cover the row. */
  serviceTags: z.array(z.string()).exactOptional(),
  /** Documented addresses of a name, for what can filter by address only. */
  addresses: z.strictObject({ prefixes: z.array(addressPrefix).min(1), ...citation }).exactOptional(),
  /** The row whose addresses these are: another spelling of the same destination. */
  addressesOf: identifier.exactOptional(),
  /** Never leaves the host, so neither routes nor firewalls see it. */
  routable: z.literal(false).exactOptional(),
  tlsInspection: permission,
  proxy: permission,
  vpn: permission,
  healthCheck: microsoftName.exactOptional(),
  errorType: microsoftName.exactOptional(),
  note: z.string().exactOptional(),
  ...provenance,
  confirmedBy: z.array(confirmation).exactOptional(),
});

/** A file of endpoint rows. */
export const endpointsSchema = z.strictObject({ endpoints: rowsOf(endpoint) });
