import type { Disposition } from "../../model/path/step.ts";
import { type Random, randomOf } from "../model/support/random.ts";
import { askBoth, type Opinions, openBoth } from "./both.ts";
import { randomEstate } from "./random-estate/random-estate.ts";
import { type PacketQuestion, randomQuestion } from "./random-estate/random-question.ts";
import type { World } from "./random-estate/world.ts";
import { readingOf } from "./readings.ts";

/** A packet about which the two differ, with everything that is needed to look at it again. */
export interface Disagreement extends Opinions {
  /** `randomEstate(randomOf(estateSeed))` makes the network again. */
  readonly estateSeed: number;
  readonly question: PacketQuestion;
}

/** What a run found. */
export interface OracleReport {
  readonly flows: number;
  readonly disagreements: readonly Disagreement[];
  /** How often both ended so. */
  readonly agreed: Readonly<Partial<Record<Disposition, number>>>;
  /** How often each reading was needed. */
  readonly readings: Readonly<Record<string, number>>;
  /** How often the model, and the walker, answered Unknown. */
  readonly unknown: { readonly model: number; readonly walker: number };
}

/** Many questions an estate, since opening one costs more than asking. */
const flowsPerEstate = 40;

/** Asks the model and the packet walker the same questions about made-up networks. The same seed asks the same. */
export function runOracle(seed: number, flows: number): OracleReport {
  const disagreements: Disagreement[] = [];
  const [agreed, readings] = [new Map<Disposition, number>(), new Map<string, number>()];
  const unknown = { model: 0, walker: 0 };
  for (let asked = 0, index = 0; asked < flows; index++) {
    const estateSeed = estateSeedOf(seed, index);
    const random = randomOf(estateSeed);
    const world = randomEstate(random);
    const count = Math.min(flowsPerEstate, flows - asked);
    asked += count;
    for (const { question, opinions } of askAll(random, world, count)) {
      const { model, walker } = opinions;
      if (model.verdict === "Unknown") unknown.model++;
      if (walker.verdict === "Unknown") unknown.walker++;
      const reading = agree(opinions) ? undefined : readingOf(opinions, question);
      if (agree(opinions)) increment(agreed, model.disposition);
      else if (reading !== undefined) increment(readings, reading.name);
      else disagreements.push({ estateSeed, question, ...opinions });
    }
  }
  return {
    flows,
    disagreements,
    agreed: Object.fromEntries(agreed),
    readings: Object.fromEntries(readings),
    unknown,
  };
}

/** Verdict and disposition are the same. */
export function agree({ model, walker }: Opinions): boolean {
  return model.verdict === walker.verdict && model.disposition === walker.disposition;
}

function* askAll(random: Random, world: World, count: number) {
  const both = openBoth(world);
  for (let index = 0; index < count; index++) {
    const question = randomQuestion(random, world);
    yield { question, opinions: askBoth(both, question) };
  }
}

/** Seeds of neighbouring runs share no estate. */
function estateSeedOf(seed: number, index: number): number {
  return (seed * 100_003 + index) % 2 ** 32;
}

function increment<T>(counts: Map<T, number>, key: T): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
