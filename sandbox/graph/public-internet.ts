import { probedEndpoints } from "../walker/probed-endpoint.ts";
import contents from "./public-internet.json" with { type: "json" };

/** The names that each FQDN tag is taken to hold. */
export const fqdnTagContents: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  contents.fqdnTags.map(({ tag, pages, names }) => {
    const required: readonly string[] = pages;
    const probed = probedEndpoints.filter(({ source, address }) => address === undefined && required.includes(source));
    return [tag, [...new Set([...probed.map(({ host }) => host), ...names])]];
  }),
);

/** The prefixes that each service tag is taken to hold. */
export const serviceTagContents: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  contents.serviceTags.map(({ tag, prefixes }) => [tag, prefixes]),
);

/**
 * Public DNS for the probed names that are under no tag, in test space (RFC 2544): the walker's own addresses for them could be
 * those that the sandbox gives to a firewall or a NAT gateway.
 */
export const publicRecords: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...new Set(probedEndpoints.filter(isUntagged).map(({ host }) => host))].map((host, index) => [
    host,
    [`198.19.254.${index + 1}`],
  ]),
);

function isUntagged({ address, serviceTag }: (typeof probedEndpoints)[number]): boolean {
  return address === undefined && (serviceTag === undefined || serviceTagContents[serviceTag] === undefined);
}
