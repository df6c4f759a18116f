import { parentId, parseArmId, resourceGroupId } from "../arm/arm-id.ts";
import type { ArmResource, ResourceRules } from "../arm/contract.ts";
import type { AzureEstate } from "./azure-estate.ts";
import { type EstateStore, presented } from "./estate-store.ts";
import { exportTemplate } from "./export-template.ts";

/** Makes the view of tests and people on a store. What they change is in no request log, as somebody else's doing is in none of ours. */
export function createAzureEstate(
  store: EstateStore,
  rulesFor: (type: string) => ResourceRules | undefined,
  subscriptions: () => readonly string[],
): AzureEstate {
  const present = (resource: ArmResource): ArmResource => presented(resource, store, rulesFor);
  return {
    subscriptions,
    resources: () => store.all().map(present),
    count: () => store.all().length,
    get: (id) => {
      const resource = store.get(id);
      return resource === undefined ? undefined : present(resource);
    },
    plant: (id, patch) => {
      const merged = mergePatch(store.get(id) ?? emptyResource(id), patch);
      store.set({ ...merged, id: merged.id, name: merged.name, type: merged.type });
      return present(merged);
    },
    remove: (id) => {
      if (store.remove(id).length === 0) throw new Error(`there is no "${id}" in the sandbox to remove`);
    },
    injectNetworkInterface: (subnetId) => {
      const nic = serviceNetworkInterface(store, subnetId);
      store.set(nic);
      return nic.id;
    },
    exportTemplate: () => exportTemplate(store.all().map(present), rulesFor),
  };
}

function emptyResource(id: string): ArmResource {
  const parsed = parseArmId(id);
  if (parsed === undefined) throw new Error(`"${id}" is not the id of an ARM resource`);
  return { id, name: parsed.names.at(-1) ?? "", type: parsed.type, properties: { provisioningState: "Succeeded" } };
}

/** A merge as in RFC 7396: objects are merged, null removes, everything else replaces. */
function mergePatch(target: ArmResource, patch: Readonly<Record<string, unknown>>): ArmResource {
  const { id, name, type } = target;
  const merged = mergeObjects(target, patch);
  const properties = isObject(merged.properties) ? merged.properties : {};
  return { ...merged, id, name, type, properties };
}

function mergeObjects(
  target: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    const before = merged[name];
    if (value === null) delete merged[name];
    else merged[name] = isObject(value) && isObject(before) ? mergeObjects(before, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As Windows 365 makes them, with the customer's subnet and in the customer's group: https://learn.microsoft.com/windows-365/enterprise/architecture (read 2026-11-21). */
function serviceNetworkInterface(store: EstateStore, subnetId: string): ArmResource {
  const subnet = store.get(subnetId);
  if (subnet === undefined) throw new Error(`there is no subnet "${subnetId}" in the sandbox`);
  const network = store.get(parentId(subnet.id) ?? "");
  const count = store.list("Microsoft.Network/networkInterfaces").length + 1;
  const name = `CPC-sandbox-${String(count).padStart(4, "0")}`;
  return {
    id: `${resourceGroupId(subnet.id) ?? ""}/providers/Microsoft.Network/networkInterfaces/${name}`,
    name,
    type: "Microsoft.Network/networkInterfaces",
    ...(network?.location !== undefined && { location: network.location }),
    properties: {
      provisioningState: "Succeeded",
      ipConfigurations: [
        {
          name: "ipconfig",
          properties: {
            provisioningState: "Succeeded",
            privateIPAllocationMethod: "Dynamic",
            subnet: { id: subnet.id },
          },
        },
      ],
    },
  };
}
