import { describe, expect, test } from "vitest";
import type { Estate } from "../../../model/estate.ts";
import { unknown } from "../../../model/read.ts";
import { subnetDedicated } from "../../../policy-packs/network/rules/subnet-dedicated.ts";
import { idOf, networkInterface } from "../../model/support/build.ts";
import { findingsOf } from "../design.ts";

const subnetId = `${idOf("virtualNetworks", "spoke")}/subnets/cpc`;
const machineId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm";
const more = (list: Partial<Estate>) => ({ more: list });

describe("subnet-dedicated", () => {
  test.each([
    {
      case: "a delegation",
      words: { cpc: { delegations: ["Microsoft.Web/serverFarms"] } },
      findings: [
        'fail: subnet "spoke/cpc" is delegated to "Microsoft.Web/serverFarms"; a Cloud PC subnet is delegated to nobody',
      ],
    },
    {
      case: "a virtual machine of the input",
      words: more({
        networkInterfaces: [networkInterface("nic", "spoke/cpc", "10.1.1.9", { virtualMachineId: machineId })],
        virtualMachines: [{ id: machineId, name: "vm", networkInterfaceIds: [] }],
      }),
      findings: [
        'fail: subnet "spoke/cpc" holds "vm" (Microsoft.Compute/virtualMachines); a Cloud PC subnet holds nothing but Cloud PCs',
      ],
    },
    {
      case: "a bastion host",
      words: more({ bastionHosts: [{ id: idOf("bastionHosts", "bas"), name: "bas", subnetId }] }),
      findings: [
        'fail: subnet "spoke/cpc" holds "bas" (Microsoft.Network/bastionHosts); a Cloud PC subnet holds nothing but Cloud PCs',
      ],
    },
    {
      case: "a delegation that nobody could read, as undecided",
      words: { cpc: { delegations: [unknown('parameter "service" has no default')] } },
      findings: ['undecided: whether subnet "spoke/cpc" is delegated is not known: parameter "service" has no default'],
    },
  ])("finds $case", ({ words, findings }) => {
    expect(findingsOf(subnetDedicated, words)).toEqual(findings);
  });

  test.each([
    { case: "an empty subnet", words: {} },
    {
      case: "the network interface of a Cloud PC, whose machine is Microsoft's",
      words: more({
        networkInterfaces: [networkInterface("cpc-1", "spoke/cpc", "10.1.1.9", { virtualMachineId: machineId })],
      }),
    },
    {
      case: "a bastion host in the next subnet",
      words: more({
        bastionHosts: [
          { id: idOf("bastionHosts", "bas"), name: "bas", subnetId: subnetId.replace("/cpc", "/servers") },
        ],
      }),
    },
  ])("passes $case", ({ words }) => {
    expect(findingsOf(subnetDedicated, words)).toEqual([]);
  });
});
