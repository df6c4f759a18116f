import { describe, expect, test } from "vitest";
import type { PolicyAssignment, PolicyDefinition } from "../../../model/estate/governance.ts";
import { unknown } from "../../../model/read.ts";
import { azurePolicyDenies } from "../../../policy-packs/network/rules/azure-policy-denies.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import type { TenantFacts } from "../../../policy-packs/tenant-facts.ts";
import { readArmInput } from "../../../readers/arm-input.ts";
import { idOf } from "../../model/support/build.ts";
import { assignment, builtIn, definition, exemption, initiative } from "../azure-policy/policies.ts";
import { design, withSpoke } from "../design.ts";
import { connection, tenant, tenantFindings } from "../tenant.ts";

const violation = "resourceAvailabilityCheckAzurePolicyViolation";
const denies = (what = "the network interfaces of Cloud PCs") =>
  `fail [${violation}]: assignment "assigned" of Azure Policy at "/subscriptions/s" denies ${what}`;
const words = {
  more: { azureNetworkConnections: [connection()] },
  change: withSpoke((spoke) => ({ ...spoke, location: "westeurope" })),
};

/** What is found where one definition is assigned at the subscription. */
function found(
  policy: PolicyDefinition,
  values: Readonly<Record<string, unknown>> = {},
  more: Partial<PolicyAssignment> = {},
  facts: Partial<TenantFacts["policies"]> & { readonly subscriptions?: TenantFacts["subscriptions"] } = {},
): readonly string[] | undefined {
  const { subscriptions, ...policies } = facts;
  return tenantFindings(
    azurePolicyDenies,
    {
      policies: {
        assignments: [assignment(policy.id, { values, ...more })],
        definitions: [policy],
        setDefinitions: [],
        exemptions: [],
        ...policies,
      },
      ...(subscriptions && { subscriptions }),
    },
    words,
  );
}

