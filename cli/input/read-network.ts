import { catalogueReferenceData } from "../../catalogue/reference-data.ts";
import type { Estate } from "../../model/estate.ts";
import type { ReferenceData } from "../../model/reference-data.ts";
import { type Network, networkOf } from "../../model/topology/network.ts";
import type { Problem } from "../../readers/problem.ts";
import type { InputOptions } from "./input-options.ts";
import { optionProblem } from "./input-problems.ts";
import { loadInput } from "./load-input.ts";
import type { LoadedInput } from "./loaded-input.ts";

/** A network that can be asked, and what there is to say about its input. */
export interface InputNetwork {
  readonly network: Network;
  readonly input: LoadedInput;
  /** What had to be taken as given whatever is asked. */
  readonly assumptions: readonly string[];
}

/**
 * Reads everything that the options name. `undefined` if something of it is wrong, which is then added to `problems`; all files are
 * looked at before that.
 *
 * @param today - ISO date, for what expires
 */
export async function readNetwork(
  options: InputOptions,
  today: string,
  problems: Problem[],
): Promise<InputNetwork | undefined> {
  const before = problems.length;
  const input = await loadInput(options, problems);
  const attestations = await attestationsOf(options, today, problems);
  const serviceTag = await serviceTagsOf(options, problems);
  const learned = await learnedRoutesOf(options, problems);
  if (input === undefined || problems.length > before) return undefined;
  const estate = learned === undefined ? input.estate : learned(input.estate);
  const reference: ReferenceData = {
    ...catalogueReferenceData(),
    ...(serviceTag !== undefined && { serviceTag }),
    attestations: attestations.valid,
    directories: input.directories,
  };
  return { network: networkOf(estate, reference), input, assumptions: [...input.assumptions, ...attestations.expired] };
}

// What few questions need is loaded only for them: a short start matters where one question is one start.

async function attestationsOf({ attest }: InputOptions, today: string, problems: Problem[]) {
  if (attest === undefined) return { valid: [], expired: [] };
  const { readAttestations } = await import("./attestations.ts");
  return readAttestations(attest, today, problems);
}

async function serviceTagsOf({ serviceTags }: InputOptions, problems: Problem[]) {
  if (serviceTags === undefined) return undefined;
  const { readServiceTags } = await import("./service-tags-file.ts");
  return readServiceTags(serviceTags, problems);
}

/** What puts the learnt routes into an estate. */
async function learnedRoutesOf({ learnedRoutes, gateway }: InputOptions, problems: Problem[]) {
  if (learnedRoutes === undefined) {
    const message = "it says whose routes --learned-routes holds, which is not given";
    if (gateway !== undefined) problems.push(optionProblem("--gateway", message));
    return undefined;
  }
  const { readLearnedRoutes, withLearnedRoutes } = await import("./learned-routes.ts");
  const routes = readLearnedRoutes(learnedRoutes, problems);
  return (estate: Estate) => withLearnedRoutes(estate, routes, gateway, problems);
}
