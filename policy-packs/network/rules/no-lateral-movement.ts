import { sameResource } from "../../../model/resource-id.ts";
import { subnetLabel } from "../../../model/topology/network.ts";
import type { Rule } from "../../rule.ts";
import { eachSubnet } from "../each-subnet.ts";
import { judgeClosed } from "../judge-closed.ts";

/** Cloud PCs have nothing to say to each other; what can reach its neighbours can infect them. */
export const noLateralMovement: Rule = {
  name: "no-lateral-movement",
  pack: "network",
  description: "No Cloud PC can open a connection to another Cloud PC of its virtual network.",
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
  remediation:
    "Add a rule that denies everything from the Cloud PC subnets to the Cloud PC subnets, before AllowVnetInBound and AllowVnetOutBound.",
  judge: ({ network, cloudPcSubnets }) =>
    eachSubnet({ network, cloudPcSubnets }, (from) =>
      cloudPcSubnets
        .filter((to) => sameResource(to.place.virtualNetwork.id, from.place.virtualNetwork.id))
        .flatMap((to) =>
          (["Tcp", "Udp"] as const).flatMap((protocol) =>
            judgeClosed(
              network,
              { from: from.place.id, to: to.place.id, protocol },
              `${protocol} from ${subnetLabel(from.place)} to ${subnetLabel(to.place)}`,
            ).map((observation) => ({ ...observation, about: `${protocol} to ${to.place.subnet.name}` })),
          ),
        ),
    ),
};
