import { describe, expect, test } from "vitest";
import { init } from "z3-solver";
import type { SecurityRule } from "../../../model/estate/security-group.ts";
import { type Header, type HeaderBox, hasFlow, headerSpaceOf } from "../../../model/header-space.ts";
import { type IpSpace, prefixSpace } from "../../../model/ip-space.ts";
import { protocols } from "../../../model/protocol.ts";
import { answer, evaluateManyFlows } from "../../../model/rules/many-flows.ts";
import type { RuleLine } from "../../../model/rules/rule-lines.ts";
import { evaluateSecurityGroup, linesOf } from "../../../model/rules/security-rules.ts";
import { tagScopesOf } from "../../../model/rules/tag-scope.ts";
import { network, place, virtualNetwork } from "../support/build.ts";
import { countOf, type Random, seededRandom } from "../support/random.ts";
import { bruteForce, randomAddress, randomGroup, randomHeader, vnetPrefix } from "../support/random-rules.ts";

const of = network({ virtualNetworks: [virtualNetwork("vnet", "10.0.0.0/16", { cpc: "10.0.1.0/24" })] });
const where = place(of, "vnet/cpc");

describe("random security groups", () => {
  test("100,000 single questions are answered as by brute force, down to the deciding rule", () => {
    const random = seededRandom("security groups against brute force");
    let left = countOf(100_000);
    const differences: unknown[] = [];
    while (left > 0) {
      const direction = random.pick(["Inbound", "Outbound"] as const);
      const group = randomGroup(random, direction);
      for (let i = 0; i < 250 && left > 0; i++, left--) {
        const header = randomHeader(random);
        const asked = { direction, place: where, destinationTags: [] };
        const [decision] = evaluateSecurityGroup(of, group, asked, [boxOf(header)]);
        const wanted = bruteForce(group, direction, header);
        const got = `${decision?.access} ${decision?.rule?.name}`;
        if (got !== wanted) differences.push({ header, wanted, got, group });
      }
    }
    expect(differences.slice(0, 3)).toEqual([]);
  }, 600_000);

  test("a question about a set is the sum of the questions about its flows", () => {
    const random = seededRandom("sets against single flows");
    for (let i = 0; i < 300; i++) {
      const direction = random.pick(["Inbound", "Outbound"] as const);
      const group = randomGroup(random, direction);
      const asked = { direction, place: where, destinationTags: [] };
      const decisions = evaluateSecurityGroup(of, group, asked, headerSpaceOf({}));
      for (let j = 0; j < 40; j++) {
        const header = randomHeader(random);
        const holding = decisions.filter((decision) => hasFlow(decision.space, header));
        expect(holding.map((d) => `${d.access} ${d.rule?.name}`)).toEqual([bruteForce(group, direction, header)]);
      }
    }
  });

  test("the order of the input never matters, and an allow rule at the top never takes reachability away", () => {
    const random = seededRandom("order and monotony");
    for (let i = 0; i < 200; i++) {
      const group = randomGroup(random, "Outbound");
      const header = randomHeader(random);
      const asked = { direction: "Outbound", place: where, destinationTags: [] } as const;
      const access = (rules: readonly SecurityRule[], name: string) =>
        evaluateSecurityGroup(of, { ...group, id: `${group.id}${name}`, securityRules: rules }, asked, [
          boxOf(header),
        ])[0]?.access;
      const rules = group.securityRules as readonly SecurityRule[];
      const before = access(rules, "a");
      expect(access([...rules].reverse(), "b")).toBe(before);
      const [extra] = randomGroup(random, "Outbound").securityRules as readonly SecurityRule[];
      if (extra === undefined || before !== "Allow") continue;
      expect(access([...rules, { ...extra, direction: "Outbound", access: "Allow", priority: 50 }], "c")).toBe("Allow");
    }
  });

  test("2,000 questions about sets are answered as by Z3", async () => {
    const random = seededRandom("security groups against Z3");
    const { Z3 } = await init();
    const context = Z3.mk_context(Z3.mk_config());
    const disagreements: unknown[] = [];
    let left = countOf(2000);
    while (left > 0) {
      const group = randomGroup(random, "Outbound");
      const asked = { direction: "Outbound", place: where, destinationTags: [] } as const;
      const [scope] = tagScopesOf(of, where);
      if (scope === undefined) throw new Error("no tag scope");
      const lines = linesOf(of, group, asked, scope);
      const boxes = Array.from({ length: Math.min(40, left) }, () => randomBox(random));
      left -= boxes.length;
      const verdicts = await solve(Z3, context, lines, boxes);
      evaluateManyFlows(lines, boxes).forEach((mine, i) => {
        const box = boxes[i];
        if (box === undefined) return;
        expect(mine.access).toBe(answer(evaluateSecurityGroup(of, group, asked, [box])).access);
        if ((verdicts[i] === lboolFalse) !== (mine.access === "Allow"))
          disagreements.push({ group, box, verdict: verdicts[i], mine });
        if (mine.witness !== undefined) expect(bruteForce(group, "Outbound", mine.witness)).toMatch(/^Deny/);
      });
    }
    expect(disagreements.slice(0, 3)).toEqual([]);
  }, 600_000);
});

