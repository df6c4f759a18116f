import { describe, expect, test } from "vitest";
import { rdpTakesADirectPath } from "../../../policy-packs/network/rules/rdp-takes-a-direct-path.ts";
import { allowAll } from "../../model/support/ask.ts";
import { findingsOf } from "../design.ts";

const viaFirewall = { "0.0.0.0/0": "VirtualAppliance 10.0.0.4" };

describe("rdp-takes-a-direct-path", () => {
  test("fails RDP through a firewall, although the firewall lets it pass", () => {
    expect(findingsOf(rdpTakesADirectPath, { routes: viaFirewall, firewallRules: allowAll })).toEqual([
      'fail: RDP from spoke/cpc to 40.64.144.0/20, Tcp 443 goes through firewall "fw"; it should go straight to the Internet',
      'fail: RDP from spoke/cpc to 51.5.0.0/16, Udp 3478 goes through firewall "fw"; it should go straight to the Internet',
    ]);
  });

  test("fails only the part that takes a detour", () => {
    const routes = { ...viaFirewall, "51.5.0.0/16": "Internet" };
    expect(findingsOf(rdpTakesADirectPath, { routes, firewallRules: allowAll })).toEqual([
      'fail: RDP from spoke/cpc to 40.64.144.0/20, Tcp 443 goes through firewall "fw"; it should go straight to the Internet',
    ]);
  });

  test.each([
    { case: "a NAT gateway and no firewall", words: {} },
    {
      case: "routes past the firewall",
      words: { routes: { ...viaFirewall, "40.64.144.0/20": "Internet", "51.5.0.0/16": "Internet" } },
    },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(rdpTakesADirectPath, words)).toEqual([]);
  });
});
