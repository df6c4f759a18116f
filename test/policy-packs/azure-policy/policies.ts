import type {
  PolicyAssignment,
  PolicyDefinition,
  PolicyExemption,
  PolicySetDefinition,
} from "../../../model/estate/governance.ts";

/** A definition that refuses what meets the condition. */
export function definition(
  name: string,
  condition: object,
  more: Partial<PolicyDefinition> & { readonly effect?: unknown; readonly details?: unknown } = {},
): PolicyDefinition {
  const { effect = "deny", details, ...fields } = more;
  return {
    id: `/providers/Microsoft.Authorization/policyDefinitions/${name}`,
    name,
    mode: "Indexed",
    parameters: {},
    // biome-ignore lint/suspicious/noThenProperty: a policy rule has "then"
    policyRule: { if: condition, then: { effect, ...(details === undefined ? {} : { details }) } },
    ...fields,
  };
}

/** An assignment of a definition at a scope, by default the subscription of the tests. */
export function assignment(
  definitionId: string,
  more: Partial<PolicyAssignment> & { readonly values?: Readonly<Record<string, unknown>> } = {},
): PolicyAssignment {
  const { values = {}, ...fields } = more;
  const scope = typeof more.scope === "string" ? more.scope : "/subscriptions/s";
  return {
    id: `${scope}/providers/Microsoft.Authorization/policyAssignments/assigned`,
    name: "assigned",
    scope,
    notScopes: [],
    policyDefinitionId: definitionId,
    parameters: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
    ...fields,
  };
}

/** An exemption from the assignment of the tests. */
export function exemption(more: Partial<PolicyExemption> = {}): PolicyExemption {
  return {
    id: "/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/exempt",
    name: "exempt",
    scope: "/subscriptions/s/resourceGroups/rg-nic",
    policyAssignmentId: "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/assigned",
    policyDefinitionReferenceIds: [],
    ...more,
  };
}

/** An initiative. */
export function initiative(
  name: string,
  policyDefinitions: PolicySetDefinition["policyDefinitions"],
  parameters: object = {},
): PolicySetDefinition {
  return {
    id: `/providers/Microsoft.Authorization/policySetDefinitions/${name}`,
    name,
    policyDefinitions,
    parameters: { ...parameters },
  };
}

/**
 * What the built-in definitions that stand in the way of Windows 365 ask, in the words of these tests.
 * https://github.com/Azure/azure-policy (read 2026-11-20).
 */
export const builtIn = {
  allowedLocations: definition("e56962a6-4747-49cd-b67b-bf8b01975c4c", {
    allOf: [
      { field: "location", notIn: "[parameters('listOfAllowedLocations')]" },
      { field: "location", notEquals: "global" },
      { field: "type", notEquals: "Microsoft.AzureActiveDirectory/b2cDirectories" },
    ],
  }),
  allowedTypes: definition("a08ec900-254a-4555-9bf5-e42af04b5c5c", {
    not: { field: "type", in: "[parameters('listOfResourceTypesAllowed')]" },
  }),
  notAllowedTypes: definition(
    "6c112d4e-5bc7-47ae-a041-ea2d9dccd749",
    {
      allOf: [
        { field: "type", in: "[parameters('listOfResourceTypesNotAllowed')]" },
        { value: "[field('type')]", exists: true },
      ],
    },
    { mode: "All", effect: "[parameters('effect')]", parameters: { effect: { type: "String", defaultValue: "Deny" } } },
  ),
  allowedGroupLocations: definition(
    "e765b5de-1225-4ba3-bd56-1ac6695af988",
    {
      allOf: [
        { field: "type", equals: "Microsoft.Resources/subscriptions/resourceGroups" },
        { field: "location", notIn: "[parameters('listOfAllowedLocations')]" },
      ],
    },
    { mode: "All" },
  ),
  noDeletion: definition(
    "78460a36-508a-49a4-b2b2-2f5ec564f4bb",
    { field: "type", in: "[parameters('listOfResourceTypesDisallowedForDeletion')]" },
    { effect: "DenyAction", details: { actionNames: ["delete"] } },
  ),
  requireTag: definition("871b6d14-10aa-478d-b590-94f262ecfa99", {
    field: "[concat('tags[', parameters('tagName'), ']')]",
    exists: "false",
  }),
  requireTagValue: definition("1e30110a-5ceb-460c-a204-c1c3969c6d62", {
    not: { field: "[concat('tags[', parameters('tagName'), ']')]", equals: "[parameters('tagValue')]" },
  }),
  noPublicAddress: definition("83a86a26-fd1f-447c-b59d-e51f44264114", {
    allOf: [
      { field: "type", equals: "Microsoft.Network/networkInterfaces" },
      { not: { field: "Microsoft.Network/networkInterfaces/ipconfigurations[*].publicIpAddress.id", notLike: "*" } },
    ],
  }),
  noForwarding: definition("88c0b9da-ce96-4b03-9635-f29a937e2900", {
    allOf: [
      { field: "type", equals: "Microsoft.Network/networkInterfaces" },
      { field: "Microsoft.Network/networkInterfaces/enableIpForwarding", equals: "true" },
    ],
  }),
  approvedNetwork: definition("d416745a-506c-48b6-8ab1-83cb814bcaa3", {
    allOf: [
      { field: "type", equals: "Microsoft.Network/networkInterfaces" },
      {
        not: {
          field: "Microsoft.Network/networkInterfaces/ipconfigurations[*].subnet.id",
          like: "[concat(parameters('virtualNetworkId'),'/*')]",
        },
      },
    ],
  }),
};
