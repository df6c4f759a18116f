import { describe, expect, test } from "vitest";
import { virtualNetworkExists } from "../../../policy-packs/network/rules/virtual-network-exists.ts";
import type { VirtualNetworkFact } from "../../../policy-packs/tenant-facts.ts";
import { idOf } from "../../model/support/build.ts";
import { connection, tenantFindings } from "../tenant.ts";

const old = idOf("virtualNetworks", "old");
/** Besides the subnet of the design, a connection names a network that only the tenant knows. */
const words = {
  more: { azureNetworkConnections: [connection({ virtualNetworkId: old, subnetId: `${old}/subnets/cpc` })] },
};
const healthy: VirtualNetworkFact = { id: old, state: "Succeeded", subnets: [{ name: "CPC" }] };

describe("virtual-network-exists", () => {
  test.each([
    {
      case: "a network that nobody finds",
      fact: { state: "NotFound" },
      finding:
        'fail [resourceAvailabilityCheckVNetInvalid]: virtual network "old" was looked for and is not there, and the design does not make it',
    },
    {
      case: "a network that failed",
      fact: { state: "Failed" },
      finding:
        'fail [resourceAvailabilityCheckVNetInvalid]: virtual network "old" is in state "Failed", expected "Succeeded"',
    },
    {
      case: "a network on its way elsewhere",
      fact: { beingMoved: true },
      finding:
        'fail [resourceAvailabilityCheckVNetBeingMoved]: virtual network "old" is being moved; wait until it has arrived',
    },
    {
      case: "a subnet that is not there",
      fact: { subnets: [{ name: "default" }] },
      finding:
        'fail [resourceAvailabilityCheckSubnetInvalid]: virtual network "old" has no subnet "cpc", and the design does not make it',
    },
  ])("tells of $case", ({ fact, finding }) => {
    expect(tenantFindings(virtualNetworkExists, { virtualNetworks: [{ ...healthy, ...fact }] }, words)).toEqual([
      finding,
    ]);
  });

  test("passes what exists, and what the design makes", () => {
    expect(tenantFindings(virtualNetworkExists, { virtualNetworks: [healthy] }, words)).toEqual([]);
    const spoke = { id: idOf("virtualNetworks", "spoke"), state: "NotFound" };
    expect(tenantFindings(virtualNetworkExists, { virtualNetworks: [spoke] })).toEqual([]);
    expect(tenantFindings(virtualNetworkExists, { virtualNetworks: [] })).toEqual([]);
  });

  test("fails a network of the design that is being moved", () => {
    const spoke = { id: idOf("virtualNetworks", "spoke"), state: "Succeeded", beingMoved: true };
    expect(tenantFindings(virtualNetworkExists, { virtualNetworks: [spoke] })).toHaveLength(1);
  });

  test("leaves a network undecided that is neither made nor among the facts", () => {
    expect(tenantFindings(virtualNetworkExists, { virtualNetworks: [] }, words)).toEqual([
      'undecided [resourceAvailabilityCheckVNetInvalid, resourceAvailabilityCheckVNetBeingMoved, resourceAvailabilityCheckSubnetInvalid]: whether virtual network "old" exists is not known: it is not among the virtual networks of the facts',
    ]);
  });

  test("does not apply without the facts", () => {
    expect(tenantFindings(virtualNetworkExists, {})).toBeUndefined();
  });
});
