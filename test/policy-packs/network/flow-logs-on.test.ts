import { describe, expect, test } from "vitest";
import type { FlowLog } from "../../../model/estate/logging.ts";
import { unknown } from "../../../model/read.ts";
import { flowLogsOn } from "../../../policy-packs/network/rules/flow-logs-on.ts";
import { idOf } from "../../model/support/build.ts";
import { design, findingsOf } from "../design.ts";

const log = (target: FlowLog["targetResourceId"], enabled?: FlowLog["enabled"]) => ({
  more: {
    flowLogs: [
      {
        id: idOf("networkWatchers", "w/flowLogs/fl"),
        name: "fl",
        targetResourceId: target,
        ...(enabled === undefined ? {} : { enabled }),
      },
    ],
  },
});
const spoke = idOf("virtualNetworks", "spoke");

describe("flow-logs-on", () => {
  test.each([
    {
      case: "no flow log for it, though there are others",
      words: log(idOf("virtualNetworks", "hub"), true),
      finding: 'fail: no flow log records subnet "spoke/cpc"',
    },
    {
      case: "a flow log of the subnet next to it",
      words: log(`${spoke}/subnets/servers`, true),
      finding: 'fail: no flow log records subnet "spoke/cpc"',
    },
    {
      case: "a flow log that is switched off",
      words: log(spoke, false),
      finding: 'fail: flow log "fl" of subnet "spoke/cpc" is switched off',
    },
    {
      case: "a flow log that says nothing, which is off",
      words: log(spoke),
      finding: 'fail: flow log "fl" of subnet "spoke/cpc" is switched off',
    },
    {
      case: "a flow log that may be on, as undecided",
      words: log(spoke, unknown('parameter "on" has no default')),
      finding:
        'undecided: whether flow log "fl" records subnet "spoke/cpc" is not known: parameter "on" has no default',
    },
    {
      case: "a flow log of something unread, as undecided",
      words: log(unknown('parameter "target" has no default'), true),
      finding:
        'undecided: whether flow log "fl" records subnet "spoke/cpc" is not known: parameter "target" has no default',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(flowLogsOn, words)).toEqual([finding]);
  });

  test.each([
    { case: "a flow log of the virtual network", target: spoke },
    { case: "a flow log of the subnet itself", target: `${spoke}/subnets/cpc` },
    { case: "a flow log of its security group", target: idOf("networkSecurityGroups", "nsg") },
  ])("passes $case", ({ target }) => {
    expect(findingsOf(flowLogsOn, log(target, true))).toEqual([]);
  });

  test("takes logging as given where the input holds nothing of it, and says so", () => {
    expect(flowLogsOn.judge(design())).toMatchObject([
      {
        observations: [],
        assumptions: ['flow logs record virtual network "spoke"; the input holds no logging at all'],
      },
    ]);
  });
});
