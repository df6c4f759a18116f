import { describe, expect, test } from "vitest";
import { catalogueReferenceData } from "../../../catalogue/reference-data.ts";
import { unknown } from "../../../model/read.ts";
import { firewallRulesNotShadowed } from "../../../policy-packs/network/rules/firewall-rules-not-shadowed.ts";
import { address, applicationRule, networkRule } from "../../model/support/build.ts";
import { type HubAndSpoke, throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { design, findingsOf } from "../design.ts";

const reference = catalogueReferenceData();
const behind = (firewallRules: NonNullable<HubAndSpoke["firewallRules"]>) => ({
  reference,
  routes: throughFirewall,
  firewallRules,
});
// Several rows of the catalogue name this host.
const find = (firewallRules: NonNullable<HubAndSpoke["firewallRules"]>) => [
  ...new Set(findingsOf(firewallRulesNotShadowed, behind(firewallRules)).filter((line) => line.includes(` ${flow} `))),
];

const everything = networkRule({ name: "everything", protocols: ["Any"] });
const login = applicationRule({ name: "login", fqdns: ["login.microsoftonline.com"] });
const web = networkRule({ name: "no-web", ports: "443" });
const flow = "spoke/cpc to login.microsoftonline.com, Tcp 443";

describe("firewall-rules-not-shadowed", () => {
  test("fails a network rule that denies what an application rule allows, whatever the priorities", () => {
    expect(
      find([
        { priority: 100, rules: [login] },
        { priority: 900, action: "Deny", rules: [web] },
      ]),
    ).toEqual([
      `fail: network rule "no-web" of firewall "fw" denies ${flow} before application rule "login" allows it`,
    ]);
  });

  test("fails a collection that denies before one that allows, and says how to mend it", () => {
    const [check] = firewallRulesNotShadowed.judge(
      design(behind([{ action: "Deny", rules: [web] }, { rules: [everything] }])),
    );
    expect(check?.observations.find(({ message }) => message.includes(` ${flow} `))).toMatchObject({
      outcome: "fail",
      message: `network rule "no-web" of firewall "fw" denies ${flow} before network rule "everything" allows it`,
      remedy: 'put collection "collection-1" before "collection-0", or narrow network rule "no-web"',
      blamed: { name: "fw" },
    });
  });

  test("leaves a rule undecided that may deny, because nobody could read what for", () => {
    const unread = { ...web, destinationAddresses: [unknown('parameter "blocked" has no default')] };
    expect(find([{ action: "Deny", rules: [unread] }, { rules: [everything] }])).toEqual([
      `undecided: whether network rule "no-web" of firewall "fw" denies ${flow} before network rule "everything" allows it is not known: whether rule "no-web" of firewall "fw" decides is not known: parameter "blocked" has no default`,
    ]);
  });

  test.each([
    { case: "an allow before the deny", rules: [{ rules: [everything] }, { action: "Deny" as const, rules: [web] }] },
    {
      case: "a deny for other addresses",
      rules: [
        { action: "Deny" as const, rules: [{ ...web, destinationAddresses: [address("10.0.0.0/8")] }] },
        { rules: [everything] },
      ],
    },
    {
      case: "a deny behind which nothing allows: that is for required-endpoints-reachable",
      rules: [{ action: "Deny" as const, rules: [web] }],
    },
  ])("passes $case", ({ rules }) => {
    expect(find(rules)).toEqual([]);
  });

  test("does not apply where no firewall is on the way", () => {
    expect(firewallRulesNotShadowed.judge(design({ reference }))).toEqual([]);
  });
});
