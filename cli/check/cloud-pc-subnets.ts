import type { Network } from "../../model/topology/network.ts";
import { chooseSubnets } from "../../policy-packs/choose-subnets.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import { refuseOption } from "../input/input-problems.ts";
import type { LoadedInput } from "../input/loaded-input.ts";

/** The subnets to judge, as `chooseSubnets` chooses them. Throws an `InputError` where none can be chosen. */
export function cloudPcSubnetsOf(
  network: Network,
  input: LoadedInput,
  named: string | undefined,
): readonly CloudPcSubnet[] {
  const chosen = chooseSubnets(network, input, named);
  return chosen.ok ? chosen.value : refuseOption("--subnet", chosen.message);
}
