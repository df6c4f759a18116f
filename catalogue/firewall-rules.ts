import { sortPorts } from "./domain-controllers.ts";
import type { Endpoint } from "./endpoint.ts";
import type { ApplicationRule, FirewallRule } from "./firewall-shapes.ts";
import { loadData } from "./load-data.ts";
import type { FirewallPlacement } from "./place-in-firewall.ts";
import { serviceOrder } from "./services.ts";

/** A row and the way in which the firewall lets it through. */
export interface PlacedEndpoint {
  readonly endpoint: Endpoint;
  readonly placement: FirewallPlacement;
}

/** A rule, the kind of collection it belongs in, and the rows it lets through. */
export interface RuleOfEndpoints {
  readonly kind: "application" | "network";
  readonly rule: FirewallRule;
  readonly endpoints: readonly string[];
}

/**
 * The fewest rules that let exactly these rows through: rows of one service with the same protocol and ports share a rule,
 * and so do all rows of an FQDN tag. In the order of services, then by name; rows that cannot be placed give none.
 */
export function firewallRules(
  rows: readonly PlacedEndpoint[],
  sourceAddresses: readonly string[],
): readonly RuleOfEndpoints[] {
  const drafts = new Map<string, Draft>();
  for (const { endpoint, placement } of rows) {
    if (placement.by === "nothing") continue;
    const name = ruleName(endpoint, placement);
    const draft = drafts.get(name) ?? {
      name,
      order: serviceOrder(endpoint.service),
      endpoint,
      placement,
      values: new Set(),
      ids: [],
    };
    drafts.set(name, draft);
    draft.order = Math.min(draft.order, serviceOrder(endpoint.service));
    draft.ids.push(endpoint.id);
    for (const value of valuesOf(placement)) draft.values.add(value);
  }
  return [...drafts.values()]
    .sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
    .map((draft) => ({
      kind: kindOf(draft.placement),
      rule: toRule(draft, sourceAddresses),
      endpoints: draft.ids.sort(),
    }));
}

type Placed = Exclude<FirewallPlacement, { by: "nothing" }>;

interface Draft {
  readonly name: string;
  order: number;
  /** Any row of the rule: they all share protocol and ports. */
  readonly endpoint: Endpoint;
  readonly placement: Placed;
  readonly values: Set<string>;
  readonly ids: string[];
}

function ruleName({ service, protocol, ports }: Endpoint, placement: Placed): string {
  if (placement.by === "fqdnTag") return `fqdn-tag-${placement.value}`;
  const suffix = placement.by === "destinationAddresses" ? "by-address" : "by-name";
  return `${kebabCase(service)}-${protocol.toLowerCase()}-${sortPorts(ports).join("-")}-${suffix}`;
}

/** `azureVirtualDesktop` as `azure-virtual-desktop`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function valuesOf(placement: Placed): readonly string[] {
  return placement.by === "destinationAddresses" ? placement.values : [placement.value];
}

function kindOf({ by }: Placed): "application" | "network" {
  return by === "fqdnTag" || by === "targetFqdn" ? "application" : "network";
}

function toRule({ name, endpoint, placement, values }: Draft, sources: readonly string[]): FirewallRule {
  const sourceAddresses = [...sources];
  const sorted = [...values].sort();
  switch (placement.by) {
    case "fqdnTag":
      return { ruleType: "ApplicationRule", name, sourceAddresses, protocols: fqdnTagProtocols(), fqdnTags: sorted };
    case "targetFqdn":
      return {
        ruleType: "ApplicationRule",
        name,
        sourceAddresses,
        protocols: webProtocols(endpoint.ports),
        targetFqdns: sorted,
      };
    case "destinationFqdn":
      return { ...networkRule(name, endpoint, sourceAddresses), destinationFqdns: sorted };
    case "destinationAddresses":
      return { ...networkRule(name, endpoint, sourceAddresses), destinationAddresses: sorted };
  }
}

function networkRule(name: string, { protocol, ports }: Endpoint, sourceAddresses: string[]) {
  const ipProtocols: ("TCP" | "UDP")[] = [protocol === "Tcp" ? "TCP" : "UDP"];
  return {
    ruleType: "NetworkRule" as const,
    name,
    ipProtocols,
    sourceAddresses,
    destinationPorts: [...sortPorts(ports)],
  };
}

function webProtocols(ports: readonly string[]): ApplicationRule["protocols"] {
  return sortPorts(ports).map((port) => ({ protocolType: port === "80" ? "Http" : "Https", port: Number(port) }));
}

/** What a rule with an FQDN tag must pass is one decision, recorded with the tags. */
function fqdnTagProtocols(): ApplicationRule["protocols"] {
  return loadData("fqdn-tags").protocols.protocols.map((protocol) => ({ ...protocol }));
}
