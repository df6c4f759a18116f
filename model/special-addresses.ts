import { subtract } from "./intervals.ts";
import { allAddresses, type IpSpace, ipSpaceOf } from "./ip-space.ts";
import { prefix } from "./prefix.ts";

/** The virtual IP of the host: DNS, DHCP, health probes. https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16, read 2026-11-20. */
export const platformAddress = prefix("168.63.129.16/32").base;

/** The instance metadata service, link-local on the host. https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service, read 2026-11-20. */
export const metadataAddress = prefix("169.254.169.254/32").base;

/** Both platform addresses. NSGs do not apply to them unless a rule names an `AzurePlatform…` tag. */
export const platformAddresses: IpSpace = ipSpaceOf([prefix("168.63.129.16/32"), prefix("169.254.169.254/32")]);

/** RFC 1918 and RFC 6598: what Azure drops by a system route, and what a firewall does not translate, unless told. */
export const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(prefix);

/** The addresses of `privateRanges`. */
export const privateAddresses: IpSpace = ipSpaceOf(privateRanges);

/**
 * "This network", loopback, link-local, multicast and reserved ranges with limited broadcast: no virtual network may have them, and
 * multicast and broadcast are not carried. 169.254.169.254 is in them, and answered by the host.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (read 2026-11-21), RFC 6890.
 */
const unusableRanges = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"].map(prefix);

/** What no flow can be sent to, whatever the routes say. */
export const undeliverableAddresses: IpSpace = subtract(ipSpaceOf(unusableRanges), platformAddresses);

/**
 * What the public Internet can carry: everything but private, loopback, link-local, multicast and reserved ranges and the
 * host's address. Documentation ranges (RFC 5737) count as public, so that examples and tests may use them.
 */
export const publicAddresses: IpSpace = subtract(
  allAddresses,
  ipSpaceOf([...privateRanges, ...unusableRanges, prefix("168.63.129.16/32")]),
);
