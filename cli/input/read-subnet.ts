import type { SubnetPlace } from "../../model/topology/network.ts";
import { cloudPcSubnet } from "../../policy-packs/subnet-named.ts";
import type { Problem } from "../../readers/problem.ts";
import { InputError } from "../input-error.ts";
import type { InputOptions } from "./input-options.ts";
import { refuseOption, throwProblems } from "./input-problems.ts";
import { type InputNetwork, readNetwork } from "./read-network.ts";

/** Reads the network that the options name and finds the subnet that is meant. Throws an `InputError` with every problem. `today` is an ISO date. */
export async function readSubnet(
  options: InputOptions,
  today: string,
): Promise<InputNetwork & { readonly place: SubnetPlace }> {
  const problems: Problem[] = [];
  const read = await readNetwork(options, today, problems);
  throwProblems(problems);
  if (read === undefined) throw new InputError("the input cannot be read");
  const place = cloudPcSubnet(read.network, options.subnet, read.input.cloudPcSubnets);
  if (!place.ok) return refuseOption("--subnet", place.message);
  return { ...read, place: place.value };
}
