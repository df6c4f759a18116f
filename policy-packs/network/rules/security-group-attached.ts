import { subnetLabel } from "../../../model/topology/network.ts";
import type { Rule } from "../../rule.ts";
import { eachSubnet } from "../each-subnet.ts";

/** Windows 365 makes the network interfaces itself and gives them no group, so only the subnet's own protects them. */
export const securityGroupAttached: Rule = {
  name: "security-group-attached",
  pack: "network",
  description: "A network security group is attached to every Cloud PC subnet.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
  remediation: "Attach a network security group to the subnet.",
  judge: (design) =>
    eachSubnet(design, ({ place }) => {
      const group = design.network.find("networkSecurityGroups", place.subnet.networkSecurityGroupId);
      const subnet = `subnet "${subnetLabel(place)}"`;
      const about = "networkSecurityGroup";
      switch (group.kind) {
        case "found":
          return [];
        case "none":
          return [{ outcome: "fail", about, message: `${subnet} has no network security group` }];
        case "missing":
          return [
            {
              outcome: "undecided",
              about,
              message: `the network security group of ${subnet} is not known: ${group.because}`,
            },
          ];
      }
    }),
};
