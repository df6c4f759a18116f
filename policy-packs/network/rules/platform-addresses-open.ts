import { headerSpaceOf } from "../../../model/header-space.ts";
import { hasMember } from "../../../model/intervals.ts";
import { prefixSpace } from "../../../model/ip-space.ts";
import { formatAddress, formatPrefix, type Prefix } from "../../../model/prefix.ts";
import { protocolSpace } from "../../../model/protocol.ts";
import { routesOfSubnet } from "../../../model/routes/select-route.ts";
import { evaluatePlatformRules } from "../../../model/rules/platform-rules.ts";
import { metadataAddress, platformAddress, publicAddresses } from "../../../model/special-addresses.ts";
import { type Network, type SubnetPlace, subnetLabel, subnetSpace } from "../../../model/topology/network.ts";
import type { Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { askFlow, decidingResource } from "../ask-flow.ts";
import { eachSubnet } from "../each-subnet.ts";

/** The host of a Cloud PC answers on two addresses. Without them it has no address, no name, no agent and no licence. */
export const platformAddressesOpen: Rule = {
  name: "platform-addresses-open",
  pack: "network",
  description: "Nothing denies or diverts what Cloud PCs send to the platform: 168.63.129.16 and 169.254.169.254.",
  severity: "critical",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16",
  remediation: "Remove the rules that deny an AzurePlatform service tag, and the routes for the platform's addresses.",
  judge: ({ network, cloudPcSubnets }) =>
    eachSubnet({ network, cloudPcSubnets }, ({ place }) => [
      ...services.flatMap((service) => observeService(network, place, service)),
      ...observeLicensing(network, place),
      ...observeRoutes(network, place),
    ]),
};

/** What the host serves. https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16, read 2026-11-21. */
const services = [
  { what: "DNS", address: platformAddress, protocol: "Udp", port: 53 },
  { what: "DNS", address: platformAddress, protocol: "Tcp", port: 53 },
  { what: "DHCP", address: platformAddress, protocol: "Udp", port: 67 },
  { what: "the VM agent (WireServer)", address: platformAddress, protocol: "Tcp", port: 80 },
  { what: "the VM agent (WireServer)", address: platformAddress, protocol: "Tcp", port: 32_526 },
  { what: "instance metadata (IMDS)", address: metadataAddress, protocol: "Tcp", port: 80 },
] as const;

function observeService(
  network: Network,
  place: SubnetPlace,
  { what, address, protocol, port }: (typeof services)[number],
): readonly Observation[] {
  const to = formatAddress(address);
  const evidence = askFlow(network, { from: place.id, to, protocol, port });
  const { verdict, because } = evidence.answer;
  if (verdict === "Allow") return [];
  const blamed = decidingResource(evidence);
  const flow = `${what} from ${subnetLabel(place)} to ${to}, ${protocol} ${port}`;
  const outcome = verdict === "Deny" ? "fail" : "undecided";
  const message = `${flow} ${verdict === "Deny" ? "is denied" : "is not known to pass"}: ${because}`;
  return [{ outcome, about: `${what} ${protocol} ${port}`, message, evidence, ...(blamed && { blamed }) }];
}

/** Where the licensing service answers is not published: only rules that name its tag bear on it. */
function observeLicensing(network: Network, place: SubnetPlace): readonly Observation[] {
  const group = network.find("networkSecurityGroups", place.subnet.networkSecurityGroupId);
  if (group.kind !== "found") return [];
  const asked = { direction: "Outbound", place, destinationTags: ["AzurePlatformLKM"] } as const;
  const space = headerSpaceOf({
    source: subnetSpace(place.subnet),
    destination: publicAddresses,
    protocol: protocolSpace("Tcp"),
    destinationPort: [1688, 1689],
  });
  const decisions = evaluatePlatformRules(network, group.resource, asked, space);
  const wrong =
    decisions.find(({ access }) => access === "Deny") ?? decisions.find(({ access }) => access === "Unknown");
  if (wrong === undefined) return [];
  const denied = wrong.access === "Deny";
  const what = `licensing of Windows from ${subnetLabel(place)} (AzurePlatformLKM, Tcp 1688)`;
  const message = `${what} ${denied ? "is denied" : "is not known to pass"}: ${wrong.because}`;
  const base = { about: "licensing", message, blamed: subjectOf(group.resource.id) } as const;
  if (!denied) return [{ ...base, outcome: "undecided" }];
  const remedy = `remove the rule that denies AzurePlatformLKM from network security group "${group.resource.name}"`;
  return [{ ...base, outcome: "fail", remedy }];
}

/** Azure does not apply user routes to the platform; who writes one for its addresses means to divert them, in vain or elsewhere. */
function observeRoutes(network: Network, place: SubnetPlace): readonly Observation[] {
  return routesOfSubnet(network, place, []).user.routes.flatMap(({ name = "", prefix, nextHopType }) => {
    if (prefix === undefined || !isForPlatform(prefix)) return [];
    if (nextHopType !== "VirtualAppliance" && nextHopType !== "VirtualNetworkGateway" && nextHopType !== "None")
      return [];
    const table = network.find("routeTables", place.subnet.routeTableId);
    return [
      {
        outcome: "fail",
        about: `route ${name}`,
        message: `user route "${name}" of ${subnetLabel(place)} sends ${formatPrefix(prefix)}, which is the platform's, to ${nextHopType}`,
        remedy: `remove route "${name}"`,
        ...(table.kind === "found" ? { blamed: subjectOf(table.resource.id) } : {}),
      },
    ];
  });
}

/** A wide prefix, such as 0.0.0.0/0, covers the platform by the way; one this long was written for it. */
function isForPlatform(prefix: Prefix): boolean {
  const space = prefixSpace(prefix);
  return prefix.length >= 16 && [platformAddress, metadataAddress].some((address) => hasMember(space, address));
}
