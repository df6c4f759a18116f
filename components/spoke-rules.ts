import { compileNsgRules, type OutboundSecurityRule } from "../catalogue/compile-nsg-rules.ts";
import { compileRoutes, type DirectRoute } from "../catalogue/compile-routes.ts";
import { formatPrefix } from "../model/prefix.ts";
import { type CloudPcTraffic, domainControllersOf, mergeRules } from "./cloud-pc-traffic.ts";

/** One rule of a network security group, in ARM's spelling. */
export type SecurityRule = OutboundSecurityRule | DenyRule;

/** A rule that closes something, whatever the port. */
interface DenyRule {
  name: string;
  description: string;
  priority: number;
  direction: "Inbound" | "Outbound";
  access: "Deny";
  protocol: "*";
  sourceAddressPrefix?: string;
  sourceAddressPrefixes?: string[];
  sourcePortRange: "*";
  destinationAddressPrefix?: string;
  destinationAddressPrefixes?: string[];
  destinationPortRange: "*";
}

/** A user-defined route, in ARM's spelling. */
export type Route = DirectRoute | ApplianceRoute;

interface ApplianceRoute {
  name: string;
  addressPrefix: string;
  nextHopType: "VirtualAppliance";
  nextHopIpAddress: string;
}

/**
 * Security rules of the Cloud PC subnets of a region.
 *
 * Inbound everything is denied, also from `VirtualNetwork`, which would admit every peer and on-premises range: users reach
 * a Cloud PC by reverse connect. Outbound, Cloud PCs cannot reach each other, and what they need is allowed by service tag.
 */
export function spokeSecurityRules(traffic: readonly CloudPcTraffic[]): readonly SecurityRule[] {
  const cloudPcs = [...new Set(traffic.flatMap(({ sources }) => sources.map(formatPrefix)))].sort();
  const outbound = mergeRules(
    traffic.map(
      (kind) =>
        compileNsgRules({ selection: kind.selection, sources: kind.sources, ...domainControllersOf(kind) })
          .securityRules,
    ),
    ({ sourceAddressPrefixes }) => sourceAddressPrefixes,
    (rule, sourceAddressPrefixes) => ({ ...rule, sourceAddressPrefixes }),
  );
  return [
    {
      ...closed,
      name: "deny-inbound",
      description: "Nothing connects to a Cloud PC: users reach it by reverse connect",
      priority: 4096,
      direction: "Inbound",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "*",
    },
    {
      ...closed,
      name: "deny-cloud-pc-to-cloud-pc",
      description: "Cloud PCs do not reach each other",
      priority: 100,
      direction: "Outbound",
      sourceAddressPrefixes: cloudPcs,
      destinationAddressPrefixes: cloudPcs,
    },
    ...withOwnPriorities(outbound),
  ];
}

/**
 * Routes of the Cloud PC subnets of a region: everything to the firewall or appliance, if there is one, and RDP past it.
 *
 * @param nextHopIpAddress - the firewall or appliance; undefined leaves the default route to Azure, and RDP is direct anyway
 * @param rdpDirect - whether RDP goes past it; the subnets then need explicit egress of their own
 */
export function spokeRoutes(
  traffic: readonly CloudPcTraffic[],
  nextHopIpAddress: string | undefined,
  rdpDirect: boolean,
): readonly Route[] {
  if (nextHopIpAddress === undefined) return [];
  const direct = traffic.flatMap(({ selection }) => [
    ...compileRoutes({ selection, explicitEgress: rdpDirect, rdpDirect }),
  ]);
  return [
    { name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress },
    ...new Map(direct.map((route) => [route.name, route])).values(),
  ];
}

const closed = { access: "Deny", protocol: "*", sourcePortRange: "*", destinationPortRange: "*" } as const;

/** Rules of different Cloud PCs may ask for the same priority, which Azure takes once in a direction. */
function withOwnPriorities(rules: readonly OutboundSecurityRule[]): readonly OutboundSecurityRule[] {
  const taken = new Set<number>();
  return rules
    .toSorted((a, b) => a.priority - b.priority)
    .map((rule) => {
      let { priority } = rule;
      while (taken.has(priority)) priority += 1;
      taken.add(priority);
      return { ...rule, priority };
    });
}