function boxOf(header: Header): HeaderBox {
  const protocol = protocols.indexOf(header.protocol);
  return {
    source: one(header.source),
    destination: one(header.destination),
    protocol: one(protocol),
    sourcePort: one(header.sourcePort),
    destinationPort: one(header.destinationPort),
  };
}

type Z3Api = Awaited<ReturnType<typeof init>>["Z3"];

/** Z3's answer "no flow of the box can be denied". */
const lboolFalse = -1;

/**
 * For each box, can a flow of it be denied? The text goes in by synchronous calls: an asynchronous one would read it from another
 * thread after its memory was given back.
 */
async function solve(
  z3: Z3Api,
  context: ReturnType<Z3Api["mk_context"]>,
  lines: readonly RuleLine[],
  boxes: readonly HeaderBox[],
): Promise<readonly number[]> {
  const allowed = lines.reduceRight(
    (rest, line) => `(ite ${anyOf(line.certain.map(inBox))} ${line.value.access === "Allow"} ${rest})`,
    "false",
  );
  const declared = variables.map(([name, width]) => `(declare-const ${name} (_ BitVec ${width}))`).join("");
  const verdicts: number[] = [];
  for (const box of boxes) {
    const solver = z3.mk_solver(context);
    z3.solver_inc_ref(context, solver);
    z3.solver_from_string(context, solver, `${declared}(assert (not ${allowed}))(assert ${inBox(box)})`);
    verdicts.push(await z3.solver_check(context, solver));
    z3.solver_dec_ref(context, solver);
  }
  return verdicts;
}

const variables = [
  ["source", 33],
  ["destination", 33],
  ["protocol", 33],
  ["sourcePort", 33],
  ["destinationPort", 33],
] as const;

function inBox(box: HeaderBox): string {
  return `(and ${variables.map(([name]) => within(name, box[name])).join(" ")})`;
}

function within(name: string, space: readonly number[]): string {
  const ranges = space.flatMap((from, i) =>
    i % 2 === 1 ? [] : [`(and (bvuge ${name} (_ bv${from} 33)) (bvult ${name} (_ bv${space[i + 1]} 33)))`],
  );
  return anyOf(ranges);
}

function anyOf(terms: readonly string[]): string {
  return terms.length === 0 ? "false" : `(or ${terms.join(" ")} false)`;
}

function one(value: number): readonly number[] {
  return [value, value + 1];
}

function randomBox(random: Random): HeaderBox {
  const space = (): IpSpace => {
    const length = random.pick([24, 28, 30, 32]);
    const at = randomAddress(random);
    return prefixSpace({ base: at - (at % 2 ** (32 - length)), length });
  };
  const port = random.pick([80, 443, 8080]);
  return {
    source: random.chance(0.7) ? prefixSpace({ ...vnetPrefix, length: 24, base: vnetPrefix.base + 256 }) : space(),
    destination: space(),
    protocol: one(random.below(3)),
    sourcePort: [0, 65_536],
    destinationPort: random.chance(0.5) ? one(port) : [port, port + 400],
  };
}
