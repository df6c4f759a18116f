import type * as pulumi from "@pulumi/pulumi";

/**
 * Creates resources one after another.
 *
 * ARM takes one write at a time per virtual network and per firewall policy and answers 409
 * `AnotherOperationInProgress` to the next one, so their children wait for each other.
 *
 * @param after - what the first one waits for
 * @returns the resources in the order of `items`
 */
export function inSeries<Item, Created extends pulumi.Resource>(
  items: readonly Item[],
  after: readonly pulumi.Resource[],
  create: (item: Item, dependsOn: pulumi.Resource[]) => Created,
): readonly Created[] {
  const created: Created[] = [];
  for (const item of items) {
    const previous = created.at(-1);
    created.push(create(item, previous === undefined ? [...after] : [previous]));
  }
  return created;
}
