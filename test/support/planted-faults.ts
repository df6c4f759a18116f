import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../tools/sandbox/workspace.ts";

/** A change of a source file. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A mistake in a program that Azure would take, but Cloud PCs could not live with. */
export interface PlantedFault extends Edit {
  readonly fault: string;
  /** The example that it is planted in. */
  readonly stack: "example" | "minimal" | "hybrid";
  /** The pack and rule that must stop it. */
  readonly pack: "network" | "identity";
  readonly rule: string;
  /**
   * Not certainly wrong, but not known to be right either, which stands in the way as well: a name may have an address that a direct
   * route takes past the firewall, and what an unknown appliance does nobody knows.
   */
  readonly undecided?: true;
}

/** One of each kind of mistake that the rules are there for. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    fault: "an endpoint that no firewall rule lets through",
    stack: "example",
    file: "components/firewall-rules.ts",
    from: "return { ok: true, groups: mergeGroups(compiled.flatMap(({ groups }) => groups)) };",
    to: `return { ok: true, groups: mergeGroups(compiled.flatMap(({ groups }) => groups)).map((group) => ({
      ...group,
      ruleCollections: group.ruleCollections.map((collection) => ({
        ...collection,
        rules: collection.rules.filter((rule) => !JSON.stringify(rule).includes("enterpriseregistration.windows.net")),
      })),
    })) as never };`,
    pack: "network",
    rule: "required-endpoints-reachable",
    undecided: true,
  },
  {
    fault: "a default route to an address that nobody has",
    stack: "minimal",
    file: "components/spoke-rules.ts",
    from: "if (nextHopIpAddress === undefined) return [];",
    to: `if (nextHopIpAddress === undefined)
    return [{ name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.60.3.200" }];`,
    pack: "network",
    rule: "required-endpoints-reachable",
    undecided: true,
  },
  {
    fault: "a default route that drops everything",
    stack: "minimal",
    file: "components/spoke-rules.ts",
    from: "if (nextHopIpAddress === undefined) return [];",
    to: `if (nextHopIpAddress === undefined)
    return [{ name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "None" } as never];`,
    pack: "network",
    rule: "required-endpoints-reachable",
  },
  {
    fault: "no way to the Internet",
    stack: "minimal",
    file: "components/cloud-pc-spoke.ts",
    from: "...(args.natGatewayId !== undefined && { natGateway: { id: args.natGatewayId } }),",
    to: "",
    pack: "network",
    rule: "explicit-egress",
  },
  {
    fault: "the role that another page names",
    stack: "minimal",
    file: "components/windows365-permissions.ts",
    from: `roleDefinitions/\${roleDefinitionId}\``,
    to: "roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7`",
    pack: "identity",
    rule: "windows365-roles-assigned",
  },
  {
    fault: "roles for the application id, which is no principal",
    stack: "minimal",
    file: "components/windows365-permissions.ts",
    from: "      principalId,\n",
    to: "      principalId: windows365ApplicationId(),\n",
    pack: "identity",
    rule: "windows365-roles-assigned",
  },
  {
    fault: "no role on the virtual network",
    stack: "minimal",
    file: "stacks/grant-windows365.ts",
    from: '  grant("windows365-regions", environment, scopes);',
    to: '  grant("windows365-regions", environment, scopes.filter(({ kind }) => kind !== "virtualNetwork"));',
    pack: "identity",
    rule: "windows365-roles-assigned",
  },
  {
    fault: "a role that is too wide",
    stack: "minimal",
    file: "components/windows365-permissions.ts",
    from: `.map(({ role }) => assignRole(\`\${name}-\${scope.key}\`,`,
    to: `.flatMap(({ role }) => [role, { ...role, roleDefinitionId: "b24988ac-6180-42a0-ab88-20f7382dd24c" }])
        .map((role, index) => assignRole(\`\${name}-\${scope.key}-\${index}\`,`,
    pack: "identity",
    rule: "windows365-roles-no-wider",
  },
  {
    fault: "a subnet too small for its Cloud PCs",
    stack: "minimal",
    file: "components/cloud-pc-spoke.ts",
    from: "addressPrefix: formatPrefix(subnet.addressPrefix),",
    to: 'addressPrefix: formatPrefix(subnet.addressPrefix).replace(/\\/\\d+$/, "/26"),',
    pack: "network",
    rule: "subnet-large-enough",
  },
  {
    fault: "a region where Windows 365 provisions nothing",
    stack: "minimal",
    file: "components/cloud-pc-spoke.ts",
    from: `virtualNetworkName: virtualNetwork.name,
      location,`,
    to: `virtualNetworkName: virtualNetwork.name,
      location: "westindia",`,
    pack: "network",
    rule: "region-supported",
  },
  {
    fault: "a peering one way",
    stack: "example",
    file: "components/peering-pair.ts",
    from: 'sides === "both" &&',
    to: "false &&",
    pack: "network",
    rule: "peerings-complete",
  },
  {
    fault: "a peering that lets no forwarded traffic in",
    stack: "example",
    file: "components/peering-pair.ts",
    from: "allowForwardedTraffic: true",
    to: "allowForwardedTraffic: false",
    pack: "network",
    rule: "peering-flags-consistent",
  },
  {
    fault: "a hybrid join without DNS servers of the domain",
    stack: "hybrid",
    file: "components/cloud-pc-spoke.ts",
    from: "...(virtualNetwork.dnsServers.length > 0 && { dhcpOptions: { dnsServers: [...virtualNetwork.dnsServers] } }),",
    to: "",
    pack: "identity",
    rule: "domain-resolves",
  },
  {
    fault: "domain controllers that the security group shuts off",
    stack: "hybrid",
    file: "components/spoke-rules.ts",
    from: "    ...withOwnPriorities(outbound),",
    to: `    ...withOwnPriorities(outbound),
    {
      ...closed,
      name: "deny-on-premises",
      description: "planted",
      priority: 101,
      direction: "Outbound",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "192.168.0.0/16",
    },`,
    pack: "identity",
    rule: "domain-controllers-reachable",
  },
  {
    fault: "a security group that lets everything in",
    stack: "minimal",
    file: "components/spoke-rules.ts",
    from: 'const closed = { access: "Deny",',
    to: 'const closed = { access: "Allow" as "Deny",',
    pack: "network",
    rule: "no-lateral-movement",
  },
  {
    fault: "a delegated subnet",
    stack: "minimal",
    file: "components/cloud-pc-spoke.ts",
    from: "defaultOutboundAccess: false,",
    to: 'defaultOutboundAccess: false, delegations: [{ name: "d", serviceName: "Microsoft.Web/serverFarms" }],',
    pack: "network",
    rule: "subnet-dedicated",
  },
  {
    fault: "a read-only lock on the resource group of the network interfaces",
    stack: "minimal",
    file: "stacks/index.ts",
    from: "planCloudPcs(environment, regions, ownSubscription);",
    to: `planCloudPcs(environment, regions, ownSubscription);
  const scope = \`/subscriptions/\${ownSubscription}/resourceGroups/rg-w365-weu-nic\`;
  new authorization.ManagementLockByScope("lock", { scope, lockName: "lock", level: "ReadOnly" });`,
    pack: "network",
    rule: "resource-group-unlocked",
  },
  {
    fault: "a subnet without a security group",
    stack: "minimal",
    file: "components/cloud-pc-spoke.ts",
    from: "networkSecurityGroup: { id: networkSecurityGroup.id },",
    to: "",
    pack: "network",
    rule: "security-group-attached",
  },
  {
    fault: "RDP that takes the way through the firewall",
    stack: "example",
    file: "stacks/deploy-region.ts",
    from: 'region.rdp === "direct"),',
    to: "false),",
    pack: "network",
    rule: "rdp-takes-a-direct-path",
  },
  {
    fault: "a forced tunnel to a gateway that is not there",
    stack: "minimal",
    file: "components/spoke-rules.ts",
    from: "if (nextHopIpAddress === undefined) return [];",
    to: `if (nextHopIpAddress === undefined)
    return [{ name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualNetworkGateway" } as never];`,
    pack: "network",
    rule: "required-endpoints-reachable",
  },
  {
    fault: "a DNS proxy that is off, though network rules name hosts",
    stack: "example",
    file: "components/hub-firewall.ts",
    from: "policy.dnsProxy && {",
    to: "false && {",
    pack: "network",
    rule: "required-endpoints-reachable",
  },
  {
    fault: "a firewall rule that shadows those behind it",
    stack: "example",
    file: "components/firewall-rules.ts",
    from: "return { ok: true, groups: mergeGroups(compiled.flatMap(({ groups }) => groups)) };",
    to: `const deny = {
      name: "deny-all",
      priority: 100,
      ruleCollectionType: "FirewallPolicyFilterRuleCollection",
      action: { type: "Deny" },
      rules: [{ name: "deny-web", ruleType: "NetworkRule", ipProtocols: ["TCP"], sourceAddresses: ["*"], destinationAddresses: ["*"], destinationPorts: ["443"] }],
    };
    return { ok: true, groups: [{ name: "first", priority: 100, ruleCollections: [deny] } as never, ...mergeGroups(compiled.flatMap(({ groups }) => groups))] };`,
    pack: "network",
    rule: "required-endpoints-reachable",
    undecided: true,
  },
  {
    fault: "UDP that the security group closes",
    stack: "minimal",
    file: "components/spoke-rules.ts",
    from: "    ...withOwnPriorities(outbound),",
    to: `    ...withOwnPriorities(outbound),
    {
      ...closed,
      protocol: "Udp" as "*",
      name: "deny-udp",
      description: "planted",
      priority: 101,
      direction: "Outbound",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "*",
    },`,
    pack: "network",
    rule: "udp-for-shortpath",
  },
  {
    fault: "an address space that the hub has too",
    stack: "example",
    file: "components/hub-network.ts",
    from: "addressSpace: { addressPrefixes: args.addressSpace.map(formatPrefix) },",
    to: 'addressSpace: { addressPrefixes: [...args.addressSpace.map(formatPrefix), "10.60.0.0/24"] },',
    pack: "network",
    rule: "address-space-unique",
  },
];

/** A copy of the product that is changed for a while. */
export interface ChangedProduct {
  readonly root: string;
  /** Makes these changes; those of the last call are undone. */
  change(...edits: readonly Edit[]): void;
  remove(): void;
}

/** Copies the product. */
export function changedProduct(): ChangedProduct {
  const root = mkdtempSync(join(tmpdir(), "w365-changed-"));
  const folders = [
    "model",
    "catalogue",
    "config",
    "components",
    "provider",
    "stacks",
    "readers",
    "policy-packs",
    "cli",
  ];
  for (const name of [...folders, "Pulumi.yaml", "package.json"]) {
    cpSync(join(projectRoot, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"), "junction");
  // The product may be worked on meanwhile; a change is always one of the copy as it was.
  const original = new Map<string, string>();
  return {
    root,
    change: (...edits) => {
      for (const [file, source] of original) writeFileSync(join(root, file), source);
      for (const { file, from, to } of edits) {
        const source = readFileSync(join(root, file), "utf8");
        if (!original.has(file)) original.set(file, source);
        if (!source.includes(from)) throw new Error(`${file} no longer has what is to be changed: ${from}`);
        writeFileSync(
          join(root, file),
          source.replace(from, () => to),
        );
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
