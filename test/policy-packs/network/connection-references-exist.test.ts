import { describe, expect, test } from "vitest";
import type { AzureNetworkConnection } from "../../../model/estate/governance.ts";
import { unknown } from "../../../model/read.ts";
import { connectionReferencesExist } from "../../../policy-packs/network/rules/connection-references-exist.ts";
import { idOf } from "../../model/support/build.ts";
import { design, findingsOf, withSpoke } from "../design.ts";

const spoke = idOf("virtualNetworks", "spoke");
const connected = (changed: Partial<AzureNetworkConnection> = {}) => ({
  more: {
    azureNetworkConnections: [
      {
        id: "1",
        displayName: "anc",
        resourceGroupId: "/subscriptions/s/resourceGroups/rg",
        virtualNetworkId: spoke,
        subnetId: `${spoke}/subnets/cpc`,
        ...changed,
      },
    ],
  },
});

describe("connection-references-exist", () => {
  test.each([
    {
      case: "a subnet that the virtual network does not have",
      words: connected({ subnetId: `${spoke}/subnets/cpcs` }),
      finding:
        'fail: virtual network "spoke" has no subnet "cpcs", which connection "anc" names; it has "cpc", "servers"',
    },
    {
      case: "a subnet of another virtual network",
      words: connected({ subnetId: `${idOf("virtualNetworks", "two")}/subnets/apps` }),
      finding: 'fail: subnet "apps" of connection "anc" is of virtual network "two", but the connection names "spoke"',
    },
    {
      case: "the id of a subnet in place of that of its virtual network",
      words: connected({ virtualNetworkId: `${spoke}/subnets/cpc` }),
      finding: `fail: the virtual network of connection "anc" is given as "${spoke}/subnets/cpc", which names none; expected "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…"`,
    },
    {
      case: "the id of a virtual network in place of that of a subnet",
      words: connected({ subnetId: spoke }),
      finding: `fail: the subnet of connection "anc" is given as "${spoke}", which names none; expected "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…"`,
    },
    {
      case: "a subscription in place of a resource group",
      words: connected({ resourceGroupId: "/subscriptions/s" }),
      finding:
        'fail: the resource group of connection "anc" is given as "/subscriptions/s", which names none; expected "/subscriptions/…/resourceGroups/…"',
    },
    {
      case: "a virtual network that is not in the input, as undecided",
      words: connected({
        virtualNetworkId: idOf("virtualNetworks", "spok"),
        subnetId: `${idOf("virtualNetworks", "spok")}/subnets/cpc`,
      }),
      finding:
        'undecided: whether virtual network "spok" of connection "anc" exists is not known: it is not in the input',
    },
    {
      case: "references that nobody could read, as undecided",
      words: connected({ resourceGroupId: unknown('parameter "group" has no default') }),
      finding:
        'undecided: whether the resource group of connection "anc" exists is not known: parameter "group" has no default',
    },
    {
      case: "a Cloud PC subnet whose virtual network is only mentioned, as undecided",
      words: { change: withSpoke((network) => ({ ...network, inInput: false })) },
      finding:
        'undecided: whether virtual network "spoke" exists is not known: the input mentions it, but does not hold it',
    },
  ])("finds $case", ({ words, finding }) => {
    expect(findingsOf(connectionReferencesExist, words)).toEqual([finding]);
  });

  test.each([
    { case: "a connection whose every reference is in the input", words: connected() },
    {
      case: "references in other letters",
      words: connected({ virtualNetworkId: spoke.toUpperCase(), subnetId: `${spoke}/subnets/cpc`.toLowerCase() }),
    },
    {
      case: "a connection that leaves the virtual network to the subnet's id",
      words: connected({ virtualNetworkId: `${spoke}/` }),
    },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(connectionReferencesExist, words)).toEqual([]);
  });

  test.each([
    { type: "resourceAvailabilityCheckVNetInvalid", words: connected({ virtualNetworkId: `${spoke}/subnets/cpc` }) },
    { type: "resourceAvailabilityCheckSubnetInvalid", words: connected({ subnetId: `${spoke}/subnets/cpcs` }) },
    {
      type: "resourceAvailabilityCheckResourceGroupInvalid",
      words: connected({ resourceGroupId: "/subscriptions/s" }),
    },
  ])("predicts $type", ({ type, words }) => {
    const [check] = connectionReferencesExist.judge(design(words));
    expect(check?.observations).toMatchObject([{ outcome: "fail", errorTypes: [type] }]);
  });

  test("takes a resource group as given of which the input has nothing", () => {
    const [check] = connectionReferencesExist.judge(
      design(connected({ resourceGroupId: "/subscriptions/s/resourceGroups/rg-nics" })),
    );
    expect(check).toMatchObject({
      observations: [],
      assumptions: ['resource group "rg-nics" of connection "anc" exists'],
    });
  });
});
