import { describe, expect, test } from "vitest";
import { explain } from "../../model/explain.ts";
import { infrastructureTag } from "../../model/firewall/evaluate-firewall.ts";
import { noReferenceData, type ReferenceData } from "../../model/reference-data.ts";
import { type Network, networkOf } from "../../model/topology/network.ts";
import { applicationRule, networkRule } from "./support/build.ts";
import { type HubAndSpoke, hubAndSpoke, throughFirewall } from "./support/hub-and-spoke.ts";

const names = [
  "a.allowed.example",
  "b.allowed.example",
  "A.Allowed.Example",
  "allowed.example",
  "a.tagged.example",
  "b.tagged.example",
  "a.denied.example",
  "b.denied.example",
  "kms.example.com",
  "kms2.example.com",
  "a.platform.example",
  "b.platform.example",
  "rdp.example.com",
  "rdp2.example.com",
  "site.example.com",
  "site2.example.com",
  "dc1.corp.example.com",
  "dc2.corp.example.com",
];

const reference: ReferenceData = {
  ...noReferenceData,
  fqdnTag: (tag) => (tag === infrastructureTag ? ["*.platform.example"] : ["*.tagged.example"]),
  serviceTagsOf: (name) => (name.startsWith("rdp") ? ["WindowsVirtualDesktop"] : []),
  isPublicName: (name) => name.includes("allowed"),
  directories: [{ domainName: "corp.example.com", dnsServers: [] }],
};

const firewallRules: HubAndSpoke["firewallRules"] = [
  { priority: 100, rules: [networkRule({ name: "kms", fqdns: ["kms.example.com"], ports: "1688" })] },
  { priority: 200, rules: [applicationRule({ name: "allowed", fqdns: ["*.allowed.example"] })] },
  { priority: 300, rules: [applicationRule({ name: "tagged", tags: ["Windows365"] })] },
  { priority: 400, action: "Deny", rules: [applicationRule({ name: "denied", fqdns: ["*.denied.example"] })] },
];

function answerTo(network: Network, to: string, port: number) {
  return explain(network, { from: "spoke/cpc", to, protocol: "Tcp", port });
}

describe("names that are asked one after another of one network", () => {
  test.each<{ case: string; words: HubAndSpoke }>([
    {
      case: "with the firewall as DNS server",
      words: { dns: ["10.0.0.4"], policy: { dnsSettings: { enableProxy: true, servers: [] } } },
    },
    { case: "with Azure DNS", words: {} },
    {
      case: "with a way past the firewall",
      words: { routes: { ...throughFirewall, WindowsVirtualDesktop: "Internet" } },
    },
    { case: "with a server that nobody knows", words: { dns: ["10.0.2.4"] } },
  ])("are each answered as if it were the only one, $case", ({ words }) => {
    const estate = hubAndSpoke({ routes: throughFirewall, ...words, firewallRules });
    const shared = networkOf(estate, reference);
    for (const port of [443, 1688]) {
      for (const name of names) {
        expect(answerTo(shared, name, port), `${name} ${port}`).toEqual(
          answerTo(networkOf(estate, reference), name, port),
        );
      }
    }
  });

  test("keep their own words in a trace", () => {
    const shared = networkOf(hubAndSpoke({ routes: throughFirewall, firewallRules }), reference);
    const rulesOf = (name: string) => {
      const answer = answerTo(shared, name, 443);
      return answer.ok ? answer.value.steps.flatMap(({ rule }) => rule?.name ?? []) : [];
    };
    expect(rulesOf("a.platform.example")).toContain("a.platform.example");
    expect(rulesOf("b.platform.example")).toContain("b.platform.example");
  });
});
