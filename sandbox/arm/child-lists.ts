import { nameOf } from "./arm-id.ts";
import type { ArmPut, ArmResource, Cascade, EstateView } from "./contract.ts";
import { records, text, type Wire } from "./wire.ts";

/** A list in a parent that can also be written as child resources: `securityRules` of an NSG, `routes` of a table. */
export interface ChildList {
  /** Property of the parent and last segment of the child's type, for example "securityRules". */
  readonly list: string;
  readonly childType: string;
}

/** The parent's entries as a GET shows them: those written inline, and the child resources beside them. */
export function childEntries(parent: ArmResource, { list, childType }: ChildList, estate: EstateView): readonly Wire[] {
  const children = estate.children(parent.id).filter((child) => child.type.toLowerCase() === childType.toLowerCase());
  const named = new Set(children.map((child) => child.name.toLowerCase()));
  const inline = records(parent.properties[list]).filter((entry) => !named.has(String(entry.name).toLowerCase()));
  return [...inline, ...children];
}

/**
 * What a PUT of the parent does to child resources: one that its list names takes the list's content, one that it does
 * not name is removed. Without the list nothing changes.
 */
export function childCascade(put: ArmPut, { list, childType }: ChildList): Cascade {
  if (!Array.isArray(put.body.properties[list])) return { put: [], remove: [] };
  const entries = new Map(records(put.body.properties[list]).map((entry) => [String(entry.name).toLowerCase(), entry]));
  const children = put.estate.children(put.id).filter((child) => child.type.toLowerCase() === childType.toLowerCase());
  return {
    put: children.flatMap((child) => {
      const entry = entries.get(child.name.toLowerCase());
      if (entry === undefined) return [];
      const properties = { ...Object(entry.properties), provisioningState: "Succeeded" };
      return [{ ...child, properties }];
    }),
    remove: children.filter((child) => !entries.has(child.name.toLowerCase())).map((child) => child.id),
  };
}

/** Names of list entries that appear twice, without case. */
export function repeatedName(entries: readonly Wire[]): string | undefined {
  const names = entries.map((entry) => text(entry.name) ?? nameOf(text(entry.id) ?? ""));
  return names.find((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== index);
}
