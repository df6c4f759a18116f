import type { EstateResource } from "../../sandbox/azure/azure-estate.ts";
import type { Workspace } from "../../tools/sandbox/workspace.ts";
import { commands } from "./engine.ts";

/**
 * Takes a stack through its life in the sandbox and lists everything that is not as it should be: a command that fails, a
 * write that collides, a second deployment that changes something, a network that Cloud PCs could not live in, a rest
 * after destruction. Empty is green.
 */
export async function sandboxRun(workspace: Workspace, stack: string): Promise<readonly string[]> {
  const { sandbox } = workspace;
  await workspace.prepareStack(stack);
  const up = await workspace.pulumi(commands.up(stack));
  if (up.exitCode !== 0) return [`up failed:\n${up.output}`];
  const problems = estateProblems(sandbox.azure.resources());
  const again = await workspace.pulumi([...commands.up(stack), "--expect-no-changes"]);
  if (again.exitCode !== 0) problems.push(`the second up changed something:\n${again.output}`);
  const destroy = await workspace.pulumi(commands.destroy(stack));
  if (destroy.exitCode !== 0) problems.push(`destroy failed:\n${destroy.output}`);
  const refused = sandbox.requests.filter(({ status, method }) => status >= 400 && method !== "GET");
  return [
    ...problems,
    ...refused.map(({ method, id, code }) => `${method} ${id} was refused: ${code}`),
    ...sandbox.azure.resources().map(({ id }) => `left after destroy: ${id}`),
  ];
}

/** What Azure takes, but Cloud PCs could not live in, or should not. Written from Microsoft's pages, apart from the product. */
export function estateProblems(resources: readonly EstateResource[]): string[] {
  const byId = new Map(resources.map((resource) => [resource.id.toLowerCase(), resource]));
  const find = (reference: unknown) => byId.get(String(at(reference, "id")).toLowerCase());
  const cloudPcSubnets = ofType(resources, "virtualNetworks/subnets").filter(({ name }) => name.startsWith("snet-"));
  return [
    ...cloudPcSubnets.flatMap((subnet) => subnetProblems(subnet, find)),
    ...ofType(resources, "virtualNetworkPeerings")
      .filter(({ properties }) => properties.peeringState !== "Connected")
      .map(({ name, properties }) => `peering ${name} is ${properties.peeringState}`),
    ...ofType(resources, "networkSecurityGroups").flatMap(inboundProblems),
    ...roleProblems(resources),
    ...ofType(resources, "azureFirewalls")
      .filter(({ properties }) => groupsOf(resources, at(properties.firewallPolicy, "id")).length === 0)
      .map(({ name }) => `firewall ${name} lets nothing through`),
  ];
}

function subnetProblems(
  { name, properties }: EstateResource,
  find: (reference: unknown) => EstateResource | undefined,
): string[] {
  const routes = list(at(find(properties.routeTable), "properties", "routes"));
  const problems = [];
  if (find(properties.networkSecurityGroup) === undefined) problems.push(`subnet ${name} has no security group`);
  if (find(properties.routeTable) === undefined) problems.push(`subnet ${name} has no route table`);
  if (properties.defaultOutboundAccess !== false) problems.push(`subnet ${name} has default outbound access`);
  const toInternet = routes.filter((route) => at(route, "properties", "nextHopType") === "Internet");
  const defaultRoute = routes.some((route) => at(route, "properties", "addressPrefix") === "0.0.0.0/0");
  if ((toInternet.length > 0 || !defaultRoute) && find(properties.natGateway) === undefined) {
    problems.push(`subnet ${name} is private and has no explicit egress for what it routes to the Internet`);
  }
  return problems;
}

function inboundProblems({ name, properties }: EstateResource): string[] {
  const inbound = list(properties.securityRules).filter((rule) => at(rule, "properties", "direction") === "Inbound");
  const allowed = inbound.filter((rule) => at(rule, "properties", "access") !== "Deny");
  const closed = inbound.some(
    (rule) =>
      at(rule, "properties", "sourceAddressPrefix") === "*" && at(rule, "properties", "destinationPortRange") === "*",
  );
  return [
    ...allowed.map((rule) => `security group ${name} lets something in by ${at(rule, "name")}`),
    ...(closed ? [] : [`security group ${name} leaves AllowVnetInBound in force`]),
  ];
}

/** https://learn.microsoft.com/windows-365/enterprise/azure-network-connections: three roles, by scope, and no other. */
const documentedRoles: Readonly<Record<string, string>> = {
  subscription: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  resourceGroup: "1f135831-5bbe-4924-9016-264044c00788",
  virtualNetwork: "7eabc9a4-85f7-4f71-b8ab-75daaccc1033",
};

function roleProblems(resources: readonly EstateResource[]): string[] {
  const assignments = ofType(resources, "roleAssignments").map(({ id, properties }) => {
    const scope = id.slice(0, id.toLowerCase().indexOf("/providers/microsoft.authorization/"));
    return { kind: kindOfScope(scope), role: String(properties.roleDefinitionId).split("/").at(-1) ?? "" };
  });
  const wrong = assignments.filter(({ kind, role }) => documentedRoles[kind] !== role);
  const missing = Object.keys(documentedRoles).filter(
    (kind) => !assignments.some((assignment) => assignment.kind === kind),
  );
  return [
    ...wrong.map(({ kind, role }) => `role ${role} is not the one that is documented for a ${kind}`),
    ...missing.map((kind) => `no role is assigned on a ${kind}`),
  ];
}

function kindOfScope(scope: string): string {
  if (/\/virtualNetworks\/[^/]+$/i.test(scope)) return "virtualNetwork";
  return /\/resourceGroups\/[^/]+$/i.test(scope) ? "resourceGroup" : "subscription";
}

function groupsOf(resources: readonly EstateResource[], policyId: unknown): readonly EstateResource[] {
  const start = `${String(policyId)}/`.toLowerCase();
  return ofType(resources, "ruleCollectionGroups").filter(({ id }) => id.toLowerCase().startsWith(start));
}

function ofType(resources: readonly EstateResource[], end: string): readonly EstateResource[] {
  return resources.filter(({ type }) => type.toLowerCase().endsWith(`/${end.toLowerCase()}`));
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
