import { loadData } from "./load-data.ts";
import type { CatalogueData } from "./schemas/catalogue-data.ts";

/** A rule of Azure networks or of Windows 365, in our words, with its figures and its source. */
export type DocumentedRule = CatalogueData["network-semantics"]["statements"][number];

/** What a file of rules is about. */
export type RuleTopic = "network-semantics" | "hybrid-connectivity" | "dns" | "virtual-wan" | "subnet-requirements";

/** Every rule of a topic, in the order of its pages. */
export function documentedRules(topic: RuleTopic): readonly DocumentedRule[] {
  return loadData(topic).statements;
}

/** What no page was found to say about a topic. */
export function notDocumented(topic: RuleTopic): readonly string[] {
  return loadData(topic).notDocumented ?? [];
}