describe("azure-policy-denies, for the network interface that Windows 365 makes", () => {
  test.each([
    {
      case: "a region that is not allowed",
      policy: builtIn.allowedLocations,
      values: { listOfAllowedLocations: ["northeurope"] },
    },
    {
      case: "a type that is not among the allowed",
      policy: builtIn.allowedTypes,
      values: { listOfResourceTypesAllowed: ["Microsoft.Network/virtualNetworks"] },
    },
    {
      case: "a type that is not allowed",
      policy: builtIn.notAllowedTypes,
      values: { listOfResourceTypesNotAllowed: ["microsoft.network/networkinterfaces"] },
    },
    { case: "a tag that it does not have", policy: builtIn.requireTag, values: { tagName: "costCentre" } },
    {
      case: "a tag with a value",
      policy: builtIn.requireTagValue,
      values: { tagName: "costCentre", tagValue: "4711" },
    },
    {
      case: "another virtual network",
      policy: builtIn.approvedNetwork,
      values: { virtualNetworkId: idOf("virtualNetworks", "other") },
    },
  ])("fails $case", ({ policy, values }) => {
    expect(found(policy, values)).toEqual([denies()]);
  });

  test("fails where it could not be deleted again", () => {
    const values = { listOfResourceTypesDisallowedForDeletion: ["Microsoft.Network/networkInterfaces"] };
    expect(found(builtIn.noDeletion, values)).toEqual([denies("the deletion of network interfaces of Cloud PCs")]);
  });

  test.each([
    {
      case: "an allowed region, whatever its case",
      policy: builtIn.allowedLocations,
      values: { listOfAllowedLocations: ["WestEurope"] },
    },
    {
      case: "an allowed type",
      policy: builtIn.allowedTypes,
      values: { listOfResourceTypesAllowed: ["Microsoft.Network/networkInterfaces"] },
    },
    {
      case: "another type that is not allowed",
      policy: builtIn.notAllowedTypes,
      values: { listOfResourceTypesNotAllowed: ["Microsoft.Compute/disks"] },
    },
    {
      case: "a type that is not allowed, only audited",
      policy: builtIn.notAllowedTypes,
      values: { effect: "Audit", listOfResourceTypesNotAllowed: ["Microsoft.Network/networkInterfaces"] },
    },
    {
      case: "a rule about resource groups",
      policy: builtIn.allowedGroupLocations,
      values: { listOfAllowedLocations: [] },
    },
    {
      case: "the deletion of something else",
      policy: builtIn.noDeletion,
      values: { listOfResourceTypesDisallowedForDeletion: ["Microsoft.Compute/disks"] },
    },
    { case: "no public address", policy: builtIn.noPublicAddress, values: {} },
    { case: "no forwarding", policy: builtIn.noForwarding, values: {} },
    {
      case: "the approved virtual network",
      policy: builtIn.approvedNetwork,
      values: { virtualNetworkId: idOf("virtualNetworks", "spoke") },
    },
    {
      case: "tags that are added",
      policy: definition(
        "add",
        { field: "tags.owner", exists: false },
        { effect: "append", details: [{ field: "tags.owner", value: "x" }] },
      ),
      values: {},
    },
    {
      case: "tags that a modify adds",
      policy: definition("modify", { field: "tags.owner", exists: false }, { effect: "modify" }),
      values: {},
    },
  ])("passes $case", ({ policy, values }) => {
    expect(found(policy, values)).toEqual([]);
  });

  test("fails an append that contradicts what the request sets", () => {
    const details = [{ field: "Microsoft.Network/networkInterfaces/enableIPForwarding", value: true }];
    expect(found(definition("on", { field: "type", like: "*" }, { effect: "append", details }))).toEqual([denies()]);
  });

  const tag = { tagName: "costCentre" };
  test.each([
    { case: "an assignment that is not enforced", more: { enforcementMode: "DoNotEnforce" as const } },
    { case: "a scope that is excluded", more: { notScopes: ["/subscriptions/S/resourceGroups/RG-nic"] } },
    { case: "an assignment at another resource group", more: { scope: "/subscriptions/s/resourceGroups/rg-other" } },
    { case: "an assignment at another subscription", more: { scope: "/subscriptions/t" } },
    {
      case: "an assignment at a management group that is not above",
      more: { scope: "/providers/Microsoft.Management/managementGroups/mg-b" },
    },
  ])("passes $case", ({ more }) => {
    const subscriptions = [{ subscriptionId: "s", state: "Enabled" as const, managementGroups: ["mg-a"] }];
    expect(found(builtIn.requireTag, tag, more, { subscriptions })).toEqual([]);
  });

  test.each([
    { case: "a management group above", scope: "/providers/Microsoft.Management/managementGroups/mg-a" },
    { case: "the management group of the tenant", scope: "/providers/Microsoft.Management/managementGroups/tenant-a" },
    { case: "the resource group itself", scope: "/subscriptions/s/resourceGroups/rg-nic" },
  ])("fails an assignment at $case", ({ scope }) => {
    const subscriptions = [{ subscriptionId: "s", state: "Enabled" as const, managementGroups: ["mg-a"] }];
    expect(found(builtIn.requireTag, tag, { scope }, { subscriptions })).toEqual([
      denies().replace("/subscriptions/s", scope),
    ]);
  });

  test.each([
    { case: "an exemption of the resource group", exempt: exemption(), count: 0 },
    { case: "an exemption that has not expired", exempt: exemption({ expiresOn: "2026-11-22T00:00:00Z" }), count: 0 },
    { case: "an exemption that has expired", exempt: exemption({ expiresOn: "2026-11-20T00:00:00Z" }), count: 1 },
    {
      case: "an exemption of another group",
      exempt: exemption({ scope: "/subscriptions/s/resourceGroups/x" }),
      count: 1,
    },
    {
      case: "an exemption from another assignment",
      exempt: exemption({
        policyAssignmentId: "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/x",
      }),
      count: 1,
    },
  ])("counts $case", ({ exempt, count }) => {
    expect(found(builtIn.requireTag, tag, {}, { exemptions: [exempt] })).toHaveLength(count);
  });

  describe("in an initiative", () => {
    const set = initiative(
      "baseline",
      [
        {
          policyDefinitionId: builtIn.requireTag.id,
          policyDefinitionReferenceId: "tag",
          parameters: { tagName: { value: "[parameters('tag')]" } },
        },
        { policyDefinitionId: builtIn.noForwarding.id, policyDefinitionReferenceId: "forward", parameters: {} },
      ],
      { tag: { type: "String", defaultValue: "owner" } },
    );
    const facts = { setDefinitions: [set], definitions: [builtIn.requireTag, builtIn.noForwarding] };

    test("passes parameters on, and names the policy of the initiative", () => {
      expect(found(builtIn.requireTag, {}, { policyDefinitionId: set.id }, facts)).toEqual([
        `fail [${violation}]: assignment "assigned" of Azure Policy (policy "tag" of its initiative) at "/subscriptions/s" denies the network interfaces of Cloud PCs`,
      ]);
    });

    test("may be exempted from one of its policies", () => {
      const from = (id: string) => [exemption({ policyDefinitionReferenceIds: [id] })];
      expect(
        found(builtIn.requireTag, {}, { policyDefinitionId: set.id }, { ...facts, exemptions: from("TAG") }),
      ).toEqual([]);
      expect(
        found(builtIn.requireTag, {}, { policyDefinitionId: set.id }, { ...facts, exemptions: from("forward") }),
      ).toHaveLength(1);
    });
  });

  test.each([
    {
      case: "a name that Windows 365 chooses",
      policy: definition("name", { field: "name", notLike: "nic-*" }),
      says: "name: Windows 365 chooses the name",
    },
    {
      case: "a property that nobody documents",
      policy: definition("fast", {
        field: "Microsoft.Network/networkInterfaces/enableAcceleratedNetworking",
        equals: "false",
      }),
      says: "Microsoft.Network/networkInterfaces/enableAcceleratedNetworking: Microsoft does not document how Windows 365 fills it",
    },
    {
      case: "a parameter without a value",
      policy: builtIn.requireTag,
      says: 'parameters(): the template has no parameter "tagName"',
    },
    {
      case: "an effect that is not evaluated",
      policy: definition("mutate", { field: "type", like: "*" }, { effect: "mutate" }),
      says: 'the effect "mutate" is not evaluated',
    },
  ])("leaves $case undecided", ({ policy, says }) => {
    expect(found(policy)).toEqual([
      `undecided [${violation}]: whether assignment "assigned" of Azure Policy at "/subscriptions/s" denies the network interfaces of Cloud PCs is not known: ${says}`,
    ]);
  });

  test("leaves a definition undecided that nobody read, and a management group that nobody placed", () => {
    expect(found(builtIn.requireTag, tag, {}, { definitions: [] })).toEqual([
      `undecided [${violation}]: whether assignment "assigned" of Azure Policy at "/subscriptions/s" denies the network interfaces of Cloud PCs is not known: its definition "871b6d14-10aa-478d-b590-94f262ecfa99" is not among what was read`,
    ]);
    const scope = "/providers/Microsoft.Management/managementGroups/mg-b";
    expect(found(builtIn.requireTag, tag, { scope })).toEqual([
      expect.stringMatching(/whether subscription "s" is in management group "mg-b" is not known$/),
    ]);
  });

  test("leaves overrides undecided, and selectors where the policy would deny", () => {
    const open = { selectedBy: ["overrides"] };
    expect(found(builtIn.requireTag, tag, open)).toEqual([
      expect.stringMatching(/is not known: overrides of the assignment are not evaluated$/),
    ]);
    expect(found(builtIn.requireTag, tag, { selectedBy: ["resourceSelectors"] })).toHaveLength(1);
    expect(found(builtIn.noForwarding, {}, { selectedBy: ["resourceSelectors"] })).toEqual([]);
  });

  test("leaves the region undecided that a network does not tell", () => {
    const policies = {
      assignments: [assignment(builtIn.allowedLocations.id, { values: { listOfAllowedLocations: ["westeurope"] } })],
      definitions: [builtIn.allowedLocations],
      setDefinitions: [],
      exemptions: [],
    };
    const open = {
      ...words,
      change: withSpoke((spoke) => ({ ...spoke, location: unknown('parameter "location" has no default') })),
    };
    expect(tenantFindings(azurePolicyDenies, { policies }, open)).toEqual([
      expect.stringMatching(/is not known: location: parameter "location" has no default$/),
    ]);
  });

  test("passes a tenant without any assignment, and does not apply where nobody read them", () => {
    const none = { assignments: [], definitions: [], setDefinitions: [], exemptions: [] };
    expect(tenantFindings(azurePolicyDenies, { policies: none }, words)).toEqual([]);
    expect(tenantFindings(azurePolicyDenies, {}, words)).toBeUndefined();
    expect(tenantFindings(azurePolicyDenies, undefined, words)).toBeUndefined();
  });
});

