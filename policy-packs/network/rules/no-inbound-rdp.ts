import { headerSpaceOf, sourcesOf } from "../../../model/header-space.ts";
import { intersect, noIntervals, subtract, unite } from "../../../model/intervals.ts";
import { type IpSpace, prefixSpace, toPrefixes } from "../../../model/ip-space.ts";
import { formatPrefix } from "../../../model/prefix.ts";
import { protocolSpace } from "../../../model/protocol.ts";
import { evaluateSecurityGroup } from "../../../model/rules/security-rules.ts";
import { privateAddresses } from "../../../model/special-addresses.ts";
import { gatewaysOf, routesOfGateway } from "../../../model/topology/gateways.ts";
import {
  type Network,
  type SubnetPlace,
  subnetLabel,
  subnetSpace,
  virtualNetworkSpace,
} from "../../../model/topology/network.ts";
import type { Observation, Rule } from "../../rule.ts";
import { eachSubnet } from "../each-subnet.ts";
import { judgeClosed } from "../judge-closed.ts";

/** Windows 365 opens every session from the Cloud PC, so whoever comes in by RDP is not a user of it. */
export const noInboundRdp: Rule = {
  name: "no-inbound-rdp",
  pack: "network",
  description: "Nobody in the virtual network, in another one or on-premises can open an RDP session to a Cloud PC.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/requirements-network",
  remediation: "Deny TCP and UDP 3389 inbound in the network security group, before AllowVnetInBound.",
  judge: ({ network, cloudPcSubnets }) => eachSubnet({ network, cloudPcSubnets }, ({ place }) => judge(network, place)),
};

const port = 3389;
const protocols = ["Tcp", "Udp"] as const;

function judge(network: Network, place: SubnetPlace): readonly Observation[] {
  // Whoever the subnet's own group keeps out needs no path: in a good design that is everybody.
  let left = intersect(letIn(network, place), insideOf(network));
  const found = neighbourhood(network, place).flatMap(({ label, space }) => {
    const sources = intersect(left, space);
    left = subtract(left, space);
    return ask(network, place, label, sources);
  });
  return found.length > 0 ? found : ask(network, place, "addresses that are not in the input", left);
}

/** The sources that the group of the subnet does not surely keep out. A rule of a network manager can overrule the group. */
function letIn(network: Network, place: SubnetPlace): IpSpace {
  const group = network.find("networkSecurityGroups", place.subnet.networkSecurityGroupId);
  if (group.kind !== "found" || network.estate.networkManagers.length > 0) return insideOf(network);
  const rdp = { destination: subnetSpace(place.subnet), destinationPort: [port, port + 1] };
  const question = { direction: "Inbound", place, destinationTags: [] } as const;
  return protocols
    .flatMap((protocol) => {
      const space = headerSpaceOf({ ...rdp, protocol: protocolSpace(protocol) });
      return evaluateSecurityGroup(network, group.resource, question, space);
    })
    .filter(({ access }) => access !== "Deny")
    .reduce<IpSpace>((all, { space }) => unite(all, sourcesOf(space)), noIntervals);
}

/** Where somebody inside may sit. The Internet is for another rule, which asks for every port. */
function insideOf({ estate, memo }: Network): IpSpace {
  return memo("inside", "", () => estate.virtualNetworks.map(virtualNetworkSpace).reduce(unite, privateAddresses));
}

/** What the input knows around the subnet: its own network, the others, and what gateways announce. */
function neighbourhood(
  network: Network,
  { virtualNetwork }: SubnetPlace,
): readonly { readonly label: string; readonly space: IpSpace }[] {
  const others = network.estate.virtualNetworks.filter((each) => each !== virtualNetwork);
  const gateways = gatewaysOf(network, virtualNetwork).flatMap(({ gateway }) =>
    routesOfGateway(network, gateway)
      .routes.filter(({ prefix }) => prefix.length > 0)
      .map(({ prefix }) => ({ label: `the other side of gateway "${gateway.name}"`, space: prefixSpace(prefix) })),
  );
  return [
    ...[virtualNetwork, ...others].map((each) => ({
      label: `virtual network "${each.name}"`,
      space: virtualNetworkSpace(each),
    })),
    ...gateways,
  ];
}

function ask(network: Network, place: SubnetPlace, label: string, sources: IpSpace): readonly Observation[] {
  return toPrefixes(sources)
    .map(formatPrefix)
    .flatMap((from) =>
      protocols.flatMap((protocol) =>
        judgeClosed(
          network,
          { from, to: place.id, protocol, port },
          `RDP from ${label} (${from}) to ${subnetLabel(place)}, ${protocol} ${port},`,
        ).map((observation) => ({ ...observation, about: `RDP from ${label} ${from} ${protocol}` })),
      ),
    );
}
