import { regionSupport } from "../../../catalogue/regions.ts";
import { isUnknown } from "../../../model/read.ts";
import { subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";

/** A provisioning policy for GPU Cloud PCs fails in a region without them, when the network has long been built. */
export const gpuSupportedInRegion: Rule = {
  name: "gpu-supported-in-region",
  pack: "network",
  description: "Windows 365 offers GPU Cloud PCs in the region of every subnet that is meant for them.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/gpu-cloud-pc",
  remediation: "Put GPU Cloud PCs into a region that offers them.",
  judge: ({ cloudPcSubnets }) =>
    cloudPcSubnets
      .filter(({ kinds }) => kinds.some(({ features }) => features?.includes("gpuDrivers")))
      .map((subnet): Check => ({ subject: subjectOf(subnet.place.id), observations: observe(subnet) })),
};

function observe({ place }: CloudPcSubnet): readonly Observation[] {
  const { location } = place.virtualNetwork;
  const subnet = `subnet "${subnetLabel(place)}"`;
  const base = { about: "gpu", blamed: subjectOf(place.virtualNetwork.id) } as const;
  if (location === undefined || isUnknown(location)) {
    const because = location?.unknown ?? "the input does not tell";
    const message = `whether GPU Cloud PCs can be in ${subnet} is not known, since its region is not: ${because}`;
    return [{ ...base, outcome: "undecided", message }];
  }
  const found = regionSupport(location);
  // What Windows 365 does not list at all is for region-supported to say.
  if (found.support === "unsupported") return [];
  const where = `${subnet} is meant for GPU Cloud PCs, and is in "${location}"`;
  switch (found.region.gpu) {
    case "yes":
      return [];
    case "no":
      return [{ ...base, outcome: "fail", message: `${where}, where Windows 365 does not offer them` }];
    case "restricted":
      return [
        {
          ...base,
          outcome: "undecided",
          message: `${where}, where Windows 365 offers them only to tenants that Microsoft has enabled; whether this one is, only the tenant knows`,
        },
      ];
    case "notStated":
      return [
        { ...base, outcome: "undecided", message: `${where}; Microsoft does not state whether it offers them there` },
      ];
  }
}
