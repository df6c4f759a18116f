import { describe, expect, test } from "vitest";
import type { Estate } from "../../../model/estate.ts";
import { nothingInboundFromInternet } from "../../../policy-packs/network/rules/nothing-inbound-from-internet.ts";
import { idOf, networkInterface, publicIp } from "../../model/support/build.ts";
import { type DesignWords, findingsOf } from "../design.ts";

/** A Cloud PC that somebody gave a public address. */
const published: DesignWords = {
  more: {
    networkInterfaces: [
      networkInterface("nic", "spoke/cpc", "10.1.1.9", {
        ip: { publicIpAddressId: idOf("publicIPAddresses", "pip-vm") },
      }),
    ],
  },
  change: (estate: Estate) => ({
    ...estate,
    publicIPAddresses: [...estate.publicIPAddresses, publicIp("pip-vm", "203.0.113.50")],
  }),
};
const allow = (from: string, ports: string) =>
  ({ name: "allow", priority: 100, access: "Allow", direction: "Inbound", protocol: "Tcp", from, ports }) as const;

describe("nothing-inbound-from-internet", () => {
  test.each([
    {
      case: "a public address and an open port",
      words: { ...published, rules: [allow("Internet", "3389")] },
      finding:
        'fail: Tcp from the Internet to spoke/cpc is let in, for example 1.0.0.0 to 10.1.1.9 port 3389: rule "allow" allows it (network security group "nsg")',
    },
    {
      case: "a wide range that hides the port",
      words: { ...published, rules: [allow("0.0.0.0/0", "3000-4000")] },
      finding:
        'fail: Tcp from the Internet to spoke/cpc is let in, for example 1.0.0.0 to 10.1.1.9 port 3000: rule "allow" allows it (network security group "nsg")',
    },
    {
      case: "a tag whose prefixes nobody knows, as undecided",
      words: { ...published, rules: [allow("AzureFrontDoor.Backend", "443")] },
      finding:
        'undecided: Tcp from the Internet to spoke/cpc is not known to be denied, for example 1.0.0.0 to 10.1.1.9 port 443: whether rule "allow" decides is not known: the prefixes of service tag "AzureFrontDoor.Backend" are not known (network security group "nsg")',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(nothingInboundFromInternet, words)).toEqual([finding]);
  });

  test.each([
    { case: "an open port without a public address", words: { rules: [allow("Internet", "3389")] } },
    { case: "a public address behind default rules", words: published },
    {
      case: "an allow that an earlier deny takes everything from",
      words: {
        ...published,
        rules: [{ priority: 90, access: "Deny", direction: "Inbound" } as const, allow("Internet", "3389")],
      },
    },
    { case: "an allow from a private range", words: { ...published, rules: [allow("10.0.0.0/8", "3389")] } },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(nothingInboundFromInternet, words)).toEqual([]);
  });
});
