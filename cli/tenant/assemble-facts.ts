import { z } from "zod";
import { windows365ApplicationId } from "../../catalogue/roles.ts";
import type { Answers } from "./answers.ts";

/** A file of facts as it is written. */
export type FactsFile = Readonly<Record<string, unknown>>;

/**
 * The facts of a tenant from what was answered; parts without an answer are left out. What no command tells (device sync, accounts,
 * group policies, Kerberos) an administrator adds.
 *
 * @param readOn - ISO date
 * @returns undefined where not even the tenant was answered
 */
export function assembleFacts(answers: Answers, readOn: string): FactsFile | undefined {
  const account = read(answers, "account", z.object({ tenantId: z.string() }));
  if (account === undefined) return undefined;
  const parts: Readonly<Record<string, unknown>> = {
    subscriptions: subscriptions(answers),
    servicePrincipals: servicePrincipals(answers),
    policies: policies(answers),
    roleAssignments: read(answers, "role-assignments", z.array(resource)),
    locks: read(answers, "locks", z.array(resource)),
    resourceGroups: resourceGroups(answers),
    virtualNetworks: virtualNetworks(answers),
    licences: licences(answers),
    intune: intune(answers),
  };
  const given = Object.entries(parts).filter(([, part]) => part !== undefined);
  return { schemaVersion: 1, readOn, tenantId: account.tenantId, ...Object.fromEntries(given) };
}

/** The network that was answered, connections and Conditional Access policies included: what `--arm` reads. */
export function assembleNetwork(answers: Answers): readonly unknown[] {
  const lists = [
    ...named(answers, "network."),
    ...named(answers, "connections"),
    ...named(answers, "conditional-access"),
  ];
  return lists.flatMap(([, answer]) => items(answer));
}

const resource = z.looseObject({ id: z.string() });
const page = z.object({ value: z.array(z.unknown()) });

/** One thing, an array, or `{ "value": […] }`. */
function items(answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  const paged = page.safeParse(answer);
  return paged.success ? paged.data.value : [answer];
}

