import { describe, expect, test } from "vitest";
import type { DomainJoinConfiguration } from "../../../model/estate/provisioning.ts";
import type { Estate } from "../../../model/estate.ts";
import { type Read, unknown } from "../../../model/read.ts";
import { alternateConnectionsUsable } from "../../../policy-packs/identity/rules/alternate-connections-usable.ts";
import { idOf, virtualNetwork } from "../../model/support/build.ts";
import { assumptionsOf, identityFindings } from "./identity-design.ts";

const north = virtualNetwork("north", "10.9.0.0/16", { cpc: "10.9.1.0/24" }, { location: "northeurope" });
const inNorth = { displayName: "neu", virtualNetworkId: idOf("virtualNetworks", "north") };
const inWest = { displayName: "weu" };
const alsoInWest = { displayName: "weu-2" };
const on = (onPremisesConnectionId: Read<string>): DomainJoinConfiguration => ({
  domainJoinType: "azureADJoin",
  onPremisesConnectionId,
});

/** A policy over connections of the input, which are numbered in their order. */
const words = (connections: readonly object[], ...domainJoinConfigurations: readonly DomainJoinConfiguration[]) => ({
  connections,
  change: (estate: Estate) => ({
    ...estate,
    virtualNetworks: [...estate.virtualNetworks, north],
    provisioningPolicies: [{ id: "p", name: "staff", domainJoinConfigurations }],
  }),
});

describe("alternate-connections-usable", () => {
  test.each([
    {
      case: "a connection that joins otherwise",
      given: words([{ ...inWest, connectionType: "hybridAzureADJoin" }], on("connection-0")),
      finding:
        'fail: provisioning policy "staff" has domainJoinType "azureADJoin", but connection "weu" has connectionType "hybridAzureADJoin"',
    },
    {
      case: "an alternate in the same region",
      given: words([inWest, alsoInWest], on("connection-0"), on("connection-1")),
      finding:
        'fail: connection "weu-2" is in "westeurope", as connection "weu" is; an alternate of provisioning policy "staff" helps only in another region',
    },
    {
      case: "one connection twice",
      given: words([inWest], on("connection-0"), on("connection-0")),
      finding:
        'fail: connection "weu" is named twice; an alternate of provisioning policy "staff" helps only in another region',
    },
    {
      case: "a join type that nobody could read, as undecided",
      given: words([{ ...inWest, connectionType: unknown("it is an output") }], on("connection-0")),
      finding:
        'undecided: whether connection "weu" joins as provisioning policy "staff" says is not known: it is an output',
    },
  ])("finds $case", ({ given, finding }) => {
    expect(identityFindings(alternateConnectionsUsable, given)).toEqual([finding]);
  });

  test.each([
    { case: "an alternate in another region", given: words([inWest, inNorth], on("connection-0"), on("connection-1")) },
    { case: "one connection", given: words([inWest], on("connection-0")) },
    { case: "Microsoft's own network", given: words([], { domainJoinType: "azureADJoin" }) },
  ])("passes $case", ({ given }) => {
    expect(identityFindings(alternateConnectionsUsable, given)).toEqual([]);
    expect(assumptionsOf(alternateConnectionsUsable, given)).toEqual([]);
  });

  test("takes connections that are not in the input, or not made yet, as usable, and says so", () => {
    const given = words([inWest], on("connection-0"), on("elsewhere"), on(unknown("it is known after the deployment")));
    expect(identityFindings(alternateConnectionsUsable, given)).toEqual([]);
    expect(assumptionsOf(alternateConnectionsUsable, given)).toEqual([
      '2 of the connections of provisioning policy "staff" are elsewhere, and usable',
    ]);
  });
});
