import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** One Azure region as Windows 365 documents it; `id` is the ARM name. */
export type Region = CatalogueData["regions"]["regions"][number];

/**
 * What Windows 365 Enterprise does in a region.
 *
 * provisioning: open to every tenant. restricted: only for tenants that Microsoft has enabled.
 * disasterRecoveryOnly: a target of the disaster-recovery features, never of a provisioning policy.
 * unsupported: not listed, so a health check refuses the virtual network.
 */
export type RegionSupport =
  | {
      readonly support: "provisioning" | "restricted" | "disasterRecoveryOnly";
      readonly region: Region;
      /** A Cloud PC may be provisioned here, if the tenant is enabled where the region is restricted. */
      readonly provisioning: boolean;
    }
  | { readonly support: "unsupported"; readonly provisioning: false; readonly suggestions: readonly string[] };

/**
 * Whether Windows 365 Enterprise provisions Cloud PCs in a region, by ARM name without regard to case.
 *
 * Source: https://learn.microsoft.com/windows-365/enterprise/requirements (2026-03-06, read 2026-11-20). What holds for one
 * tenant, only Graph's supportedRegions tells at run time.
 */
export function regionSupport(armName: string): RegionSupport {
  const name = armName.toLowerCase();
  const region = regions().find(({ id }) => id === name);
  if (region === undefined) return { support: "unsupported", provisioning: false, suggestions: suggestionsFor(name) };
  return { support: region.support, region, provisioning: region.support !== "disasterRecoveryOnly" };
}

/** Every listed region, in the page's order. */
export function regions(): readonly Region[] {
  return loadData("regions").regions;
}

/** ARM names of regions a misspelt name may have meant: the display name, or the same letters in another order of words. */
function suggestionsFor(name: string): readonly string[] {
  const letters = sortedLetters(name);
  return regions()
    .filter(({ id, displayName }) => displayName.toLowerCase() === name || sortedLetters(id) === letters)
    .map(({ id }) => id);
}

function sortedLetters(text: string): string {
  return [...text.replaceAll(/[^a-z0-9]/g, "")].sort().join("");
}
