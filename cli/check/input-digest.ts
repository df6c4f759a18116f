import { hash } from "node:crypto";
import type { Design } from "../../policy-packs/rule.ts";
import type { LoadedInput } from "../input/loaded-input.ts";

/**
 * The digest of a network as it was read, with all that options added to it. Where something was written makes no difference, so two
 * inputs with one digest are one network, whatever files they are in.
 */
export function inputDigest({ network, tenant }: Design, { pools, cloudPcSubnets }: LoadedInput): string {
  const { attestations, directories } = network.reference;
  const read = { estate: network.estate, attestations, directories, pools, cloudPcSubnets, tenant };
  const content = JSON.stringify(read, (key, value) => (key === "place" ? undefined : value));
  return `sha256:${hash("sha256", content)}`;
}