describe("azure-policy-denies, for the resources of the design", () => {
  const subscription = "/subscriptions/22222222-2222-2222-2222-222222222222";
  const routeTable = (tags: object) => ({
    id: `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/routeTables/rt-cpc`,
    type: "Microsoft.Network/routeTables",
    name: "rt-cpc",
    location: "westeurope",
    tags,
    properties: { routes: [] },
  });
  const governance = [
    {
      id: `${subscription}/providers/Microsoft.Authorization/policyAssignments/require-owner`,
      properties: {
        policyDefinitionId: `${subscription}/providers/Microsoft.Authorization/policyDefinitions/require-tag`,
        parameters: { tagName: { value: "owner" } },
      },
    },
    {
      id: `${subscription}/providers/Microsoft.Authorization/policyDefinitions/require-tag`,
      properties: {
        mode: "Indexed",
        parameters: { tagName: { type: "String" } },
        policyRule: builtIn.requireTag.policyRule,
      },
    },
  ];

  /** What is found in ARM JSON, policies included. */
  function foundIn(...resources: readonly object[]): readonly string[] {
    const given = new Set(resources.map((each) => ("id" in each ? each.id : undefined)));
    const others = governance.filter(({ id }) => !given.has(id));
    const reading = readArmInput([
      { name: "input.json", text: JSON.stringify([...resources, ...others], undefined, 1) },
    ]);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const judged = {
      ...design({ change: (estate) => ({ ...estate, ...policiesOf(reading.estate) }) }),
      resources: reading.resources,
    };
    return runRules([azurePolicyDenies], judged).findings.map(
      ({ outcome, message, place, errorTypes = [] }) =>
        `${outcome} ${errorTypes.length} ${place?.line ?? "-"}: ${message}`,
    );
  }

  test("fails a resource that lacks the tag, at its line", () => {
    expect(foundIn(routeTable({}))).toEqual([
      `fail 0 2: assignment "require-owner" of Azure Policy at "${subscription}" denies Microsoft.Network/routeTables "rt-cpc"`,
    ]);
  });

  test("leaves undecided what an assignment overrides, and what an exemption selects", () => {
    const [assigned] = governance;
    const overriding = {
      ...assigned,
      properties: { ...assigned?.properties, overrides: [{ kind: "policyEffect", value: "audit" }] },
    };
    const selecting = {
      id: `${subscription}/providers/Microsoft.Authorization/policyExemptions/some`,
      properties: { policyAssignmentId: assigned?.id, resourceSelectors: [{ name: "weu", selectors: [] }] },
    };
    expect(foundIn(routeTable({}), overriding)).toEqual([
      expect.stringMatching(/^undecided .+: overrides of the assignment are not evaluated$/),
    ]);
    expect(foundIn(routeTable({}), selecting)).toEqual([
      expect.stringMatching(/^undecided .+: resourceSelectors of its exemption are not evaluated$/),
    ]);
  });

  test("passes a resource that has it", () => {
    expect(foundIn(routeTable({ Owner: "network team" }))).toEqual([]);
  });

  test("does not ask about child resources in mode Indexed", () => {
    const { location: _, ...table } = routeTable({});
    const route = {
      ...table,
      id: `${routeTable({}).id}/routes/r`,
      type: "Microsoft.Network/routeTables/routes",
      name: "rt-cpc/r",
    };
    expect(foundIn(route)).toEqual([]);
  });

  test("does not ask about extensions in mode Indexed, which have no location", () => {
    const setting = { id: `${routeTable({}).id}/providers/Microsoft.Insights/diagnosticSettings/logs`, properties: {} };
    expect(foundIn(setting)).toEqual([]);
  });

  test("leaves a location undecided that the input leaves to Azure", () => {
    const { location: _, ...rest } = routeTable({ owner: "x" });
    const policies = {
      assignments: [
        assignment(builtIn.allowedLocations.id, { scope: subscription, values: { listOfAllowedLocations: ["x"] } }),
      ],
      definitions: [builtIn.allowedLocations],
      setDefinitions: [],
      exemptions: [],
    };
    const reading = readArmInput([{ name: "input.json", text: JSON.stringify([rest]) }]);
    if (!reading.ok) throw new Error("unreadable");
    const judged = { ...design(), resources: reading.resources, tenant: { ...tenant, policies } };
    expect(runRules([azurePolicyDenies], judged).findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/"rt-cpc" is not known: location: the location is not in the input$/),
    ]);
  });

  test("judges with the facts of the tenant, too", () => {
    const reading = readArmInput([{ name: "input.json", text: JSON.stringify([routeTable({})]) }]);
    if (!reading.ok) throw new Error("unreadable");
    const policies = {
      assignments: [assignment(builtIn.requireTag.id, { scope: subscription, values: { tagName: "owner" } })],
      definitions: [builtIn.requireTag],
      setDefinitions: [],
      exemptions: [],
    };
    const judged = { ...design(), resources: reading.resources, tenant: { ...tenant, policies } };
    expect(runRules([azurePolicyDenies], judged).findings.map(({ checked }) => checked.name)).toEqual(["rt-cpc"]);
  });
});

type Reading = Extract<ReturnType<typeof readArmInput>, { readonly ok: true }>;

function policiesOf({ policyAssignments, policyDefinitions, policyExemptions }: Reading["estate"]) {
  return { policyAssignments, policyDefinitions, policyExemptions };
}
