import type { Environment } from "./environment.ts";
import { configNamespace, type Problem } from "./problem.ts";
import { didYouMean, oneOf } from "./suggest.ts";

/** What a stack can hold; each value of `windows365-network:layer`. */
export const layers = ["all", "hub", "region", "connection"] as const;

/** What a stack holds: everything, the hubs, one region, or the connections. */
export type Layer = (typeof layers)[number];

/** What a stack deploys. */
export type LayerSettings =
  | { readonly layer: "all" }
  | { readonly layer: "hub" }
  | {
      readonly layer: "region";
      /** Name of the region that this stack deploys. */
      readonly region: string;
      /** Name of the stack of the hub layer, which also says whether both have the same environment. */
      readonly hubStack: string;
    }
  | {
      readonly layer: "connection";
      /** Names of the stacks that hold the network: that of the hub layer, if there is one, and that of each region. */
      readonly networkStacks: readonly string[];
    };

/** Configuration keys that say what a stack holds. */
export const layerKeys = {
  layer: `${configNamespace}:layer`,
  region: `${configNamespace}:region`,
  hubStack: `${configNamespace}:hubStack`,
  networkStacks: `${configNamespace}:networkStacks`,
} as const;

/** The layer that a stack names, "all" if it names none; undefined and a problem if there is no such layer. */
export function parseLayer(values: ReadonlyMap<string, unknown>, problems: Problem[]): Layer | undefined {
  const given = values.get(layerKeys.layer) ?? "all";
  const layer = layers.find((candidate) => candidate === given);
  if (layer === undefined) {
    const message = `layer ${JSON.stringify(given)} is not known; it must be ${oneOf(layers)}${didYouMean(String(given), layers)}`;
    problems.push(whole(layerKeys.layer, message));
  }
  return layer;
}

/** What the layer means in this environment; undefined if problems were found. */
export function completeLayer(
  layer: Layer,
  values: ReadonlyMap<string, unknown>,
  environment: Environment,
  problems: Problem[],
): LayerSettings | undefined {
  if (layer !== "all" && environment.naming.pattern.includes("{stack}")) {
    problems.push(
      whole(
        layerKeys.layer,
        `layer "${layer}" does not go with naming.pattern "${environment.naming.pattern}": the layers of one environment are ` +
          "different stacks, so {stack} would give one resource two names; use {workload}",
      ),
    );
  }
  for (const { key, only } of keysOfLayers) {
    if (layer !== only && values.has(key)) {
      problems.push(
        whole(key, `it has no meaning in layer "${layer}"; remove it, or set ${layerKeys.layer} to "${only}"`),
      );
    }
  }
  if (layer === "region") return completeRegionLayer(values, environment, problems);
  if (layer === "connection") return completeConnectionLayer(values, environment, problems);
  return { layer };
}

/** Keys that mean something in one layer only. */
const keysOfLayers = [
  { key: layerKeys.region, only: "region" },
  { key: layerKeys.hubStack, only: "region" },
  { key: layerKeys.networkStacks, only: "connection" },
] as const;

function completeConnectionLayer(
  values: ReadonlyMap<string, unknown>,
  { windows365 }: Environment,
  problems: Problem[],
): LayerSettings | undefined {
  if (windows365 === undefined) {
    problems.push(
      whole(
        layerKeys.layer,
        'layer "connection" makes what the environment says under windows365, and it says nothing',
      ),
    );
  }
  const given = values.get(layerKeys.networkStacks);
  const stacks = Array.isArray(given) ? given.filter((name) => typeof name === "string" && name !== "") : [];
  if (!Array.isArray(given) || stacks.length === 0 || stacks.length !== given.length) {
    const wrong = given === undefined ? "it is missing" : `${JSON.stringify(given)} is not a list of names of stacks`;
    const message = `${wrong}; layer "connection" needs the stacks that hold the network, such as ["organization/${configNamespace}/hub", "organization/${configNamespace}/weu"]`;
    problems.push(whole(layerKeys.networkStacks, message));
    return undefined;
  }
  return { layer: "connection", networkStacks: stacks };
}

function completeRegionLayer(
  values: ReadonlyMap<string, unknown>,
  { regions }: Environment,
  problems: Problem[],
): LayerSettings | undefined {
  const given = values.get(layerKeys.region);
  const names = regions.map(({ name }) => name);
  const region = regions.find(({ name }) => name === given);
  if (given === undefined) {
    problems.push(
      whole(layerKeys.region, `it is missing; layer "region" deploys one region, which must be ${oneOf(names)}`),
    );
  } else if (region === undefined) {
    const suggestion = didYouMean(String(given), names) || `; it must be ${oneOf(names)}`;
    problems.push(whole(layerKeys.region, `region ${JSON.stringify(given)} is not in the environment${suggestion}`));
  }
  const hubStack = values.get(layerKeys.hubStack);
  if (typeof hubStack !== "string" || hubStack === "") {
    const wrong = hubStack === undefined ? "it is missing" : `${JSON.stringify(hubStack)} is not the name of a stack`;
    const message = `${wrong}; layer "region" needs the stack of the hub layer, such as "organization/${configNamespace}/hub"`;
    problems.push(whole(layerKeys.hubStack, message));
    return undefined;
  }
  return region && { layer: "region", region: region.name, hubStack };
}

function whole(key: string, message: string): Problem {
  return { key, path: [], message };
}
