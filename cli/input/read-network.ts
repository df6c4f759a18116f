import { catalogueReferenceData } from "../../catalogue/reference-data.ts";
import type { ReferenceData } from "../../model/reference-data.ts";
import { type Network, networkOf } from "../../model/topology/network.ts";
import type { Problem } from "../../readers/problem.ts";
import { readAttestations } from "./attestations.ts";
import type { InputOptions } from "./input-options.ts";
import { optionProblem } from "./input-problems.ts";
import { readLearnedRoutes, withLearnedRoutes } from "./learned-routes.ts";
import { loadInput } from "./load-input.ts";
import type { LoadedInput } from "./loaded-input.ts";
import { readServiceTags } from "./service-tags-file.ts";

/** A network that can be asked, and what there is to say about its input. */
export interface InputNetwork {
  readonly network: Network;
  readonly input: LoadedInput;
  /** What had to be taken as given whatever is asked. */
  readonly assumptions: readonly string[];
}

/**
 * Reads everything that the options name. `undefined` if something is wrong, which is then in `problems`; all files are looked at
 * before that.
 *
 * @param today - ISO date, for what expires
 */
export async function readNetwork(
  options: InputOptions,
  today: string,
  problems: Problem[],
): Promise<InputNetwork | undefined> {
  const input = await loadInput(options, problems);
  const attestations =
    options.attest === undefined ? { valid: [], expired: [] } : readAttestations(options.attest, today, problems);
  const serviceTag = options.serviceTags === undefined ? undefined : readServiceTags(options.serviceTags, problems);
  const learned = options.learnedRoutes === undefined ? undefined : readLearnedRoutes(options.learnedRoutes, problems);
  if (options.gateway !== undefined && learned === undefined) {
    problems.push(optionProblem("--gateway", "it says whose routes --learned-routes holds, which is not given"));
  }
  if (input === undefined || problems.length > 0) return undefined;
  const estate =
    learned === undefined ? input.estate : withLearnedRoutes(input.estate, learned, options.gateway, problems);
  const reference: ReferenceData = {
    ...catalogueReferenceData(),
    ...(serviceTag !== undefined && { serviceTag }),
    attestations: attestations.valid,
    directories: input.directories,
  };
  return { network: networkOf(estate, reference), input, assumptions: [...input.assumptions, ...attestations.expired] };
}
