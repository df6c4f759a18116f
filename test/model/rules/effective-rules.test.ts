import { expect, test } from "vitest";
import { noReferenceData } from "../../../model/reference-data.ts";
import { effectiveRules } from "../../../model/rules/effective-rules.ts";
import { networkOf } from "../../../model/topology/network.ts";
import { place } from "../support/build.ts";
import { hubAndSpoke } from "../support/hub-and-spoke.ts";

test("rules are listed in the order of evaluation, with tags written out as this subnet sees them", () => {
  const network = networkOf(
    hubAndSpoke({
      rules: [
        { name: "late", priority: 300, access: "Deny", to: "Storage" },
        { name: "early", priority: 200, access: "Allow", protocol: "Tcp", ports: "443" },
      ],
    }),
    noReferenceData,
  );
  const rows = effectiveRules(network, place(network, "spoke/cpc")).filter((rule) => rule.direction === "Outbound");
  expect(rows.map((rule) => [rule.priority, rule.name, rule.access, rule.default])).toEqual([
    [200, "early", "Allow", false],
    [300, "late", "Deny", false],
    [65_000, "AllowVnetOutBound", "Allow", true],
    [65_001, "AllowInternetOutBound", "Allow", true],
    [65_500, "DenyAllOutBound", "Deny", true],
  ]);
  expect(rows[1]?.expanded).toEqual({
    Storage: 'no address; perhaps more: the prefixes of service tag "Storage" are not known',
  });
  expect(rows[2]?.expanded).toEqual({ VirtualNetwork: "10.0.0.0/15, 168.63.129.16/32, 172.20.0.0/16" });
});
