import { z } from "zod";
import { ancSchema, healthChecksSchema, identitySchema } from "./connection.ts";
import { endpointsSchema } from "./endpoints.ts";
import { microsoft365Schema } from "./microsoft365.ts";
import type { Immutable } from "./provenance.ts";
import { regionsSchema } from "./regions.ts";
import { rolesSchema } from "./roles.ts";
import { agentsSchema, azureLimitsSchema, azurePoliciesSchema, contradictionsSchema, rulesSchema } from "./rules.ts";
import { sourcesSchema } from "./sources.ts";
import {
  availabilityZonesSchema,
  domainControllersSchema,
  featuresSchema,
  fqdnTagsSchema,
  servicesSchema,
  serviceTagPrefixesSchema,
  serviceTagsSchema,
} from "./tags.ts";

/** The schema of every data file, by the file's name without `.json`. */
export const catalogueSchemas = {
  agents: agentsSchema,
  anc: ancSchema,
  "availability-zones": availabilityZonesSchema,
  "azure-limits": azureLimitsSchema,
  "azure-policies": azurePoliciesSchema,
  contradictions: contradictionsSchema,
  dns: rulesSchema,
  "domain-controllers": domainControllersSchema,
  "endpoints-azure-virtual-desktop": endpointsSchema,
  "endpoints-client": endpointsSchema,
  "endpoints-entra": endpointsSchema,
  "endpoints-intune": endpointsSchema,
  "endpoints-microsoft365": microsoft365Schema,
  "endpoints-windows": endpointsSchema,
  "endpoints-windows365": endpointsSchema,
  features: featuresSchema,
  "fqdn-tags": fqdnTagsSchema,
  "health-checks": healthChecksSchema,
  "hybrid-connectivity": rulesSchema,
  identity: identitySchema,
  "network-semantics": rulesSchema,
  regions: regionsSchema,
  roles: rolesSchema,
  "service-tag-prefixes": serviceTagPrefixesSchema,
  "service-tags": serviceTagsSchema,
  services: servicesSchema,
  sources: sourcesSchema,
  "subnet-requirements": rulesSchema,
  "virtual-wan": rulesSchema,
};

/** What every data file holds once it is parsed. */
export type CatalogueData = {
  readonly [Name in keyof typeof catalogueSchemas]: Immutable<z.output<(typeof catalogueSchemas)[Name]>>;
};

/** Name of a data file. */
export type DataName = keyof CatalogueData;

/** Checks the content of a data file. Throws with every problem and its path. */
export function checkCatalogueData(name: DataName, content: unknown): void {
  const parsed = catalogueSchemas[name].safeParse(content);
  if (!parsed.success) throw new Error(`catalogue file "${name}.json" is not valid\n${z.prettifyError(parsed.error)}`);
}
