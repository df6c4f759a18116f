import { windows365ApplicationId } from "../../catalogue/roles.ts";

/** One command of the Azure CLI whose answer is kept under a name. */
export interface AzStep {
  readonly kind: "az";
  /** Names the answer, and the file that holds it. */
  readonly name: string;
  readonly args: readonly string[];
}

/** Commands for each line that another command prints. */
export interface EachStep {
  readonly kind: "each";
  /** Prints one item a line. */
  readonly list: readonly string[];
  /** What to ask about an item. */
  readonly steps: (item: string) => readonly AzStep[];
}

/** A command, or commands for each of what one lists. */
export type CaptureStep = AzStep | EachStep;

/** Steps that belong together, and what they are for. */
export interface CaptureSection {
  readonly title: string;
  readonly steps: readonly CaptureStep[];
}

/** What to collect: a subscription, and the resource groups in it (none: all of them). */
export interface CaptureScope {
  readonly subscription: string;
  readonly resourceGroups: readonly string[];
}

/**
 * Everything that is asked of Azure and Microsoft Graph, read-only throughout.
 * https://learn.microsoft.com/cli/azure/reference-index and https://learn.microsoft.com/graph/api/overview (read 2026-11-21).
 */
export function captureSections(scope: CaptureScope): readonly CaptureSection[] {
  return [
    { title: "the subscription and the tenant that it belongs to", steps: subscriptionSteps(scope.subscription) },
    {
      title: "Azure Policy, role assignments and locks, those of parent scopes included",
      steps: governanceSteps(scope.subscription),
    },
    { title: "resource groups and their deployments", steps: groupSteps(scope) },
    { title: "what the tenant tells: principals, licences, enrolment", steps: graphSteps() },
    { title: "the network, for --arm", steps: networkSteps(scope) },
  ];
}

function az(name: string, ...args: readonly string[]): AzStep {
  return { kind: "az", name, args };
}

function get(name: string, url: string): AzStep {
  return az(name, "rest", "--method", "get", "--url", url);
}

function subscriptionSteps(subscription: string): readonly CaptureStep[] {
  const query = `resourcecontainers | where type =~ 'microsoft.resources/subscriptions' and subscriptionId =~ '${subscription}' | project managementGroups = properties.managementGroupAncestorsChain`;
  return [
    az("account", "account", "show"),
    get(`subscription.${subscription}`, `/subscriptions/${subscription}?api-version=2022-12-01`),
    resourceGraph(`management-groups.${subscription}`, query),
  ];
}

function resourceGraph(name: string, query: string): AzStep {
  const url = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";
  return az(name, "rest", "--method", "post", "--url", url, "--body", JSON.stringify({ query }));
}

function governanceSteps(subscription: string): readonly CaptureStep[] {
  const here = ["--subscription", subscription];
  const url = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";
  const query = `resourcecontainers | where type =~ 'microsoft.resources/subscriptions' and subscriptionId =~ '${subscription}' | mv-expand group = properties.managementGroupAncestorsChain | project name = group.name`;
  return [
    az("policy-assignments", "policy", "assignment", "list", ...here, "--disable-scope-strict-match"),
    az("policy-definitions.subscription", "policy", "definition", "list", ...here),
    az("policy-set-definitions.subscription", "policy", "set-definition", "list", ...here),
    {
      kind: "each",
      list: [
        "rest",
        "--method",
        "post",
        "--url",
        url,
        "--body",
        JSON.stringify({ query }),
        "--query",
        "data[].name",
        "--output",
        "tsv",
      ],
      steps: (group) => [
        az(`policy-definitions.${group}`, "policy", "definition", "list", "--management-group", group),
        az(`policy-set-definitions.${group}`, "policy", "set-definition", "list", "--management-group", group),
      ],
    },
    az("policy-exemptions", "policy", "exemption", "list", ...here, "--disable-scope-strict-match"),
    az("role-assignments", "role", "assignment", "list", ...here, "--all", "--include-inherited"),
    az("locks", "lock", "list", ...here),
  ];
}

function groupSteps({ subscription, resourceGroups }: CaptureScope): readonly CaptureStep[] {
  const here = ["--subscription", subscription];
  const ofGroup = (group: string) => [
    az(`resource-group.${group}`, "group", "show", ...here, "--name", group),
    az(
      `deployments.${group}`,
      "deployment",
      "group",
      "list",
      ...here,
      "--resource-group",
      group,
      "--query",
      "length(@)",
    ),
  ];
  if (resourceGroups.length > 0) return resourceGroups.flatMap(ofGroup);
  return [{ kind: "each", list: ["group", "list", ...here, "--query", "[].name", "--output", "tsv"], steps: ofGroup }];
}

const graph = "https://graph.microsoft.com";

function graphSteps(): readonly CaptureStep[] {
  return [
    get("service-principal", `${graph}/v1.0/servicePrincipals(appId='${windows365ApplicationId()}')`),
    get("licences", `${graph}/v1.0/subscribedSkus`),
    // Restrictions of one platform are in beta only.
    get("enrolment", `${graph}/beta/deviceManagement/deviceEnrollmentConfigurations`),
    get("connections", `${graph}/v1.0/deviceManagement/virtualEndpoint/onPremisesConnections`),
    get("conditional-access", `${graph}/v1.0/identity/conditionalAccess/policies`),
  ];
}

/** What ARM keeps beside a resource of a type, and not in it. */
const childCollections: readonly { readonly type: string; readonly child: string; readonly version: string }[] = [
  { type: "Microsoft.Network/firewallPolicies", child: "ruleCollectionGroups", version: "2024-05-01" },
  { type: "Microsoft.Network/virtualHubs", child: "hubRouteTables", version: "2024-05-01" },
  { type: "Microsoft.Network/virtualHubs", child: "hubVirtualNetworkConnections", version: "2024-05-01" },
  { type: "Microsoft.Network/virtualHubs", child: "routingIntent", version: "2024-05-01" },
  { type: "Microsoft.Network/dnsForwardingRulesets", child: "forwardingRules", version: "2022-07-01" },
  { type: "Microsoft.Network/dnsForwardingRulesets", child: "virtualNetworkLinks", version: "2022-07-01" },
];

function networkSteps({ subscription, resourceGroups }: CaptureScope): readonly CaptureStep[] {
  const scopes = resourceGroups.length === 0 ? [[]] : resourceGroups.map((group) => ["--resource-group", group]);
  const ids = (scope: readonly string[], query: string) => [
    "resource",
    "list",
    "--subscription",
    subscription,
    ...scope,
    "--query",
    query,
    "--output",
    "tsv",
  ];
  return scopes.flatMap((scope) => [
    {
      kind: "each",
      list: ids(scope, "[?starts_with(type, 'Microsoft.Network/')].id"),
      steps: (id: string) => [az(`network.${fileName(id)}`, "resource", "show", "--ids", id)],
    } as const,
    ...childCollections.map(
      ({ type, child, version }) =>
        ({
          kind: "each",
          list: ids(scope, `[?type=='${type}'].id`),
          steps: (id: string) => [get(`network.${fileName(id)}.${child}`, `${id}/${child}?api-version=${version}`)],
        }) as const,
    ),
  ]);
}

/** An id as part of a file's name. */
export function fileName(id: string): string {
  return id.replaceAll("/", "_");
}
