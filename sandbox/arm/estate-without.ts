import type { EstateView } from "./contract.ts";

/** The estate as it would be without some resources: what still stands in the way once they are gone. */
export function estateWithout(estate: EstateView, isGone: (id: string) => boolean): EstateView {
  return {
    get: (id) => (isGone(id) ? undefined : estate.get(id)),
    list: (type) => estate.list(type).filter((resource) => !isGone(resource.id)),
    children: (id) => estate.children(id).filter((resource) => !isGone(resource.id)),
    referrers: (id) => estate.referrers(id).filter((resource) => !isGone(resource.id)),
  };
}
