import type { Reference } from "../../../model/estate/resource.ts";
import type { Estate } from "../../../model/estate.ts";
import { isUnknown } from "../../../model/read.ts";
import { type Network, refersTo, type SubnetPlace, subnetLabel } from "../../../model/topology/network.ts";
import type { Observation, Rule } from "../../rule.ts";
import { type Subject, subjectOf } from "../../subject.ts";
import { eachSubnet } from "../each-subnet.ts";

/** A delegated subnet takes no network interface of Windows 365, and one with foreign resources can be refused. */
export const subnetDedicated: Rule = {
  name: "subnet-dedicated",
  pack: "network",
  description: "The Cloud PC subnets are delegated to nobody and hold nothing but Cloud PCs.",
  severity: "high",
  errorTypes: [
    "resourceAvailabilityCheckSubnetDelegationFailed",
    "resourceAvailabilityCheckSubnetWithExternalResources",
  ],
  url: "https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnectionhealthcheck",
  remediation: "Give the Cloud PCs a subnet of their own: move what else is in it, and remove its delegations.",
  judge: (design) =>
    eachSubnet(design, ({ place }) => [
      ...delegations(place),
      ...residents(design.network).flatMap((resident) => observeResident(place, resident)),
    ]),
};

function delegations(place: SubnetPlace): readonly Observation[] {
  const subnet = `subnet "${subnetLabel(place)}"`;
  const errorTypes = ["resourceAvailabilityCheckSubnetDelegationFailed"];
  return place.subnet.delegations.map((service) =>
    isUnknown(service)
      ? {
          outcome: "undecided",
          about: "delegation",
          errorTypes,
          message: `whether ${subnet} is delegated is not known: ${service.unknown}`,
        }
      : {
          outcome: "fail",
          about: `delegation ${service}`,
          errorTypes,
          message: `${subnet} is delegated to "${service}"; a Cloud PC subnet is delegated to nobody`,
          remedy: `remove the delegation to "${service}" from subnet "${place.subnet.name}"`,
        },
  );
}

/** Something that takes addresses of a subnet. */
interface Resident {
  readonly id: string;
  readonly subnetId: Reference | undefined;
}

function observeResident(place: SubnetPlace, { id, subnetId }: Resident): readonly Observation[] {
  if (!refersTo(subnetId, place.id)) return [];
  const resident = subjectOf(id);
  return [
    {
      outcome: "fail",
      about: "resident",
      blamed: resident,
      errorTypes: ["resourceAvailabilityCheckSubnetWithExternalResources"],
      message: `subnet "${subnetLabel(place)}" holds ${describe(resident)}; a Cloud PC subnet holds nothing but Cloud PCs`,
      remedy: `move "${resident.name}" to another subnet`,
    },
  ];
}

function describe({ type, name }: Subject): string {
  return `"${name}" (${type})`;
}

/**
 * What the estate says to be in subnets. The network interface of a Cloud PC belongs to a machine in a subscription of Microsoft's, so
 * only interfaces of machines of the input count.
 */
function residents({ estate, memo }: Network): readonly Resident[] {
  return memo("residents of subnets", "", () => [
    ...machineInterfaces(estate),
    ...estate.privateEndpoints.map(({ id, subnetId }) => ({ id, subnetId })),
    ...estate.bastionHosts.map(({ id, subnetId }) => ({ id, subnetId })),
    ...estate.loadBalancers.flatMap(({ id, frontendIpConfigurations }) =>
      frontendIpConfigurations.map(({ subnetId }) => ({ id, subnetId })),
    ),
    ...estate.azureFirewalls.flatMap(({ id, ipConfigurations }) =>
      ipConfigurations.map(({ subnetId }) => ({ id, subnetId })),
    ),
    ...estate.virtualNetworkGateways.flatMap(({ id, subnetIds }) => subnetIds.map((subnetId) => ({ id, subnetId }))),
    ...estate.dnsResolvers.flatMap(({ id, inboundEndpoints, outboundEndpoints }) =>
      [...inboundEndpoints, ...outboundEndpoints].map(({ subnetId }) => ({ id, subnetId })),
    ),
  ]);
}

function machineInterfaces({ networkInterfaces, virtualMachines }: Estate): readonly Resident[] {
  return networkInterfaces.flatMap(({ id, ipConfigurations, virtualMachineId }) => {
    const owner = virtualMachines.find(
      (machine) =>
        refersTo(virtualMachineId, machine.id) || machine.networkInterfaceIds.some((other) => refersTo(other, id)),
    );
    return owner === undefined ? [] : ipConfigurations.map(({ subnetId }) => ({ id: owner.id, subnetId }));
  });
}
