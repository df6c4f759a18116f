import { regionSupport } from "../../../catalogue/regions.ts";
import type { VirtualNetwork } from "../../../model/estate/virtual-network.ts";
import { isUnknown } from "../../../model/read.ts";
import type { Observation, Rule } from "../../rule.ts";
import { eachVirtualNetwork } from "../each-virtual-network.ts";

/** Cloud PCs live in the region of their virtual network, so Windows 365 must provision there. */
export const regionSupported: Rule = {
  name: "region-supported",
  pack: "network",
  description: "Windows 365 provisions Cloud PCs in the region of their virtual network.",
  severity: "critical",
  errorTypes: ["resourceAvailabilityCheckUnsupportedVNetRegion"],
  url: "https://learn.microsoft.com/windows-365/enterprise/requirements",
  remediation: "Put the virtual network of the Cloud PCs into a region that the page lists.",
  judge: (design) => eachVirtualNetwork(design, observe),
};

function observe({ name, location }: VirtualNetwork): readonly Observation[] {
  const base = { about: "location", errorTypes: ["resourceAvailabilityCheckUnsupportedVNetRegion"] } as const;
  if (location === undefined || isUnknown(location)) {
    const because = location?.unknown ?? "the input does not tell";
    return [
      { ...base, outcome: "undecided", message: `the region of virtual network "${name}" is not known: ${because}` },
    ];
  }
  const where = `virtual network "${name}" is in "${location}"`;
  const found = regionSupport(location);
  switch (found.support) {
    case "provisioning":
      return [];
    case "restricted":
      return [
        {
          ...base,
          outcome: "undecided",
          message: `${where}, where Windows 365 provisions only for tenants that Microsoft has enabled; whether this one is, only the tenant knows`,
        },
      ];
    case "disasterRecoveryOnly":
      return [
        {
          ...base,
          outcome: "fail",
          message: `${where}, which Windows 365 uses for disaster recovery only; Cloud PCs cannot be provisioned there`,
        },
      ];
    case "unsupported": {
      const meant = found.suggestions.map((id) => `"${id}"`).join(" or ");
      const hint = meant === "" ? "choose a region of the list" : `did you mean ${meant}?`;
      return [{ ...base, outcome: "fail", message: `${where}, a region that Windows 365 does not list; ${hint}` }];
    }
  }
}
