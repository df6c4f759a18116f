import { describe, expect, test } from "vitest";
import type { SecurityRule } from "../../../model/estate/security-group.ts";
import { type HeaderBox, headerSpaceOf } from "../../../model/header-space.ts";
import { prefixSpace } from "../../../model/ip-space.ts";
import { formatAddress } from "../../../model/prefix.ts";
import { protocolSpace } from "../../../model/protocol.ts";
import { answer, evaluateManyFlows } from "../../../model/rules/many-flows.ts";
import { evaluateSecurityGroup, linesOf } from "../../../model/rules/security-rules.ts";
import { tagScopesOf } from "../../../model/rules/tag-scope.ts";
import { ip, network, place, rule, securityGroup, virtualNetwork } from "../support/build.ts";
import { type Random, randomOf } from "../support/random.ts";

const of = network({ virtualNetworks: [virtualNetwork("vnet", "10.0.0.0/16", { cpc: "10.0.1.0/24" })] });
const where = place(of, "vnet/cpc");
const asked = { direction: "Outbound", place: where, destinationTags: [] } as const;

function randomBlock(random: Random) {
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

function manyRules(random: Random, count: number) {
  const rules = Array.from({ length: count }, (_, index): SecurityRule => {
    const words = rule({
      priority: 100 + index,
      access: random.pick(["Allow", "Deny"] as const),
      protocol: random.pick(["Tcp", "Udp", "*"] as const),
      ports: random.pick(["443", "80-500", "*"]),
    });
    return { ...words, destinationAddressPrefixes: [{ kind: "prefix", prefix: randomBlock(random) }] };
  });
  return { ...securityGroup("many", []), securityRules: rules };
}

describe("evaluateManyFlows", () => {
  test("answers each of many questions as one by one, with a witness that is denied", () => {
    const random = randomOf(7);
    const group = manyRules(random, 200);
    const [scope] = tagScopesOf(of, where);
    const lines = scope === undefined ? [] : linesOf(of, group, asked, scope);
    const flows = Array.from({ length: 400 }, () => randomFlow(random));
    const answers = evaluateManyFlows(lines, flows);
    flows.forEach((flow, index) => {
      const single = answer(evaluateSecurityGroup(of, group, asked, headerSpaceOf(flow)));
      expect([answers[index]?.access, answers[index]?.witness]).toEqual([single.access, single.witness]);
    });
    expect(new Set(answers.map((each) => each.access)).size).toBeGreaterThan(1);
  });

  test("the witness is the smallest flow that does not pass", () => {
    const group = securityGroup("one", [{ priority: 100, access: "Deny", to: "192.0.2.64/26", ports: "443" }]);
    const decisions = evaluateSecurityGroup(
      of,
      group,
      asked,
      headerSpaceOf({
        source: prefixSpace({ base: ip("10.0.1.0"), length: 24 }),
        destination: prefixSpace({ base: ip("192.0.2.0"), length: 24 }),
        protocol: protocolSpace("Tcp"),
      }),
    );
    const { witness, decision } = answer(decisions);
    expect([formatAddress(witness?.destination ?? 0), witness?.destinationPort, decision?.rule?.name]).toEqual([
      "192.0.2.64",
      443,
      "Deny-100",
    ]);
  });
});
