import { azureLimitNumber } from "../../catalogue/azure-limits.ts";
import type { LoadBalancer, NatGateway } from "../../model/estate/egress.ts";
import type { AzureFirewall } from "../../model/estate/firewall.ts";
import type { Reference } from "../../model/estate/resource.ts";
import { hasMember } from "../../model/intervals.ts";
import { firewallPlace } from "../../model/path/appliance.ts";
import type { Step } from "../../model/path/step.ts";
import { prefixSize } from "../../model/prefix.ts";
import { isUnknown } from "../../model/read.ts";
import { type Network, refersTo, type SubnetPlace, subnetSpace } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../cloud-pc-subnet.ts";
import { type Subject, subjectOf } from "../subject.ts";
import { askFlow } from "./ask-flow.ts";

/** Something that translates the source of what Cloud PCs send to the Internet. */
export interface SnatCarrier {
  readonly subject: Subject;
  /** `NAT gateway "nat"` */
  readonly label: string;
  readonly ports: SnatPorts;
}

/** Source ports that a carrier surely has. */
export interface SnatPorts {
  readonly count: number;
  /** What they come from: `1 public IP address`. */
  readonly because: string;
  /** What a further public address adds; absent where ports are allocated by hand. */
  readonly perAddress?: number;
  /** Whether each Cloud PC has as many of its own, instead of all sharing them. */
  readonly each?: true;
  /** Why there may be more. */
  readonly mayBeMore?: string;
}

/** RDP may leave by another way than the rest, so both are asked. */
const destinations = ["WindowsVirtualDesktop", "Internet"];

/** How many instances an Azure Firewall has before it grows. https://learn.microsoft.com/azure/firewall/firewall-known-issues, read 2026-11-21. */
const firewallInstanceCountMin = 2;

/** The smallest public IP prefix that Azure gives is a /31. */
const prefixAddressCountMin = 2;

/** What translates the source of a subnet's flows to the Internet. */
export function snatCarriers(network: Network, { place }: CloudPcSubnet): readonly SnatCarrier[] {
  const carriers = destinations.flatMap((to): readonly SnatCarrier[] => {
    const { steps } = askFlow(network, { from: place.id, to, protocol: "Tcp", port: 443 }).answer;
    const exit = steps.find(({ egress }) => egress !== undefined);
    return exit === undefined ? [] : carriersAt(network, place, exit, steps);
  });
  return [...new Map(carriers.map((carrier) => [carrier.subject.id, carrier])).values()];
}

function carriersAt(
  network: Network,
  from: SubnetPlace,
  { egress, at, resourceId }: Step,
  steps: readonly Step[],
): readonly SnatCarrier[] {
  switch (egress?.via) {
    case "natGateway": {
      const nat = network.find("natGateways", network.subnets.find(resourceId ?? "")?.subnet.natGatewayId);
      return nat.kind === "found" ? [natCarrier(network, nat.resource)] : [];
    }
    case "firewall": {
      const passed = steps.find((step) => step.kind === "Firewall" && step.at === at);
      const firewall = network.find("azureFirewalls", passed?.resourceId);
      return firewall.kind === "found" ? [firewallCarrier(network, firewall.resource)] : [];
    }
    default:
      // A pool lists addresses, so it may carry a part of the subnet only.
      return network.estate.loadBalancers.flatMap((balancer) => balancerCarrier(balancer, from) ?? []);
  }
}

function natCarrier(network: Network, nat: NatGateway): SnatCarrier {
  const label = `NAT gateway "${nat.name}"`;
  return { subject: subjectOf(nat.id), label, ports: natPorts(network, nat) };
}

function natPorts(network: Network, { publicIpAddressIds, publicIpPrefixIds }: NatGateway): SnatPorts {
  const perAddress = azureLimitNumber("nat-gateway-snat-ports-per-public-ip");
  const single = publicIpAddressIds.filter((id) => {
    const found = network.find("publicIPAddresses", id);
    return found.kind !== "found" || found.resource.publicIPAddressVersion !== "IPv6";
  }).length;
  const sizes = publicIpPrefixIds.map((id) => prefixAddressCount(network, id));
  const addresses = sizes.reduce<number>((sum, size) => sum + (size ?? prefixAddressCountMin), single);
  const because = `${addresses} public IP address${addresses === 1 ? "" : "es"}`;
  const ports = { count: addresses * perAddress, because, perAddress };
  return sizes.includes(undefined) ? { ...ports, mayBeMore: "the size of its public IP prefix is not known" } : ports;
}

function prefixAddressCount({ estate }: Network, id: Reference): number | undefined {
  const found = estate.publicIPPrefixes.find((each) => refersTo(id, each.id));
  if (found?.ipPrefix !== undefined && !isUnknown(found.ipPrefix)) return prefixSize(found.ipPrefix);
  const length = found?.prefixLength;
  return length === undefined || isUnknown(length) ? undefined : 2 ** (32 - length);
}

/** A NAT gateway on the subnet of a firewall translates in its place. */
function firewallCarrier(network: Network, firewall: AzureFirewall): SnatCarrier {
  const nat = network.find("natGateways", firewallPlace(network, firewall)?.subnet.natGatewayId);
  if (nat.kind === "found") return natCarrier(network, nat.resource);
  const perAddress =
    firewallInstanceCountMin * azureLimitNumber("azure-firewall-snat-ports-per-public-ip-per-instance");
  const own = firewall.ipConfigurations.filter(({ publicIpAddressId }) => publicIpAddressId !== undefined).length;
  const addresses = Math.max(1, own, firewall.hubPublicIpAddresses.length);
  const because = `${addresses} public IP address${addresses === 1 ? "" : "es"}, ${firewallInstanceCountMin} instances`;
  const ports = { count: addresses * perAddress, because, perAddress };
  const label = `firewall "${firewall.name}"`;
  // A hub's firewall tells its addresses only once it is deployed.
  const inHub = own === 0 && firewall.hubPublicIpAddresses.length === 0;
  const mayBeMore = nat.kind === "missing" ? nat.because : inHub ? "its public IP addresses are not known" : undefined;
  return { subject: subjectOf(firewall.id), label, ports: mayBeMore === undefined ? ports : { ...ports, mayBeMore } };
}

/** The outbound rules of a load balancer give each member of a pool its own ports: the least of them counts. */
function balancerCarrier(balancer: LoadBalancer, { subnet }: SubnetPlace): SnatCarrier | undefined {
  const space = subnetSpace(subnet);
  const pools = balancer.backendAddressPools.filter(({ addresses }) =>
    addresses.some((address) => !isUnknown(address) && hasMember(space, address)),
  );
  const rules = balancer.outboundRules.filter((rule) =>
    pools.some(({ id }) => refersTo(rule.backendAddressPoolId, id)),
  );
  const allocated = rules.flatMap(({ name, allocatedOutboundPorts }) =>
    allocatedOutboundPorts === undefined || isUnknown(allocatedOutboundPorts) || allocatedOutboundPorts === 0
      ? []
      : [{ name, count: allocatedOutboundPorts }],
  );
  const [least] = allocated.sort((a, b) => a.count - b.count);
  if (least === undefined) return undefined;
  const ports = { count: least.count, because: `outbound rule "${least.name}"`, each: true } as const;
  return { subject: subjectOf(balancer.id), label: `load balancer "${balancer.name}"`, ports };
}
