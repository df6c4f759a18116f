import { z } from "zod";
import type { GraphClient } from "../graph/graph-client.ts";
import { isMap, type PropertyMap, sameValue } from "../protocol/property-values.ts";
import type { OperationContext, ResourceType } from "../protocol/resource-type.ts";
import { type InputRules, inputFailures } from "./check-inputs.ts";
import { diffInputs } from "./diff-inputs.ts";
import { textOf } from "./picked.ts";

const rules: InputRules = {
  servicePrincipalId: { schema: z.string().min(1), required: true },
  isRemoteDesktopProtocolEnabled: { schema: z.boolean(), required: true },
  // https://learn.microsoft.com/graph/api/remotedesktopsecurityconfiguration-post-targetdevicegroups (read 2026-11-21): at most ten.
  targetDeviceGroups: {
    schema: z.array(z.strictObject({ id: z.string().min(1), displayName: z.string().min(1) })).max(10),
  },
};

/** What the switch was before, so that removing the resource brings it back. */
interface Before {
  readonly isRemoteDesktopProtocolEnabled: boolean;
  readonly targetDeviceGroups: readonly PropertyMap[];
}

/**
 * Single sign-on to Cloud PCs: the switch on a service principal, and the groups of devices whose users are not asked for consent.
 * Every service principal has exactly one, so it is taken over and given back, never made or removed.
 * https://learn.microsoft.com/graph/api/resources/remotedesktopsecurityconfiguration (v1.0, read 2026-11-21)
 */
export const remoteDesktopSecurityConfiguration: ResourceType = {
  token: "windows365:index:RemoteDesktopSecurityConfiguration",
  check: async ({ news }) => ({ inputs: news, failures: inputFailures(news, rules) }),
  diff: ({ oldInputs, inputs }) =>
    diffInputs(
      { targetDeviceGroups: [], ...oldInputs },
      { targetDeviceGroups: [], ...inputs },
      { replaces: ["servicePrincipalId"], same: (_, one, other) => sameValue(sorted(one), sorted(other)) },
    ),
  preview: (inputs) => ({ targetDeviceGroups: [], ...inputs }),
  create: async (inputs, context) => {
    const id = textOf(inputs, "servicePrincipalId");
    const before = await current(context.graph(), id);
    await apply(inputs, before.targetDeviceGroups, context);
    return { id, outputs: { targetDeviceGroups: [], ...inputs, before: asMap(before) } };
  },
  update: async ({ id, inputs, oldOutputs }, context) => {
    await apply(inputs, (await current(context.graph(), id)).targetDeviceGroups, context);
    return { targetDeviceGroups: [], ...inputs, before: oldOutputs.before ?? null };
  },
  read: async (id, old, { graph }) => {
    if ((await graph().get(`/servicePrincipals/${id}`, "$select=id")) === undefined) return undefined;
    const now = await current(graph(), id);
    const same = sameValue(sorted(now.targetDeviceGroups), sorted(old?.inputs.targetDeviceGroups ?? []));
    const groups = same ? (old?.inputs.targetDeviceGroups ?? []) : now.targetDeviceGroups;
    const { isRemoteDesktopProtocolEnabled } = now;
    const own = { servicePrincipalId: id, isRemoteDesktopProtocolEnabled };
    const isEmpty = Array.isArray(groups) && groups.length === 0 && old?.inputs.targetDeviceGroups === undefined;
    return {
      id,
      inputs: { ...own, ...(!isEmpty && { targetDeviceGroups: groups }) },
      outputs: { ...own, targetDeviceGroups: groups, before: old?.outputs.before ?? asMap(now) },
    };
  },
  delete: async (id, { before }, context) => {
    const now = await current(context.graph(), id);
    const target = isMap(before) ? before : { isRemoteDesktopProtocolEnabled: false, targetDeviceGroups: [] };
    await apply({ ...target, servicePrincipalId: id }, now.targetDeviceGroups, context);
  },
};

async function current(graph: GraphClient, id: string): Promise<Before> {
  const path = pathOf(id);
  // A principal that nobody has configured yet has none.
  const found = await graph.get(path);
  const groups = found === undefined ? [] : await graph.list(`${path}/targetDeviceGroups`);
  return {
    isRemoteDesktopProtocolEnabled: found?.isRemoteDesktopProtocolEnabled === true,
    targetDeviceGroups: groups.map((group) => ({ id: textOf(group, "id"), displayName: textOf(group, "displayName") })),
  };
}

async function apply(
  inputs: PropertyMap,
  existing: readonly PropertyMap[],
  { graph }: OperationContext,
): Promise<void> {
  const path = pathOf(textOf(inputs, "servicePrincipalId"));
  const { isRemoteDesktopProtocolEnabled = false } = inputs;
  await graph().patch(path, {
    "@odata.type": "#microsoft.graph.remoteDesktopSecurityConfiguration",
    isRemoteDesktopProtocolEnabled,
  });
  const wanted = Array.isArray(inputs.targetDeviceGroups) ? inputs.targetDeviceGroups.filter(isMap) : [];
  const has = (groups: readonly PropertyMap[], id: unknown) => groups.some((group) => group.id === id);
  // Groups that go make room first: there may be ten.
  for (const { id } of existing.filter((group) => !has(wanted, group.id))) {
    await graph().delete(`${path}/targetDeviceGroups/${String(id)}/$ref`);
  }
  for (const { id, displayName } of wanted.filter((group) => !has(existing, group.id))) {
    const group = { id: id ?? null, displayName: displayName ?? null };
    await graph().post(`${path}/targetDeviceGroups`, { "@odata.type": "#microsoft.graph.targetDeviceGroup", ...group });
  }
}

function pathOf(servicePrincipalId: string): string {
  return `/servicePrincipals/${servicePrincipalId}/remoteDesktopSecurityConfiguration`;
}

function asMap({ isRemoteDesktopProtocolEnabled, targetDeviceGroups }: Before): PropertyMap {
  return { isRemoteDesktopProtocolEnabled, targetDeviceGroups: [...targetDeviceGroups] };
}

/** Groups have no order. */
function sorted(value: PropertyMap[string]): PropertyMap[string] {
  if (!Array.isArray(value)) return value;
  return [...value].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
