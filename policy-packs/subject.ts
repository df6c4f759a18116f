import type { ResourceId } from "../model/resource-id.ts";
import { resourceName } from "../model/resource-id.ts";

/** The resource that a finding is about. */
export interface Subject {
  /** ARM's type, such as `Microsoft.Network/virtualNetworks/subnets`; empty for an id that does not tell it. */
  readonly type: string;
  /** `vnet/subnet` for a child, else the name. */
  readonly name: string;
  readonly id: ResourceId;
}

/** Reads type and name off an id. */
export function subjectOf(id: ResourceId): Subject {
  const [namespace = "", ...rest] = id
    .slice(id.toLowerCase().lastIndexOf("/providers/") + 1)
    .split("/")
    .slice(1);
  const types = rest.filter((_, index) => index % 2 === 0);
  const names = rest.filter((_, index) => index % 2 === 1);
  if (names.length === 0) return { type: "", name: resourceName(id), id };
  return { type: [namespace, ...types].join("/"), name: names.join("/"), id };
}
