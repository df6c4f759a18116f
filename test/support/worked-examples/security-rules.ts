import {
  child,
  idOf,
  networkInterface,
  publicAddress,
  ref,
  securityGroup,
  securityRule,
  virtualNetwork,
} from "../arm-resources.ts";
import type { WorkedExample } from "./worked-example.ts";
import { learn, read, tcp } from "./worked-example.ts";

const http = { direction: "Inbound", protocol: "Tcp", destinationPortRange: "80", sourceAddressPrefix: "Internet" };

function placement(
  title: string,
  nsg1: readonly object[],
  nsg2: readonly object[],
  questions: WorkedExample["questions"],
) {
  const addresses = { VM1: "10.0.1.4", VM2: "10.0.1.5", VM3: "10.0.2.4", VM4: "10.0.3.4" };
  const subnets = { VM1: "Subnet1", VM2: "Subnet1", VM3: "Subnet2", VM4: "Subnet3" };
  const names = ["VM1", "VM2", "VM3", "VM4"] as const;
  return {
    title,
    page: `${learn}/virtual-network/network-security-group-how-it-works`,
    read,
    resources: [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        Subnet1: { addressPrefix: "10.0.1.0/24", networkSecurityGroup: ref("networkSecurityGroups", "NSG1") },
        Subnet2: "10.0.2.0/24",
        Subnet3: "10.0.3.0/24",
      }),
      securityGroup("NSG1", ...nsg1.map((rule) => ({ ...rule }))),
      securityGroup("NSG2", ...nsg2.map((rule) => ({ ...rule }))),
      ...names.flatMap((name, index) => [
        publicAddress(`${name}-pip`, `192.0.2.${index + 1}`),
        networkInterface(name, `vnet/${subnets[name]}`, addresses[name], {
          properties:
            name === "VM1" || name === "VM3" ? { networkSecurityGroup: ref("networkSecurityGroups", "NSG2") } : {},
          configuration: { publicIPAddress: ref("publicIPAddresses", `${name}-pip`) },
        }),
      ]),
    ],
    questions,
  };
}

const denied = { verdict: "Deny", disposition: "DeniedInbound" } as const;
const delivered = { verdict: "Allow", disposition: "Delivered" } as const;

const placementInbound = placement(
  "NSG placement, inbound: only NSG1 allows port 80",
  [securityRule("AllowHttp", 100, http)],
  [],
  [
    tcp("198.51.100.7", "192.0.2.1", 80, denied, "VM1: NSG2 must allow it too"),
    tcp("198.51.100.7", "192.0.2.2", 80, delivered, "VM2: only NSG1 applies"),
    tcp("198.51.100.7", "192.0.2.3", 80, denied, "VM3: only NSG2 applies"),
    tcp("198.51.100.7", "192.0.2.4", 80, delivered, "VM4: no group applies, all traffic is allowed"),
    tcp("198.51.100.7", "192.0.2.2", 443, denied, "VM2: another port"),
  ],
);

const placementBoth = placement(
  "NSG placement, inbound: both groups allow port 80",
  [securityRule("AllowHttp", 100, http)],
  [securityRule("AllowHttp", 100, http)],
  [
    tcp("198.51.100.7", "192.0.2.1", 80, delivered, "VM1: both allow it"),
    tcp("198.51.100.7", "192.0.2.3", 80, delivered, "VM3: NSG2 allows it"),
  ],
);

const placementOutbound = placement(
  "NSG placement, outbound: NSG2 denies port 80",
  [],
  [securityRule("DenyHttp", 100, { access: "Deny", protocol: "Tcp", destinationPortRange: "80" })],
  [
    tcp("10.0.1.4", "203.0.113.9", 80, { verdict: "Deny", disposition: "DeniedOutbound" }, "VM1: NSG2 denies it"),
    tcp("10.0.1.5", "203.0.113.9", 80, { verdict: "Allow" }, "VM2: NSG1 allows the Internet by default"),
    tcp("10.0.2.4", "203.0.113.9", 80, { verdict: "Deny", disposition: "DeniedOutbound" }, "VM3: NSG2 denies it"),
    tcp("10.0.3.4", "203.0.113.9", 80, { verdict: "Allow" }, "VM4: no group applies"),
  ],
);

const intraSubnet = placement(
  "NSG placement: a rule of NSG1 denies all traffic inside Subnet1",
  [
    securityRule("DenyAllOut", 100, { access: "Deny" }),
    securityRule("DenyAllIn", 100, { access: "Deny", direction: "Inbound" }),
  ],
  [],
  [tcp("10.0.1.4", "10.0.1.5", 443, { verdict: "Deny" }, "VM1 and VM2 can no longer communicate with each other")],
);

function adminRule(
  access: "Allow" | "AlwaysAllow" | "Deny",
  nsgAccess: "Allow" | "Deny",
  verdict: "Allow" | "Deny",
): WorkedExample {
  const manager = ["networkManagers", "manager"] as const;
  return {
    title: `Security admin rule ${access} before an NSG rule ${nsgAccess}`,
    page: `${learn}/virtual-network-manager/concept-security-admins#the-order-of-evaluation`,
    read,
    resources: [
      virtualNetwork("vnet", ["10.0.0.0/16"], {
        default: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: ref("networkSecurityGroups", "nsg") },
      }),
      securityGroup(
        "nsg",
        securityRule("ssh", 100, { access: nsgAccess, protocol: "Tcp", destinationPortRange: "22" }),
      ),
      child([...manager, "networkGroups", "group"], {}),
      child([...manager, "networkGroups", "group", "staticMembers", "vnet"], {
        resourceId: idOf("virtualNetworks", "vnet"),
      }),
      child([...manager, "securityAdminConfigurations", "config", "ruleCollections", "collection"], {
        appliesToGroups: [{ networkGroupId: idOf(...manager, "networkGroups", "group") }],
      }),
      child([...manager, "securityAdminConfigurations", "config", "ruleCollections", "collection", "rules", "ssh"], {
        priority: 10,
        direction: "Outbound",
        access,
        protocol: "Tcp",
        sources: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
        destinations: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
        sourcePortRanges: ["0-65535"],
        destinationPortRanges: ["22"],
      }),
    ],
    questions: [tcp("10.0.0.4", "203.0.113.9", 22, { verdict }, `${access} then ${nsgAccess}`)],
  };
}

/** Where network security groups apply, and what comes before them. */
export const securityRules: readonly WorkedExample[] = [
  placementInbound,
  placementBoth,
  placementOutbound,
  intraSubnet,
  adminRule("Deny", "Allow", "Deny"),
  adminRule("AlwaysAllow", "Deny", "Allow"),
  adminRule("Allow", "Deny", "Deny"),
  adminRule("Allow", "Allow", "Allow"),
];
