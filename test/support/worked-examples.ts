import { firewallRules } from "./worked-examples/firewall-rules.ts";
import { hybridNetworks } from "./worked-examples/hybrid-network.ts";
import { peerings } from "./worked-examples/peerings.ts";
import { privateSubnets } from "./worked-examples/private-subnet.ts";
import { routingExamples } from "./worked-examples/routing-example.ts";
import { securityRules } from "./worked-examples/security-rules.ts";
import { systemRoutes } from "./worked-examples/system-routes.ts";
import type { WorkedExample } from "./worked-examples/worked-example.ts";

/** Microsoft's worked examples: the packet walker and the model must both answer them so. */
export const workedExamples: readonly WorkedExample[] = [
  ...systemRoutes,
  ...routingExamples,
  ...securityRules,
  ...firewallRules,
  ...privateSubnets,
  ...hybridNetworks,
  ...peerings,
];
