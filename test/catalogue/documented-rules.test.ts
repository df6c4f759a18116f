import { describe, expect, test } from "vitest";
import { type DocumentedRule, documentedRules, type RuleTopic } from "../../catalogue/documented-rules.ts";

const rule = (topic: RuleTopic, id: string): DocumentedRule => {
  const found = documentedRules(topic).find((row) => row.id === id);
  if (found === undefined) throw new Error(`no rule "${id}" in ${topic}`);
  return found;
};

/** Figures are what a rule of Azure is asked for, so a row that once had them keeps them. */
describe("rules keep their figures", () => {
  test.each([
    { topic: "dns", rows: 43, withFigures: 27 },
    { topic: "hybrid-connectivity", rows: 79, withFigures: 50 },
    { topic: "virtual-wan", rows: 51, withFigures: 24 },
    { topic: "network-semantics", rows: 74, withFigures: 43 },
  ] as const)("$topic has $rows rules, $withFigures of them with figures", ({ topic, rows, withFigures }) => {
    const all = documentedRules(topic);
    expect(all).toHaveLength(rows);
    expect(all.filter(({ statement, value }) => /\d/.test(`${statement} ${JSON.stringify(value ?? "")}`))).toHaveLength(
      withFigures,
    );
  });

  test.each([
    { topic: "dns", id: "dns-zone-limits", says: ["1,000 private zones", "100 of them", "25,000 record sets"] },
    { topic: "dns", id: "dns-fwproxy-steps", says: ["port 53", "1 hour", "30 minutes"] },
    { topic: "dns", id: "dns-adds-conditional", says: ["2 or more", "168.63.129.16", "_msdcs", "port 53"] },
    { topic: "hybrid-connectivity", id: "hybrid-vpn-nat", says: ["500 rules", "site-to-site", "APIPA"] },
    {
      topic: "hybrid-connectivity",
      id: "hybrid-vpn-flows",
      says: ["500,000 inbound", "500,000 outbound", "25 routes"],
    },
    { topic: "hybrid-connectivity", id: "hybrid-er-links", says: ["10 for Local", "20 (50 Mbps)", "100 (10 Gbps)"] },
    { topic: "hybrid-connectivity", id: "hybrid-er-fastpath-ips", says: ["25,000", "100,000", "200,000"] },
    { topic: "hybrid-connectivity", id: "hybrid-bgp-asn-iana", says: ["429496729 (sic)", "4294967295"] },
    { topic: "hybrid-connectivity", id: "hybrid-bgp-asn-coexist", says: ["65515"] },
    { topic: "hybrid-connectivity", id: "hybrid-vpn-skus-nonaz", says: ["2025-11-01", "the 16th", "the 30th"] },
    { topic: "virtual-wan", id: "wan-hub-er", says: ["8 ExpressRoute circuits", "20 Gbps", "1,000 branches"] },
    { topic: "virtual-wan", id: "wan-hub-capacity", says: ["2 by default", "3 Gbps", "2,000 machines"] },
    { topic: "network-semantics", id: "net-fw-dnat", says: ["1 to 63999"] },
    { topic: "network-semantics", id: "net-nsg-defaults", says: ["65000", "65001", "65500"] },
    { topic: "network-semantics", id: "net-fw-skus", says: ["250 Mbps", "30 Gbps", "100 Gbps"] },
    { topic: "network-semantics", id: "net-fw-throughput", says: ["0.25", "1.5", "18 before", "0.3", "60 %", "80 %"] },
  ] as const)("$id says $says", ({ topic, id, says }) => {
    for (const figure of says) expect(rule(topic, id).statement).toContain(figure);
  });

  test("a program reads the throughput of each tier", () => {
    expect(rule("network-semantics", "net-fw-throughput").value).toEqual({
      Basic: { gbps: 0.25 },
      Standard: { gbps: 30, beforeScaleOut: 3, perConnection: 1.5 },
      Premium: { gbps: 100, beforeScaleOut: 18, perConnection: 9, idpsDeny: 10, idpsDenyPerConnection: 0.3 },
      scaleOut: { loadPercent: 60, connectionsPercent: 80, minutes: [5, 7] },
    });
  });
});
