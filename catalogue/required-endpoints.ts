import type { Endpoint } from "./endpoint.ts";
import { isIpv6 } from "./endpoint.ts";
import { allEndpoints } from "./endpoints.ts";
import { featuresFor } from "./features.ts";

/** What a design is, as far as endpoints depend on it. */
export interface EndpointSelection {
  readonly cloud: "public" | "usGov";
  /** How Cloud PCs join: Graph's `connectionType`. */
  readonly joinType: "azureADJoin" | "hybridAzureADJoin";
  /** Where the Intune tenant is. */
  readonly intuneLocation: "na" | "eu" | "ap";
  /** Optional features, by id. */
  readonly features: readonly string[];
  /**
   * Government edition.
   * @default - the rows of every edition
   */
  readonly edition?: "GCC" | "GCCH";
  /**
   * Whose traffic: the Cloud PC's, or that of the user's own machine.
   * @default "cloudPc"
   */
  readonly side?: "cloudPc" | "client";
}

/**
 * The rows that must be reachable: what Microsoft calls required, and what a chosen feature cannot do without.
 *
 * Rows that are another spelling of the same destination (addresses beside a name), IPv6 rows, removed and unchosen legacy
 * rows are left out. Throws for an unknown feature, or one that is not documented in the cloud.
 */
export function requiredEndpoints(selection: EndpointSelection): readonly Endpoint[] {
  return allowedEndpoints(selection).filter(({ requirement }) => requirement === "required");
}

/**
 * The rows that a filter compiled for this design lets through: the required ones, and optional ones whose conditions hold
 * (such as language packs, which a health check asks for and Microsoft calls optional).
 */
export function allowedEndpoints(selection: EndpointSelection): readonly Endpoint[] {
  return selectedRows(selection).filter((row) => !isOtherSpelling(row) && !isIpv6(row));
}

/** Rows that give the addresses of an allowed name, for filters that understand no names. IPv6 included. */
export function addressesBesideNames(selection: EndpointSelection): readonly Endpoint[] {
  return selectedRows(selection).filter((row) => isOtherSpelling(row) || isIpv6(row));
}

function selectedRows(selection: EndpointSelection): readonly Endpoint[] {
  const chosen = new Set(featuresFor(selection.features, selection.cloud).map(({ id }) => id));
  return allEndpoints().filter((row) => applies(row, selection, chosen));
}

function isOtherSpelling({ addressesOf, requirement }: Endpoint): boolean {
  return addressesOf !== undefined && requirement === "optional";
}

function applies(row: Endpoint, selection: EndpointSelection, chosen: ReadonlySet<string>): boolean {
  const { joinTypes, intuneLocations, features, editions } = row.when;
  return (
    row.status !== "removed" &&
    row.side === (selection.side ?? "cloudPc") &&
    row.clouds.includes(selection.cloud) &&
    (joinTypes?.includes(selection.joinType) ?? true) &&
    (intuneLocations?.includes(selection.intuneLocation) ?? true) &&
    (selection.edition === undefined || (editions?.includes(selection.edition) ?? true)) &&
    (features === undefined ? row.status !== "legacy" : features.some((feature) => chosen.has(feature)))
  );
}
