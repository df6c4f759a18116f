import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { connectionInOneSubscription } from "../../../policy-packs/identity/rules/connection-in-one-subscription.ts";
import { idOf } from "../../model/support/build.ts";
import { type connection, identityDesign, identityFindings } from "./identity-design.ts";

const one = (words: Parameters<typeof connection>[0]) => ({ connections: [words ?? {}] });

describe("connection-in-one-subscription", () => {
  test.each([
    {
      case: "a resource group of another subscription",
      words: one({ resourceGroupId: "/subscriptions/other/resourceGroups/nic" }),
      findings: [
        'fail: resourceGroupId of connection "connection 0" is in subscription "other", but its subscriptionId is "s"',
      ],
    },
    {
      case: "names where ids belong",
      words: one({ resourceGroupId: "nic", virtualNetworkId: "spoke" }),
      findings: [
        'fail: resourceGroupId "nic" of connection "connection 0" is not of the form /subscriptions/…/resourceGroups/…',
        'fail: virtualNetworkId "spoke" of connection "connection 0" is not of the form /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…',
      ],
    },
    {
      case: "a virtual network where a subnet belongs",
      words: one({ subnetId: idOf("virtualNetworks", "spoke") }),
      findings: [
        `fail: subnetId "${idOf("virtualNetworks", "spoke")}" of connection "connection 0" is not of the form /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…`,
      ],
    },
    {
      case: "ids that nobody could read, as undecided",
      words: one({ subscriptionId: unknown("it is an output"), subnetId: unknown("it is an output") }),
      findings: [
        'undecided: subnetId of connection "connection 0" is not known: it is an output',
        'undecided: subscriptionId of connection "connection 0" is not known: it is an output',
      ],
    },
  ])("finds $case", ({ words, findings }) => {
    expect(identityFindings(connectionInOneSubscription, words)).toEqual(findings);
  });

  test("finds what is not given at all", () => {
    const made = identityDesign();
    const bare = [{ id: "c", displayName: "bare" }];
    const network = { ...made.network, estate: { ...made.network.estate, azureNetworkConnections: bare } };
    const [check] = connectionInOneSubscription.judge({ ...made, network });
    expect(check?.observations.map(({ message }) => message)).toEqual([
      'connection "bare" has no resourceGroupId, which Graph asks for',
      'connection "bare" has no virtualNetworkId, which Graph asks for',
      'connection "bare" has no subnetId, which Graph asks for',
      'connection "bare" has no subscriptionId, which Graph asks for',
    ]);
  });

  test.each([
    { case: "ids in one subscription", words: one({}) },
    {
      case: "ids in lower case, as Graph may return them",
      words: one({ resourceGroupId: "/subscriptions/S/resourcegroups/nic" }),
    },
    {
      case: "a subscription that is only known at the deployment",
      words: one({ resourceGroupId: "/subscriptions/{subscription}/resourceGroups/nic" }),
    },
  ])("passes $case", ({ words }) => {
    expect(identityFindings(connectionInOneSubscription, words)).toEqual([]);
  });
});
