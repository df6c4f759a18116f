import { hash } from "node:crypto";
import type { Network } from "../../model/topology/network.ts";
import type { LoadedInput } from "../input/loaded-input.ts";

/**
 * The digest of a network as it was read, with all that options added to it. Where something was written makes no difference, so two
 * inputs with one digest are one network, whatever files they are in.
 */
export function inputDigest({ estate, reference }: Network, { pools, cloudPcSubnets }: LoadedInput): string {
  const { attestations, directories } = reference;
  const content = JSON.stringify({ estate, attestations, directories, pools, cloudPcSubnets }, (key, value) =>
    key === "place" ? undefined : value,
  );
  return `sha256:${hash("sha256", content)}`;
}
