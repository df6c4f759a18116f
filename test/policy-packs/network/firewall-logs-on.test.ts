import { describe, expect, test } from "vitest";
import type { LogSetting } from "../../../model/estate/logging.ts";
import { unknown } from "../../../model/read.ts";
import { firewallLogsOn } from "../../../policy-packs/network/rules/firewall-logs-on.ts";
import { idOf } from "../../model/support/build.ts";
import { throughFirewall } from "../../model/support/hub-and-spoke.ts";
import { design, findingsOf } from "../design.ts";

const on = (category: LogSetting["category"], enabled: LogSetting["enabled"] = true) => ({
  ...(category === undefined ? {} : { category }),
  enabled,
});
const allOn = [on("AZFWNetworkRule"), on("AZFWApplicationRule")];

/** A spoke that leaves through firewall "fw", of which these logs are kept. */
const logging = (logs: readonly LogSetting[], of = "fw", destinationIds = ["workspace"]) => ({
  routes: throughFirewall,
  more: {
    diagnosticSettings: [{ id: "setting", name: "setting", scope: idOf("azureFirewalls", of), logs, destinationIds }],
  },
});
const network = 'fail: firewall "fw" does not log its network rules';
const application = 'fail: firewall "fw" does not log its application rules';

describe("firewall-logs-on", () => {
  test.each([
    { case: "a setting for metrics only", words: logging([]), findings: [application, network] },
    { case: "one kind of rules left out", words: logging([on("AZFWNetworkRule")]), findings: [application] },
    {
      case: "a category that is switched off",
      words: logging([on("AZFWNetworkRule", false), on("AZFWApplicationRule")]),
      findings: [network],
    },
    { case: "logs that go nowhere", words: logging(allOn, "fw", []), findings: [application, network] },
    { case: "logs of another firewall", words: logging(allOn, "other"), findings: [application, network] },
    {
      case: "a category that may be on, as undecided",
      words: logging([on("AZFWNetworkRule", unknown('parameter "on" has no default')), on("AZFWApplicationRule")]),
      findings: ['undecided: whether firewall "fw" logs its network rules is not known: parameter "on" has no default'],
    },
  ])("finds $case", ({ words, findings }) => {
    expect(findingsOf(firewallLogsOn, words)).toEqual(findings);
  });

  test.each([
    { case: "both structured categories", logs: allOn },
    { case: "the legacy categories", logs: [on("AzureFirewallNetworkRule"), on("AzureFirewallApplicationRule")] },
    { case: "every log at once", logs: [{ categoryGroup: "allLogs", enabled: true }] },
  ])("passes $case", ({ logs }) => {
    expect(findingsOf(firewallLogsOn, logging(logs))).toEqual([]);
  });

  test("does not apply where Cloud PCs go past the firewall", () => {
    expect(firewallLogsOn.judge(design({ ...logging([]), routes: {} }))).toEqual([]);
  });

  test("takes logging as given where the input holds nothing of it, and says so", () => {
    expect(firewallLogsOn.judge(design({ routes: throughFirewall }))).toMatchObject([
      {
        observations: [],
        assumptions: ['firewall "fw" logs what its rules decide; the input holds no logging at all'],
      },
    ]);
  });
});
