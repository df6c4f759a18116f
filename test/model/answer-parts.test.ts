import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { productsOf } from "../../model/answer-parts.ts";
import { explain } from "../../model/explain.ts";
import { type HeaderSpace, headerSpaceOf, intersectFlows, sameFlows, smallestFlow } from "../../model/header-space.ts";
import { joinBoxes } from "../../model/join-boxes.ts";
import { parseEndpoint } from "../../model/path/endpoint.ts";
import { packetOf } from "../../model/path/packet.ts";
import { traceFlow, verdictOf } from "../../model/path/trace-flow.ts";
import { formatAddress } from "../../model/prefix.ts";
import { noReferenceData } from "../../model/reference-data.ts";
import { networkOf } from "../../model/topology/network.ts";
import { ask } from "./support/ask.ts";
import { hubAndSpoke } from "./support/hub-and-spoke.ts";

const sources = ["10.1.1.0/24", "10.1.1.0/25", "10.1.1.128/26", "*"];
const destinations = ["192.0.2.0/24", "192.0.2.0/25", "192.0.2.64/26", "192.0.2.128/27", "*"];

const rule = fc.record({
  access: fc.constantFrom<"Allow" | "Deny">("Allow", "Deny"),
  from: fc.constantFrom(...sources),
  to: fc.constantFrom(...destinations),
  ports: fc.constantFrom("443", "440-450", "*"),
});
const rules = fc
  .array(rule, { minLength: 1, maxLength: 5 })
  .map((list) => list.map((each, index) => ({ ...each, name: `r${index}`, priority: 100 + index })));

describe("the parts of an answer", () => {
  test("are pairwise disjoint and cover the question exactly, and each member asked alone is answered as its part", () => {
    fc.assert(
      fc.property(rules, (words) => {
        const network = networkOf(hubAndSpoke({ rules: words }), noReferenceData);
        const [from, to] = ["spoke/cpc", "192.0.2.0/24"].map((text) => parseEndpoint(network, text));
        if (from?.ok !== true || to?.ok !== true) throw new Error("the question cannot be read");
        const asked = headerSpaceOf({ source: from.value.space, destination: to.value.space, protocol: [0, 1] });
        const products = productsOf(
          traceFlow(network, from.value, to.value, packetOf(asked)).map((packet) => ({
            space: packet.space,
            verdict: verdictOf(packet),
            disposition: packet.end ?? "Delivered",
            because: packet.denied?.because ?? "",
          })),
        );
        products.forEach(({ box }, i) => {
          for (const other of products.slice(i + 1)) expect(intersectFlows([box], [other.box])).toEqual([]);
        });
        expect(
          sameFlows(
            products.map(({ box }) => box),
            asked,
          ),
        ).toBe(true);
        for (const { box, verdict } of products) {
          const flow = smallestFlow([box]);
          if (flow === undefined) throw new Error("an empty part");
          const alone = explain(network, {
            from: formatAddress(flow.source),
            to: formatAddress(flow.destination),
            protocol: "Tcp",
            port: flow.destinationPort,
          });
          expect(alone.ok && alone.value.verdict).toBe(verdict);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("an allowed corner of a denied square is no part of what is denied", () => {
    const { parts } = ask({
      to: "192.0.2.0/24",
      port: 443,
      rules: [
        { name: "corner", priority: 100, access: "Allow", from: "10.1.1.0/25", to: "192.0.2.0/25" },
        { name: "no", priority: 200, access: "Deny" },
      ],
    });
    expect(parts.map(({ verdict, from, to }) => `${verdict} ${from} to ${to}`)).toEqual([
      "Deny 10.1.1.0/24 to 192.0.2.128/25",
      "Deny 10.1.1.128/25 to 192.0.2.0/25",
      "Allow 10.1.1.0/25 to 192.0.2.0/25",
    ]);
  });

  test("boxes that differ in one dimension are one", () => {
    const cut: HeaderSpace = [
      ...headerSpaceOf({ source: [0, 8], destination: [0, 8] }),
      ...headerSpaceOf({ source: [0, 8], destination: [8, 16] }),
      ...headerSpaceOf({ source: [8, 16], destination: [0, 16] }),
    ];
    expect(joinBoxes(cut)).toEqual(headerSpaceOf({ source: [0, 16], destination: [0, 16] }));
  });
});

const everything = [{ priority: 100, access: "Allow" as const }];

describe("what no machine has", () => {
  test.each([
    { case: "the network address", to: "10.1.2.0" },
    { case: "the gateway of the subnet", to: "10.1.2.1" },
    { case: "the last of Azure's DNS addresses", to: "10.1.2.3" },
    { case: "the broadcast address", to: "10.1.2.255" },
    { case: "a prefix of nothing else", to: "10.1.2.0/30" },
    { case: "loopback", to: "127.0.0.1" },
    { case: "link-local", to: "169.254.1.1" },
    { case: "multicast", to: "224.0.0.5" },
    { case: "reserved", to: "240.0.0.1" },
    { case: "limited broadcast", to: "255.255.255.255" },
  ])("is not reached: $case", ({ to }) => {
    const { verdict, disposition } = ask({ to, port: 443, rules: everything });
    expect([verdict, disposition]).toEqual(["Deny", "NoRoute"]);
  });

  test.each([
    { case: "the first machine", to: "10.1.2.4" },
    { case: "the last machine", to: "10.1.2.254" },
    { case: "the whole subnet, which stands for its machines", to: "10.1.2.0/24" },
    { case: "the instance metadata service", to: "169.254.169.254" },
  ])("is left out of what is asked: $case", ({ to }) => {
    expect(ask({ to, port: 443, rules: everything }).verdict).toBe("Allow");
  });

  test("is told in a part of its own among what is reached", () => {
    const { parts } = ask({ to: "192.0.0.0/2", port: 443, rules: everything });
    expect(parts.map(({ to, disposition }) => [to, disposition])).toContainEqual(["224.0.0.0/3", "NoRoute"]);
  });
});
