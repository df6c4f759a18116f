import { describe, expect, test } from "vitest";
import type { RoutingChange } from "../../../model/estate/security-group.ts";
import { explain } from "../../../model/explain.ts";
import { type Read, unknown } from "../../../model/read.ts";
import { noReferenceData } from "../../../model/reference-data.ts";
import { networkOf } from "../../../model/topology/network.ts";
import { hubAndSpoke } from "../support/hub-and-spoke.ts";

const estate = hubAndSpoke({ rules: [{ priority: 100, access: "Allow" }] });
const idOf = (name: string) => estate.virtualNetworks.find((each) => each.name === name)?.id ?? name;
const group = { id: "/subscriptions/s/networkGroups/g", name: "g" };

/** The answer from the spoke when a network manager reaches these networks. */
function answer(
  kind: RoutingChange["kind"],
  members: readonly Read<string>[],
  to: string,
  scope = "/subscriptions/other",
) {
  const manager = {
    id: "/subscriptions/s/networkManagers/m",
    name: "m",
    scopes: [scope],
    networkGroups: [{ ...group, members }],
    securityAdminConfigurations: [],
    routingChanges: [{ kind, name: "c", appliesToGroupIds: [group.id], hubIds: [] }],
  };
  const network = networkOf({ ...estate, networkManagers: [manager] }, noReferenceData);
  const result = explain(network, { from: "spoke/cpc", to, protocol: "Tcp", port: 443 });
  return result.ok ? [result.value.verdict, result.value.disposition] : [result.message];
}

const open = ["Unknown", "InsufficientInfo"];

describe("routes that a network manager may change", () => {
  test.each([
    { case: "between members of a mesh", kind: "connectivity", members: ["spoke", "two"], to: "10.2.1.4", is: open },
    {
      case: "from a member to the Internet",
      kind: "connectivity",
      members: ["spoke", "two"],
      to: "192.0.2.1",
      is: ["Allow", "ExitsNetwork"],
    },
    {
      case: "between a member and another network",
      kind: "connectivity",
      members: ["two"],
      to: "10.2.1.4",
      is: ["Deny", "NullRouted"],
    },
    {
      case: "over a peering of the input",
      kind: "connectivity",
      members: ["spoke", "hub"],
      to: "10.0.2.4",
      is: ["Allow", "Delivered"],
    },
    { case: "of a routing configuration's member", kind: "routing", members: ["spoke"], to: "192.0.2.1", is: open },
    { case: "back from its member", kind: "routing", members: ["hub"], to: "10.0.2.4", is: open },
    {
      case: "of another network's routing",
      kind: "routing",
      members: ["two"],
      to: "192.0.2.1",
      is: ["Allow", "ExitsNetwork"],
    },
  ] as const)("$case", ({ kind, members, to, is }) => {
    expect(answer(kind, members.map(idOf), to)).toEqual(is);
  });

  test.each([
    { case: "in scope", scope: "/providers/Microsoft.Management/managementGroups/root", is: open },
    { case: "outside it", scope: "/subscriptions/other", is: ["Allow", "ExitsNetwork"] },
  ])("with members that nothing tells, every network of the scope may be one: $case", ({ scope, is }) => {
    expect(answer("routing", [unknown("Azure Policy")], "192.0.2.1", scope)).toEqual(is);
    expect(answer("routing", [], "192.0.2.1", scope)).toEqual(is);
  });
});
