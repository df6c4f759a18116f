import type { Random } from "../../model/support/random.ts";
import {
  child,
  idOf,
  ref,
  resource,
  securityGroup,
  securityRule,
  type WireResource,
} from "../../support/arm-resources.ts";
import { places, some } from "./world.ts";

const tags = ["VirtualNetwork", "Internet", "AzureLoadBalancer", "Storage", "AzureCloud", "WindowsVirtualDesktop"];

/** Groups that subnets and interfaces of any network may carry. */
export const groupNames = ["nsg-a", "nsg-b"] as const;

/** Groups of the network whose machines are members of the application security group: Azure wants both in one network. */
export const memberGroupNames = [...groupNames, "nsg-members"] as const;

/** Network security groups with up to five rules. */
export function randomGroups(random: Random): readonly WireResource[] {
  return memberGroupNames.map((name) => securityGroup(name, ...randomRules(random, name === "nsg-members")));
}

function randomRules(random: Random, members: boolean) {
  const count = random.below(6);
  return Array.from({ length: count }, (_, index) => {
    const protocol = random.pick(["*", "*", "Tcp", "Udp", "Icmp"]);
    return securityRule(`rule-${index}`, 100 + index * 10, {
      direction: random.pick(["Inbound", "Outbound"]),
      access: random.chance(0.6) ? "Allow" : "Deny",
      protocol,
      ...randomSide(random, "source", members),
      ...randomSide(random, "destination", members),
      ...(protocol === "Icmp" ? {} : randomPorts(random)),
    });
  });
}

function randomSide(random: Random, side: "source" | "destination", members: boolean): object {
  if (random.chance(0.3)) return { [`${side}AddressPrefix`]: "*" };
  if (members && random.chance(0.3)) {
    return {
      [`${side}AddressPrefix`]: undefined,
      [`${side}ApplicationSecurityGroups`]: [ref("applicationSecurityGroups", "asg-machines")],
    };
  }
  if (random.chance(0.3)) return { [`${side}AddressPrefix`]: random.pick(tags) };
  return { [`${side}AddressPrefix`]: undefined, [`${side}AddressPrefixes`]: some(random, places, 3) };
}

function randomPorts(random: Random): object {
  return random.chance(0.5)
    ? {}
    : {
        destinationPortRange: undefined,
        destinationPortRanges: some(random, ["80", "443", "53", "3389", "400-500"], 2),
      };
}

/** A security admin configuration of Virtual Network Manager over two of the networks. */
export function randomAdminRules(random: Random): readonly WireResource[] {
  if (!random.chance(0.15)) return [];
  const manager = ["networkManagers", "manager"] as const;
  const configuration = [...manager, "securityAdminConfigurations", "config"] as const;
  const collection = [...configuration, "ruleCollections", "collection"] as const;
  const group = [...manager, "networkGroups", "group"] as const;
  const rules = Array.from({ length: 1 + random.below(2) }, (_, index) => ({
    ...child([...collection, "rules", `admin-${index}`], {
      priority: 10 + index,
      direction: random.pick(["Inbound", "Outbound"]),
      access: random.pick(["Allow", "Deny", "AlwaysAllow"]),
      protocol: random.pick(["Any", "Tcp", "Udp"]),
      sources: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
      destinations: [{ addressPrefix: random.chance(0.4) ? "*" : random.pick(places), addressPrefixType: "IPPrefix" }],
      sourcePortRanges: ["0-65535"],
      destinationPortRanges: random.chance(0.5) ? ["0-65535"] : ["443"],
    }),
    kind: "Custom",
  }));
  const members = some(random, ["spoke", "hub", "other"], 2).map((name) =>
    child([...group, "staticMembers", name], { resourceId: idOf("virtualNetworks", name) }),
  );
  return [
    resource("networkManagers", "manager", { networkManagerScopeAccesses: ["SecurityAdmin"] }),
    child(group, {}),
    ...members,
    child(configuration, {}),
    child(collection, { appliesToGroups: [{ networkGroupId: idOf(...group) }] }),
    ...rules,
  ];
}
