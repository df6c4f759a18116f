import type { Random } from "../../model/support/random.ts";
import { randomBalancer } from "./balancer.ts";
import { randomFirewall } from "./firewall.ts";
import { randomNames } from "./names.ts";
import { randomTables } from "./routes.ts";
import { randomAdminRules, randomGroups } from "./security.ts";
import { gatewayId, randomTopology } from "./topology.ts";
import { addresses, dnsRecords, fqdnTags, serviceTags, type World } from "./world.ts";

/** A made-up hub-and-spoke network with everything that a path can meet. What a seed makes never changes within a version. */
export function randomEstate(random: Random): World {
  const firewall = random.chance(0.65);
  const gateway = random.chance(0.5);
  const servers = [
    [],
    [],
    [addresses.dnsServer],
    ["172.20.0.53"],
    ["203.0.113.53"],
    ["168.63.129.16"],
    [addresses.dnsServer, "203.0.113.53"],
    ...(firewall ? [[addresses.firewall], [addresses.firewall]] : []),
  ];
  const resources = [
    ...randomTopology(random, { firewall, gateway, dnsServers: () => random.pick(servers) }),
    ...randomGroups(random),
    ...randomTables(random, firewall),
    ...(firewall ? randomFirewall(random) : []),
    ...randomAdminRules(random),
    ...randomNames(random),
    ...(random.chance(0.4) ? randomBalancer(random) : []),
  ];
  const learned = random.pick([
    [],
    ["10.1.0.0/17", "192.0.2.0/24"],
    ["0.0.0.0/0"],
    ["192.168.0.0/16", "172.20.128.0/17"],
  ]);
  const learnedRoutes = gateway && random.chance(0.85) ? { [gatewayId]: learned } : {};
  return { resources, serviceTags, fqdnTags, dnsRecords, learnedRoutes };
}
