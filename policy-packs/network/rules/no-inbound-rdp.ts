import { headerSpaceOf } from "../../../model/header-space.ts";
import { formatPrefix, type Prefix } from "../../../model/prefix.ts";
import { protocolSpace } from "../../../model/protocol.ts";
import { isUnknown, type Read } from "../../../model/read.ts";
import { evaluateSecurityGroup } from "../../../model/rules/security-rules.ts";
import { gatewaysOf, routesOfGateway } from "../../../model/topology/gateways.ts";
import { type Network, type SubnetPlace, subnetLabel, subnetSpace } from "../../../model/topology/network.ts";
import { peeringsOf } from "../../../model/topology/peerings.ts";
import type { Observation, Rule } from "../../rule.ts";
import { eachSubnet } from "../each-subnet.ts";
import { judgeClosed } from "../judge-closed.ts";

/** Windows 365 opens every session from the Cloud PC, so whoever comes in by RDP is not a user of it. */
export const noInboundRdp: Rule = {
  name: "no-inbound-rdp",
  pack: "network",
  description: "Nobody in the virtual network, in a peer or on-premises can open an RDP session to a Cloud PC.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/requirements-network",
  remediation: "Deny TCP and UDP 3389 inbound in the network security group, before AllowVnetInBound.",
  judge: ({ network, cloudPcSubnets }) =>
    eachSubnet({ network, cloudPcSubnets }, ({ place }) => (isClosed(network, place) ? [] : judge(network, place))),
};

const port = 3389;

/** Whoever the source is: what the subnet's own group denies needs no path. A rule of a network manager can overrule the group. */
function isClosed(network: Network, place: SubnetPlace): boolean {
  const group = network.find("networkSecurityGroups", place.subnet.networkSecurityGroupId);
  if (group.kind !== "found" || network.estate.networkManagers.length > 0) return false;
  const rdp = { destination: subnetSpace(place.subnet), destinationPort: [port, port + 1] };
  return (["Tcp", "Udp"] as const).every((protocol) =>
    evaluateSecurityGroup(
      network,
      group.resource,
      { direction: "Inbound", place, destinationTags: [] },
      headerSpaceOf({ ...rdp, protocol: protocolSpace(protocol) }),
    ).every(({ access }) => access === "Deny"),
  );
}

function judge(network: Network, place: SubnetPlace): readonly Observation[] {
  return sourcesOf(network, place).flatMap(({ label, block }): readonly Observation[] => {
    if (isUnknown(block)) {
      const message = `whether ${label} can open an RDP session to ${subnetLabel(place)} is not known: ${block.unknown}`;
      return [{ outcome: "undecided", about: `RDP from ${label}`, message }];
    }
    const from = formatPrefix(block);
    return (["Tcp", "Udp"] as const).flatMap((protocol) =>
      judgeClosed(
        network,
        { from, to: place.id, protocol, port },
        `RDP from ${label} (${from}) to ${subnetLabel(place)}, ${protocol} ${port},`,
      ).map((observation) => ({ ...observation, about: `RDP from ${label} ${from} ${protocol}` })),
    );
  });
}

/** Where somebody may sit. The Internet is for another rule, which asks for every port. */
function sourcesOf(
  network: Network,
  { virtualNetwork }: SubnetPlace,
): readonly { readonly label: string; readonly block: Read<Prefix> }[] {
  const own = virtualNetwork.addressSpace.map((block) => ({
    label: `virtual network "${virtualNetwork.name}"`,
    block,
  }));
  const peers = peeringsOf(network, virtualNetwork).flatMap(({ name, remote, addressSpace }) =>
    addressSpace.map((block) => ({
      label: remote ? `peer "${remote.name}"` : `the network of peering "${name}"`,
      block,
    })),
  );
  const onPremises = gatewaysOf(network, virtualNetwork).flatMap(({ gateway }) =>
    routesOfGateway(network, gateway)
      .routes.filter(({ prefix }) => prefix.length > 0)
      .map(({ prefix: block }) => ({ label: `the other side of gateway "${gateway.name}"`, block })),
  );
  return [...own, ...peers, ...onPremises];
}
