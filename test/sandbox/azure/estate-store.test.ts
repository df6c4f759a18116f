import { describe, expect, test } from "vitest";
import type { ArmResource } from "../../../sandbox/arm/contract.ts";
import { createEstateStore } from "../../../sandbox/azure/estate-store.ts";
import { createOperationLocks } from "../../../sandbox/azure/operation-locks.ts";
import { withoutSecretProperties } from "../../../sandbox/azure/secret-properties.ts";

const group = "/subscriptions/s/resourceGroups/rg";
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
const subnet = `${network}/subnets/snet`;
const assignment = `${network}/providers/Microsoft.Authorization/roleAssignments/a`;
const nsg = `${group}/providers/Microsoft.Network/networkSecurityGroups/nsg`;

const resource = (id: string, type: string, properties: Record<string, unknown> = {}): ArmResource => ({
  id,
  name: id.slice(id.lastIndexOf("/") + 1),
  type,
  properties,
});

function filledStore(onChange: () => void = () => undefined) {
  const store = createEstateStore(onChange);
  store.set(resource(group, "Microsoft.Resources/resourceGroups"));
  store.set(resource(network, "Microsoft.Network/virtualNetworks"));
  store.set(resource(nsg, "Microsoft.Network/networkSecurityGroups"));
  store.set(
    resource(subnet, "Microsoft.Network/virtualNetworks/subnets", {
      networkSecurityGroup: { id: nsg.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions") },
    }),
  );
  store.set(resource(assignment, "Microsoft.Authorization/roleAssignments"));
  return store;
}
const ids = (resources: readonly ArmResource[]): readonly string[] => resources.map(({ id }) => id);

describe("the store of the estate", () => {
  test("finds ids and types without case", () => {
    const store = filledStore();
    expect(store.get(network.toUpperCase())?.id).toBe(network);
    expect(ids(store.list("microsoft.network/VIRTUALNETWORKS"))).toEqual([network]);
  });

  test("knows children and who refers to whom, and what is attached is nobody's child", () => {
    const store = filledStore();
    expect(ids(store.children(group))).toEqual([nsg, network]);
    expect(ids(store.children(network))).toEqual([subnet]);
    expect(ids(store.referrers(nsg))).toEqual([subnet]);
  });

  test("forgets a reference that was written away", () => {
    const store = filledStore();
    store.set(resource(subnet, "Microsoft.Network/virtualNetworks/subnets"));
    expect(store.referrers(nsg)).toEqual([]);
    expect(ids(store.children(network))).toEqual([subnet]);
  });

  test("removes a resource with everything below it, and tells of each change once", () => {
    let changes = 0;
    const store = filledStore(() => {
      changes += 1;
    });
    expect(changes).toBe(5);
    expect(ids(store.remove(network)).toSorted()).toEqual([network, assignment, subnet].toSorted());
    expect(changes).toBe(6);
    expect(ids(store.all())).toEqual([group, nsg]);
    expect(store.remove(network)).toEqual([]);
    expect(changes).toBe(6);
  });

  test("a name that only begins like another is not below it", () => {
    const store = filledStore();
    store.set(resource(`${network}-2`, "Microsoft.Network/virtualNetworks"));
    store.remove(network);
    expect(store.get(`${network}-2`)?.name).toBe("vnet-2");
  });
});

describe("locks of running operations", () => {
  test("who comes second is told what is held, and takes nothing", () => {
    const locks = createOperationLocks();
    const first = locks.take([subnet, network]);
    expect(locks.take([nsg, network.toUpperCase()])).toEqual({ heldId: network.toUpperCase() });
    const other = locks.take([nsg]);
    expect("release" in other).toBe(true);
    if ("release" in first) first.release();
    expect("release" in locks.take([network])).toBe(true);
  });
});

describe("secrets in a body", () => {
  test("are not kept, at any depth, and nothing else is lost", () => {
    const kept = withoutSecretProperties(
      resource(nsg, "t", { sharedKey: "s", nested: [{ authorizationKey: "s", name: "n" }], other: null }),
    );
    expect(kept.properties).toEqual({ nested: [{ name: "n" }], other: null });
  });
});
