import { describe, expect, test } from "vitest";
import { explain } from "../../model/explain.ts";
import { openEstate } from "../../sandbox/walker/estate.ts";
import { walkPacket } from "../../sandbox/walker/walk-packet.ts";
import { networkFromWire } from "./support/from-wire.ts";
import { countOf, seededRandom } from "./support/random.ts";
import { randomEstate, randomQuestion } from "./support/random-estate.ts";

describe("the model and the packet walker", () => {
  test("never contradict each other about a packet in a random estate", () => {
    const random = seededRandom("model against packet walker");
    const contradictions: unknown[] = [];
    const asked = { both: 0, modelUnsure: 0, walkerUnsure: 0, neither: 0 };
    let left = countOf(20_000);
    while (left > 0) {
      const made = randomEstate(random);
      const network = networkFromWire(made.resources, made);
      const walked = openEstate(made);
      for (let i = 0; i < 40 && left > 0; i++, left--) {
        const question = randomQuestion(random);
        const theirs = walkPacket(walked, question);
        const { port, ...portless } = question;
        const ours = explain(
          network,
          question.protocol === "Icmp" ? portless : { ...portless, port, fromPort: 50_000 },
        );
        if (!ours.ok) throw new Error(ours.message);
        const [mine, other] = [ours.value.verdict, theirs.verdict];
        if (mine === "Unknown" || other === "Unknown") {
          asked[mine === other ? "neither" : mine === "Unknown" ? "modelUnsure" : "walkerUnsure"]++;
        } else {
          asked.both++;
          if (mine !== other) {
            contradictions.push({
              question,
              model: `${mine}: ${ours.value.because}`,
              walker: `${other}: ${theirs.because}`,
            });
          }
        }
      }
    }
    console.log(JSON.stringify(asked));
    expect(contradictions.slice(0, 8)).toEqual([]);
    expect(asked.both).toBeGreaterThan(0);
  }, 600_000);
});
