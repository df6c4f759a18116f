import type { Rule } from "../rule.ts";
import { azureAccepts } from "./rules/azure-accepts.ts";
import { explicitEgress } from "./rules/explicit-egress.ts";
import { languagePacksReachable } from "./rules/language-packs-reachable.ts";
import { noLateralMovement } from "./rules/no-lateral-movement.ts";
import { nothingInboundFromInternet } from "./rules/nothing-inbound-from-internet.ts";
import { peeringsComplete } from "./rules/peerings-complete.ts";
import { rdpTakesADirectPath } from "./rules/rdp-takes-a-direct-path.ts";
import { regionSupported } from "./rules/region-supported.ts";
import { requiredEndpointsReachable } from "./rules/required-endpoints-reachable.ts";
import { securityGroupAttached } from "./rules/security-group-attached.ts";
import { subnetDedicated } from "./rules/subnet-dedicated.ts";
import { subnetLargeEnough } from "./rules/subnet-large-enough.ts";
import { udpForShortpath } from "./rules/udp-for-shortpath.ts";

/** The rules of pack `network`, by name. */
export const networkRules: readonly Rule[] = [
  azureAccepts,
  explicitEgress,
  languagePacksReachable,
  noLateralMovement,
  nothingInboundFromInternet,
  peeringsComplete,
  rdpTakesADirectPath,
  regionSupported,
  requiredEndpointsReachable,
  securityGroupAttached,
  subnetDedicated,
  subnetLargeEnough,
  udpForShortpath,
];
