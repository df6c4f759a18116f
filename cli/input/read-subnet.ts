import type { SubnetPlace } from "../../model/topology/network.ts";
import type { Problem } from "../../readers/problem.ts";
import type { CommandIo } from "../command-io.ts";
import { InputError } from "../input-error.ts";
import { cloudPcSubnet } from "./cloud-pc-subnet.ts";
import { inputNotes } from "./input-notes.ts";
import type { InputOptions } from "./input-options.ts";
import { throwProblems } from "./input-problems.ts";
import { type InputNetwork, readNetwork } from "./read-network.ts";

/** Reads the network that the options name and finds the subnet that is meant. Throws an `InputError` with every problem. */
export async function readSubnet(
  options: InputOptions,
  io: CommandIo,
): Promise<InputNetwork & { readonly place: SubnetPlace }> {
  const problems: Problem[] = [];
  const read = await readNetwork(options, io.today(), problems);
  throwProblems(problems);
  if (read === undefined) throw new InputError("the input cannot be read");
  const place = cloudPcSubnet(read.network, options.subnet, read.input.cloudPcSubnets);
  if (!place.ok) throw new InputError(`--subnet: ${place.message}`);
  for (const note of inputNotes(read.input, options.verbose === true)) io.note(`${note}\n`);
  return { ...read, place: place.value };
}
