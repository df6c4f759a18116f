import type { SubnetPlace } from "../../model/topology/network.ts";
import { chooseSubnets } from "../../policy-packs/choose-subnets.ts";
import type { Problem } from "../../readers/problem.ts";
import { InputError } from "../input-error.ts";
import type { InputOptions } from "./input-options.ts";
import { refuseOption, throwProblems } from "./input-problems.ts";
import { type InputNetwork, readNetwork } from "./read-network.ts";

/**
 * Reads the network that the options name and finds the subnets that are meant: the one named, else all that the input says
 * Cloud PCs are for, else the only candidate. At least one; throws an `InputError` with every problem. `today` is an ISO date.
 */
export async function readSubnets(
  options: InputOptions,
  today: string,
): Promise<InputNetwork & { readonly places: readonly SubnetPlace[] }> {
  const problems: Problem[] = [];
  const read = await readNetwork(options, today, problems);
  throwProblems(problems);
  if (read === undefined) throw new InputError("the input cannot be read");
  const chosen = chooseSubnets(read.network, read.input, options.subnet);
  if (!chosen.ok) return refuseOption("--subnet", chosen.message);
  if (chosen.value.length === 0) {
    return refuseOption(
      "--subnet",
      "the subnets that connections of the input name are not in the input; name one that is",
    );
  }
  return { ...read, places: chosen.value.map(({ place }) => place) };
}