/** In the order of their names, so that it does not matter who asked first. */
function named({ found }: Answers, prefix: string): readonly (readonly [string, unknown])[] {
  return [...found]
    .filter(([name, answer]) => name.startsWith(prefix) && answer !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** An answer in the form that is expected of it; anything else is as if it were not there. */
function read<T>({ found }: Answers, name: string, form: z.ZodType<T>): T | undefined {
  const parsed = form.safeParse(found.get(name));
  return parsed.success ? parsed.data : undefined;
}

function subscriptions(answers: Answers): unknown {
  const form = z.object({ subscriptionId: z.string(), state: z.string(), tenantId: z.string().optional() });
  const chain = z.object({ data: z.array(z.object({ managementGroups: z.array(z.object({ name: z.string() })) })) });
  const there = named(answers, "subscription.").flatMap(([name, answer]) => {
    const parsed = form.safeParse(answer);
    if (!parsed.success) return [];
    const groups = read(answers, name.replace(/^subscription/, "management-groups"), chain)?.data[0]?.managementGroups;
    return [{ ...parsed.data, ...(groups && { managementGroups: groups.map(({ name: group }) => group) }) }];
  });
  const gone = namesNotFound(answers, "subscription.").map((subscriptionId) => ({ subscriptionId, state: "NotFound" }));
  return some([...there, ...gone]);
}

function servicePrincipals(answers: Answers): unknown {
  const principal = read(answers, "service-principal", z.object({ id: z.string() }));
  if (principal !== undefined) return [{ appId: windows365ApplicationId(), objectId: principal.id }];
  return answers.notFound.has("service-principal") ? [] : undefined;
}

/** Of the thousands of definitions only those that something assigned names. */
function policies(answers: Answers): unknown {
  const refersTo = z.looseObject({ id: z.string(), policyDefinitionId: z.string() });
  const initiative = z.looseObject({
    id: z.string(),
    policyDefinitions: z.array(z.looseObject({ policyDefinitionId: z.string() })),
  });
  const assignments = read(answers, "policy-assignments", z.array(refersTo));
  const exemptions = read(answers, "policy-exemptions", z.array(resource));
  const all = (prefix: string) => named(answers, prefix).flatMap(([, answer]) => items(answer));
  if (assignments === undefined || exemptions === undefined) return undefined;
  if (named(answers, "policy-definitions.").length === 0) return undefined;
  const wanted = new Set(assignments.map(({ policyDefinitionId }) => withoutVersion(policyDefinitionId)));
  const setDefinitions = all("policy-set-definitions.").flatMap((answer) => {
    const parsed = initiative.safeParse(answer);
    return parsed.success && wanted.has(parsed.data.id.toLowerCase()) ? [parsed.data] : [];
  });
  for (const { policyDefinitions } of setDefinitions) {
    for (const { policyDefinitionId } of policyDefinitions) wanted.add(withoutVersion(policyDefinitionId));
  }
  const definitions = all("policy-definitions.").flatMap((answer) => {
    const parsed = resource.safeParse(answer);
    return parsed.success && wanted.has(parsed.data.id.toLowerCase()) ? [parsed.data] : [];
  });
  return { assignments, definitions: distinct(definitions), setDefinitions: distinct(setDefinitions), exemptions };
}

/** An assignment may name one version of a definition. */
function withoutVersion(id: string): string {
  return id.toLowerCase().replace(/\/versions\/[^/]+$/, "");
}

function distinct<T extends { readonly id: string }>(resources: readonly T[]): readonly T[] {
  return [...new Map(resources.map((each) => [each.id.toLowerCase(), each])).values()];
}

function resourceGroups(answers: Answers): unknown {
  const asked = [...answers.found.keys(), ...answers.notFound].find((name) => name.startsWith("subscription."));
  const subscription = asked?.slice("subscription.".length) ?? "";
  const form = z.object({ id: z.string(), properties: z.object({ provisioningState: z.string() }) });
  const there = named(answers, "resource-group.").flatMap(([name, answer]) => {
    const parsed = form.safeParse(answer);
    if (!parsed.success) return [];
    const deploymentCount = read(answers, name.replace(/^resource-group/, "deployments"), z.int());
    const { id, properties } = parsed.data;
    return [{ id, state: properties.provisioningState, ...(deploymentCount !== undefined && { deploymentCount }) }];
  });
  const gone = namesNotFound(answers, "resource-group.").map((name) => ({
    id: `/subscriptions/${subscription}/resourceGroups/${name}`,
    state: "NotFound",
  }));
  return some([...there, ...gone]);
}

function virtualNetworks(answers: Answers): unknown {
  const subnet = z.object({
    name: z.string(),
    properties: z.object({ ipConfigurations: z.array(z.unknown()).optional() }),
  });
  const form = z.object({
    id: z.string(),
    type: z.string().regex(/^Microsoft\.Network\/virtualNetworks$/i),
    properties: z.object({ provisioningState: z.string(), subnets: z.array(subnet) }),
  });
  const networks = named(answers, "network.").flatMap(([, answer]) => {
    const parsed = form.safeParse(answer);
    if (!parsed.success) return [];
    const { id, properties } = parsed.data;
    const subnets = properties.subnets.map(({ name, properties: { ipConfigurations = [] } }) => ({
      name,
      usedAddressCount: ipConfigurations.length,
    }));
    return [{ id, state: properties.provisioningState, subnets }];
  });
  return some(networks);
}

function licences(answers: Answers): unknown {
  const sku = z.object({
    skuPartNumber: z.string(),
    consumedUnits: z.int(),
    prepaidUnits: z.object({ enabled: z.int() }),
    servicePlans: z.array(z.object({ servicePlanName: z.string() })),
  });
  return read(answers, "licences", z.object({ value: z.array(sku) }))?.value.map((each) => ({
    skuPartNumber: each.skuPartNumber,
    servicePlans: each.servicePlans.map(({ servicePlanName }) => servicePlanName),
    enabled: each.prepaidUnits.enabled,
    consumed: each.consumedUnits,
  }));
}

/** Graph tells restrictions of all platforms at once, among them the default one, and newer ones of one platform. */
function intune(answers: Answers): unknown {
  const blocked = z.object({ platformBlocked: z.boolean() });
  const allPlatforms = z.object({
    "@odata.type": z.literal("#microsoft.graph.deviceEnrollmentPlatformRestrictionsConfiguration"),
    id: z.string(),
    displayName: z.string(),
    windowsRestriction: blocked,
  });
  const onePlatform = z.object({
    "@odata.type": z.literal("#microsoft.graph.deviceEnrollmentPlatformRestrictionConfiguration"),
    displayName: z.string(),
    platformType: z.literal("windows"),
    platformRestriction: blocked,
  });
  const platformRestrictions = read(answers, "enrolment", page)?.value.flatMap((each) => {
    const [all, one] = [allPlatforms.safeParse(each), onePlatform.safeParse(each)];
    if (all.success) {
      const { id, displayName: name, windowsRestriction } = all.data;
      const kind = /_DefaultPlatformRestrictions$/i.test(id) ? "default" : "custom";
      return [{ name, kind, windowsBlocked: windowsRestriction.platformBlocked }];
    }
    if (!one.success) return [];
    return [
      { name: one.data.displayName, kind: "custom", windowsBlocked: one.data.platformRestriction.platformBlocked },
    ];
  });
  return platformRestrictions === undefined ? undefined : { platformRestrictions };
}

function namesNotFound({ notFound }: Answers, prefix: string): readonly string[] {
  return [...notFound].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
