import type { Rule } from "../rule.ts";
import { addressSpacePrivate } from "./rules/address-space-private.ts";
import { addressSpaceUnique } from "./rules/address-space-unique.ts";
import { azureAccepts } from "./rules/azure-accepts.ts";
import { azurePolicyDenies } from "./rules/azure-policy-denies.ts";
import { connectionReferencesExist } from "./rules/connection-references-exist.ts";
import { deploymentHistoryHasRoom } from "./rules/deployment-history-has-room.ts";
import { explicitEgress } from "./rules/explicit-egress.ts";
import { firewallDnsProxyOn } from "./rules/firewall-dns-proxy-on.ts";
import { firewallLogsOn } from "./rules/firewall-logs-on.ts";
import { firewallRulesNotShadowed } from "./rules/firewall-rules-not-shadowed.ts";
import { flowLogsOn } from "./rules/flow-logs-on.ts";
import { gatewayRoutesReachSubnet } from "./rules/gateway-routes-reach-subnet.ts";
import { gpuSupportedInRegion } from "./rules/gpu-supported-in-region.ts";
import { languagePacksReachable } from "./rules/language-packs-reachable.ts";
import { noInboundRdp } from "./rules/no-inbound-rdp.ts";
import { noLateralMovement } from "./rules/no-lateral-movement.ts";
import { nothingInboundFromInternet } from "./rules/nothing-inbound-from-internet.ts";
import { peeringFlagsConsistent } from "./rules/peering-flags-consistent.ts";
import { peeringsComplete } from "./rules/peerings-complete.ts";
import { platformAddressesOpen } from "./rules/platform-addresses-open.ts";
import { rdpTakesADirectPath } from "./rules/rdp-takes-a-direct-path.ts";
import { regionSupported } from "./rules/region-supported.ts";
import { requiredEndpointsReachable } from "./rules/required-endpoints-reachable.ts";
import { resourceGroupExists } from "./rules/resource-group-exists.ts";
import { resourceGroupUnlocked } from "./rules/resource-group-unlocked.ts";
import { returnPathSymmetric } from "./rules/return-path-symmetric.ts";
import { routeTableAttached } from "./rules/route-table-attached.ts";
import { securityGroupAttached } from "./rules/security-group-attached.ts";
import { snatPortsEnough } from "./rules/snat-ports-enough.ts";
import { subnetAddressesFree } from "./rules/subnet-addresses-free.ts";
import { subnetDedicated } from "./rules/subnet-dedicated.ts";
import { subnetLargeEnough } from "./rules/subnet-large-enough.ts";
import { subscriptionUsable } from "./rules/subscription-usable.ts";
import { tlsNotInspected } from "./rules/tls-not-inspected.ts";
import { udpForShortpath } from "./rules/udp-for-shortpath.ts";
import { virtualNetworkExists } from "./rules/virtual-network-exists.ts";

/** The rules of pack `network`, by name. */
export const networkRules: readonly Rule[] = [
  addressSpacePrivate,
  addressSpaceUnique,
  azureAccepts,
  azurePolicyDenies,
  connectionReferencesExist,
  deploymentHistoryHasRoom,
  explicitEgress,
  firewallDnsProxyOn,
  firewallLogsOn,
  firewallRulesNotShadowed,
  flowLogsOn,
  gatewayRoutesReachSubnet,
  gpuSupportedInRegion,
  languagePacksReachable,
  noInboundRdp,
  noLateralMovement,
  nothingInboundFromInternet,
  peeringFlagsConsistent,
  peeringsComplete,
  platformAddressesOpen,
  rdpTakesADirectPath,
  regionSupported,
  requiredEndpointsReachable,
  resourceGroupExists,
  resourceGroupUnlocked,
  returnPathSymmetric,
  routeTableAttached,
  securityGroupAttached,
  snatPortsEnough,
  subnetAddressesFree,
  subnetDedicated,
  subnetLargeEnough,
  subscriptionUsable,
  tlsNotInspected,
  udpForShortpath,
  virtualNetworkExists,
];
