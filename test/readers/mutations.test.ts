import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Plain, plainOf } from "../../readers/arm/arm-value.ts";
import { parseJson } from "../../readers/arm/parse-json.ts";
import { readArmInput } from "../../readers/arm-input.ts";
import { renderProblem } from "../../readers/problem.ts";
import { readPulumiState } from "../../readers/pulumi-state.ts";
import { mutateData, mutateText, randomFrom } from "./mutate.ts";

const seed = Number(process.env.MUTATION_SEED ?? Date.now() % 1_000_000_007);
const count = Number(process.env.MUTATION_COUNT ?? 10_000);

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const template = { text: fixture("spoke.json"), data: dataOf(fixture("spoke.json")) };
const state = { text: fixture("stack-export.json"), data: dataOf(fixture("stack-export.json")) };
const resources = resourcesOf(dataOf(fixture("every-type.json")));

describe(`mutated files, seed ${seed}`, () => {
  test(`${count} of them are read or refused with clear problems, and never crash the reader`, () => {
    const outcomes = { read: 0, refused: 0 };
    for (let index = 0; index < count; index++) {
      const text = mutatedFile(index);
      const file = { name: "mutated.json", text };
      const reading = index % 5 === 4 ? readPulumiState(file) : readArmInput([file]);
      if (reading.ok) {
        outcomes.read++;
        expect(Object.values(reading.estate).every(Array.isArray), `file ${index} of seed ${seed}`).toBe(true);
        continue;
      }
      outcomes.refused++;
      expect(reading.problems.length, `file ${index} of seed ${seed}`).toBeGreaterThan(0);
      for (const problem of reading.problems) {
        const line = renderProblem(problem);
        expect(line, `file ${index} of seed ${seed}`).toMatch(/^mutated\.json(:\d+)?: \S/);
        expect(line, `file ${index} of seed ${seed}`).not.toMatch(/\n|\bat \S+:\d+:\d+|undefined|\[object /);
      }
    }
    // Both must happen, or the mutations are too weak or too strong to show anything.
    expect(outcomes.read).toBeGreaterThan(count / 20);
    expect(outcomes.refused).toBeGreaterThan(count / 20);
  }, 180_000);
});

/** In turn: a template as text and as data, a resource of every type as text and as data, a Pulumi state. */
function mutatedFile(index: number): string {
  const random = randomFrom(seed + index);
  const resource = resources[Math.floor(random() * resources.length)] ?? null;
  switch (index % 5) {
    case 0:
      return mutateText(template.text, random);
    case 1:
      return JSON.stringify(mutateData(template.data, random), null, 1);
    case 2:
      return mutateText(JSON.stringify(resource, null, 1), random);
    case 3:
      return JSON.stringify(mutateData([resource], random), null, 1);
    default:
      return random() < 0.5 ? mutateText(state.text, random) : JSON.stringify(mutateData(state.data, random));
  }
}

function dataOf(text: string): Plain {
  const parsed = parseJson(text, "fixture");
  const plain = "value" in parsed ? plainOf(parsed.value) : undefined;
  if (plain === undefined || !("plain" in plain)) throw new Error("the fixture is not JSON");
  return plain.plain;
}

function resourcesOf(data: Plain): readonly Plain[] {
  const list = typeof data === "object" && data !== null && "value" in data ? data.value : undefined;
  return Array.isArray(list) ? list : [];
}
