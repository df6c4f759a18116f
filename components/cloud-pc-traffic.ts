import type { EndpointSelection } from "../catalogue/required-endpoints.ts";
import { type Prefix, prefix } from "../model/prefix.ts";

/** Cloud PC subnets whose Cloud PCs need the same: what they must reach, and from where. */
export interface CloudPcTraffic {
  /** What Microsoft documents for them. */
  readonly selection: Omit<EndpointSelection, "side">;
  /** Prefixes of their subnets. */
  readonly sources: readonly Prefix[];
  /** Addresses of the domain controllers that they join; empty without hybrid join. */
  readonly domainControllers: readonly string[];
}

/** The same as the catalogue's compilers take it: blocks of one address, and nothing at all without hybrid join. */
export function domainControllersOf({ domainControllers }: CloudPcTraffic): {
  readonly domainControllers?: readonly Prefix[];
} {
  if (domainControllers.length === 0) return {};
  return { domainControllers: domainControllers.map((address) => prefix(`${address}/32`)) };
}

/** A rule that lets through the same for one set of sources or another. */
interface SourcedRule {
  readonly name: string;
}

/**
 * Rules that were compiled for several kinds of Cloud PCs, as one list: a rule that is the same for two of them is one rule
 * with the sources of both. One that differs keeps both forms, the later ones under a name of their own.
 *
 * @param sourcesOf - the sources of a rule
 * @param withSources - the rule with other sources
 */
export function mergeRules<Rule extends SourcedRule>(
  lists: readonly (readonly Rule[])[],
  sourcesOf: (rule: Rule) => readonly string[],
  withSources: (rule: Rule, sources: string[]) => Rule,
): Rule[] {
  const merged: Rule[] = [];
  for (const rule of lists.flat()) {
    const sameName = merged.filter(({ name }) => name === rule.name || name.startsWith(`${rule.name}-form-`));
    const same = sameName.find((other) => shapeOf(other) === shapeOf(rule));
    if (same === undefined) {
      merged.push(sameName.length === 0 ? rule : { ...rule, name: `${rule.name}-form-${sameName.length + 1}` });
    } else {
      merged[merged.indexOf(same)] = withSources(same, [...new Set([...sourcesOf(same), ...sourcesOf(rule)])].sort());
    }
  }
  return merged;

  function shapeOf(rule: Rule): string {
    return JSON.stringify({ ...withSources(rule, []), name: "" });
  }
}
