import { loadData } from "./load-data.ts";

/** The services that rows belong to, in permanent order. */
export function services(): readonly { readonly id: string; readonly title: string; readonly order: number }[] {
  return loadData("services").services;
}

/** Position of a service among compiled rules, permanent. Throws for an unknown service: rows are tested to name known ones. */
export function serviceOrder(id: string): number {
  const service = services().find((candidate) => candidate.id === id);
  if (service === undefined) throw new Error(`service "${id}" is not in the catalogue`);
  return service.order;
}
