import { weakest } from "../basis.ts";
import type { Reference, RuleAddress } from "../estate/resource.ts";
import { interval, unite } from "../intervals.ts";
import { addressSpaceOf, allAddresses, ipSpaceOf, prefixSpace } from "../ip-space.ts";
import { isUnknown, knownOr, type Read, splitKnown } from "../read.ts";
import { type ReferenceData, tagIncludes } from "../reference-data.ts";
import { metadataAddress, platformAddress, publicAddresses } from "../special-addresses.ts";
import { type Network, placeOf, refersTo } from "../topology/network.ts";
import type { Extent, TagScope } from "./tag-scope.ts";

/** What an address expression is read against. */
export interface AddressReading {
  readonly reference: ReferenceData;
  /** Absent where the topology's tags have no meaning (a firewall rule). */
  readonly scope?: TagScope;
  /** Service tags that are known to hold the address in question, although its value is not known. */
  readonly memberOf: readonly string[];
}

const nothing: Extent = { certain: [], possible: [], basis: "geometry" };
const everything: Extent = { certain: allAddresses, possible: allAddresses, basis: "geometry" };

/** The addresses of one expression. A tag without published prefixes is some part of the public addresses. */
export function extentOfAddress(address: Read<RuleAddress>, reading: AddressReading): Extent {
  if (isUnknown(address)) return { ...nothing, possible: allAddresses, reason: address.unknown };
  switch (address.kind) {
    case "any":
      return everything;
    case "prefix": {
      const space = prefixSpace(address.prefix);
      return { certain: space, possible: space, basis: "geometry" };
    }
    case "range": {
      const space = interval(address.from, address.to);
      return { certain: space, possible: space, basis: "geometry" };
    }
    case "ipv6":
      return nothing;
    case "serviceTag":
      return extentOfTag(address.name, reading);
  }
}

/** The addresses of a service tag. */
export function extentOfTag(name: string, reading: AddressReading): Extent {
  const { scope } = reading;
  switch (name.toLowerCase()) {
    case "virtualnetwork":
      return (
        scope?.virtualNetwork ?? {
          ...nothing,
          possible: allAddresses,
          reason: 'the tag "VirtualNetwork" is not resolved here',
        }
      );
    case "internet":
      return scope?.internet ?? { certain: publicAddresses, possible: publicAddresses, basis: "geometry" };
    case "azureloadbalancer":
    case "azureplatformdns":
      return exactly(platformAddress);
    case "azureplatformimds":
      return exactly(metadataAddress);
  }
  if (reading.memberOf.some((member) => tagIncludes(name, member))) return { ...everything, basis: "documentedTag" };
  const published = reading.reference.serviceTag(name);
  if (published === undefined) {
    return {
      certain: [],
      possible: publicAddresses,
      reason: `the prefixes of service tag "${name}" are not known`,
      basis: "geometry",
    };
  }
  const space = ipSpaceOf(published.prefixes);
  return { certain: space, possible: space, basis: "resolvedSnapshot" };
}

/** The addresses of the members of application security groups, as far as the input names them. */
export function extentOfGroups(network: Network, groups: readonly Reference[]): Extent {
  return uniteExtents(groups.map((group) => extentOfGroup(network, group)));
}

/** The union of extents. */
export function uniteExtents(extents: readonly Extent[]): Extent {
  if (extents.length === 1 && extents[0] !== undefined) return extents[0];
  const reason = extents.find((extent) => extent.reason !== undefined)?.reason;
  const united = extents.reduce(
    (all, extent) => ({
      certain: unite(all.certain, extent.certain),
      possible: unite(all.possible, extent.possible),
      basis: weakest(all.basis, extent.basis),
    }),
    nothing,
  );
  return reason === undefined ? united : { ...united, reason };
}

function extentOfGroup(network: Network, group: Reference): Extent {
  if (isUnknown(group)) return { ...nothing, possible: allAddresses, reason: group.unknown };
  const members = network.estate.networkInterfaces
    .flatMap((networkInterface) => networkInterface.ipConfigurations)
    .filter((configuration) => configuration.applicationSecurityGroupIds.some((id) => refersTo(id, group)));
  return uniteExtents(
    members.map((member) => {
      const address = knownOr(member.privateIpAddress, undefined);
      if (address !== undefined) return exactly(address);
      const subnet = placeOf(network, member.subnetId);
      const space = subnet === undefined ? allAddresses : ipSpaceOf(splitKnown(subnet.subnet.addressPrefixes).known);
      return {
        ...nothing,
        possible: space,
        reason: `the address of "${member.name}" in an application security group is not known`,
      };
    }),
  );
}

function exactly(address: number): Extent {
  const space = addressSpaceOf(address);
  return { certain: space, possible: space, basis: "geometry" };
}
