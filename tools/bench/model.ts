import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { init } from "z3-solver";
import type { SecurityRule } from "../../model/estate/security-group.ts";
import { emptyEstate } from "../../model/estate.ts";
import { explain } from "../../model/explain.ts";
import type { HeaderBox } from "../../model/header-space.ts";
import { prefixSpace } from "../../model/ip-space.ts";
import type { Prefix } from "../../model/prefix.ts";
import { protocolSpace } from "../../model/protocol.ts";
import { noReferenceData } from "../../model/reference-data.ts";
import { evaluateManyFlows } from "../../model/rules/many-flows.ts";
import type { RuleLine } from "../../model/rules/rule-lines.ts";
import { linesOf } from "../../model/rules/security-rules.ts";
import { tagScopesOf } from "../../model/rules/tag-scope.ts";
import { networkOf } from "../../model/topology/network.ts";
import { ip, network, place, rule, securityGroup, virtualNetwork } from "../../test/model/support/build.ts";
import { type Random, randomOf } from "../../test/model/support/random.ts";
import { canBeDenied } from "../../test/oracle/can-be-denied.ts";
import { type BenchResult, benchResult } from "./result.ts";

const ruleCount = 1000;
const flowCount = 4000;
/** Z3 answers a sample of the questions, since it needs minutes for all. */
const sampleSize = 12;

/** How fast the model answers many required flows beside Z3, and how its time and memory grow with the network. */
export async function measure(): Promise<BenchResult[]> {
  return [await againstZ3(), ...growth(100, 1000), ...growth(10, 100)];
}

async function againstZ3(): Promise<BenchResult> {
  const random = randomOf(5);
  const lines = manyLines(random);
  const flows = Array.from({ length: flowCount }, () => randomFlow(random));
  const { Z3 } = await init();
  const context = Z3.mk_context(Z3.mk_config());
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < sampleSize; at++) {
    const start = performance.now();
    const answers = evaluateManyFlows(lines, flows);
    const mine = (100 * (performance.now() - start)) / flowCount;
    const index = Math.floor((at * flowCount) / sampleSize);
    const flow = flows[index];
    if (flow === undefined) throw new Error(`there is no flow ${index}`);
    const before = performance.now();
    const denied = await canBeDenied(Z3, context, lines, flow);
    pairs.push([mine, performance.now() - before]);
    if (denied === (answers[index]?.access === "Allow")) throw new Error(`Z3 and the model differ about flow ${index}`);
  }
  return benchResult(
    {
      name: "many-flows-against-z3",
      what: `100 of ${flowCount} required flows through ${ruleCount} rules / one of them asked of Z3, same answers`,
      goal: 1,
    },
    pairs,
  );
}

function manyLines(random: Random): readonly RuleLine[] {
  const of = network({ virtualNetworks: [virtualNetwork("vnet", "10.0.0.0/16", { pcs: "10.0.1.0/24" })] });
  const where = place(of, "vnet/pcs");
  const rules = Array.from({ length: ruleCount }, (_, index): SecurityRule => {
    const words = rule({
      priority: 100 + index,
      access: random.pick(["Allow", "Deny"] as const),
      protocol: random.pick(["Tcp", "Udp", "*"] as const),
      ports: random.pick(["443", "80-500", "*"]),
    });
    return { ...words, destinationAddressPrefixes: [{ kind: "prefix", prefix: randomBlock(random) }] };
  });
  const [scope] = tagScopesOf(of, where);
  if (scope === undefined) throw new Error("a subnet has at least one reading of its tags");
  const group = { ...securityGroup("many", []), securityRules: rules };
  return linesOf(of, group, { direction: "Outbound", place: where, destinationTags: [] }, scope);
}

function randomBlock(random: Random): Prefix {
  const length = 16 + random.below(13);
  const at = ip("20.0.0.0") + random.below(2 ** 26);
  return { base: at - (at % 2 ** (32 - length)), length };
}

function randomFlow(random: Random): HeaderBox {
  const port = random.pick([80, 443, 3478]);
  return {
    source: prefixSpace({ base: ip("10.0.1.0"), length: 24 }),
    destination: prefixSpace(randomBlock(random)),
    protocol: protocolSpace("Tcp"),
    sourcePort: [0, 65_536],
    destinationPort: [port, port + 1],
  };
}

/** Time and memory a subnet of a network of `many` subnets, beside one of `few`: 1 is linear. */
function growth(few: number, many: number): readonly BenchResult[] {
  for (const warmUp of [many, few]) costOf(warmUp);
  const runs = Array.from({ length: 5 }, () => [costOf(many), costOf(few)] as const);
  const what = `a subnet of ${many} / a subnet of ${few}: questions from every subnet`;
  return [
    benchResult(
      { name: `subnets-time-${many}`, what: `time of ${what}`, goal: 1.5 },
      runs.map(([large, small]) => [large.time / many, small.time / few]),
    ),
    benchResult(
      { name: `subnets-memory-${many}`, what: `memory kept by ${what}`, goal: 1.5 },
      runs.map(([large, small]) => [large.memory / many, small.memory / few]),
    ),
  ];
}

/** Microseconds of the processor and bytes that it takes to ask two questions from each subnet, and to keep what was worked out. */
function costOf(subnets: number): { readonly time: number; readonly memory: number } {
  const estate = { ...emptyEstate, ...spokes(subnets) };
  const before = usedHeap();
  const start = process.cpuUsage();
  const of = networkOf(estate, noReferenceData);
  for (const virtualNetwork of estate.virtualNetworks) {
    for (const subnet of virtualNetwork.subnets) {
      for (const to of ["203.0.113.9", "10.255.0.4"]) {
        const answer = explain(of, { from: `${virtualNetwork.name}/${subnet.name}`, to, protocol: "Tcp", port: 443 });
        if (!answer.ok) throw new Error(answer.message);
      }
    }
  }
  const { user, system } = process.cpuUsage(start);
  const time = user + system;
  const memory = usedHeap() - before;
  // The network is still needed here, or its memory would be given back before it is counted.
  if (of.estate.virtualNetworks.length === 0) throw new Error("the network holds nothing");
  return { time, memory };
}

/** Virtual networks of ten subnets each, every subnet with a security group. */
function spokes(subnets: number) {
  const groups = securityGroup("nsg", [{ priority: 100, access: "Allow", to: "203.0.113.0/24", ports: "443" }]);
  const virtualNetworks = Array.from({ length: subnets / 10 }, (_, index) => {
    const own = Object.fromEntries(
      Array.from({ length: 10 }, (__, at) => [`s${at}`, [`10.${index}.${at}.0/24`, { nsg: "nsg" }] as const]),
    );
    return virtualNetwork(`vnet-${index}`, `10.${index}.0.0/16`, own);
  });
  return { virtualNetworks, networkSecurityGroups: [groups] };
}

/** Bytes in use after everything that nobody needs was given back. */
function usedHeap(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed;
}
