import type { Reference } from "../estate/resource.ts";
import type { Direction } from "../estate/security-group.ts";
import { adminConfigurations, evaluateAdminRules } from "../rules/admin-rules.ts";
import { evaluatePlatformRules } from "../rules/platform-rules.ts";
import { evaluateSecurityGroup, type RuleDecision, type RuleQuestion } from "../rules/security-rules.ts";
import type { InterfacePlace, Network, SubnetPlace } from "../topology/network.ts";
import { assuming, currentSpace, judged, narrow, type Packet } from "./packet.ts";
import type { Disposition } from "./step.ts";

/** Where a filter is applied, and to which of the two ends the tags belong. */
export interface FilterPoint {
  readonly network: Network;
  readonly place: SubnetPlace;
  readonly networkInterface?: InterfacePlace | undefined;
  readonly direction: Direction;
  readonly destinationTags: readonly string[];
  /** Security admin rules do not apply to private endpoints (concept-security-admins, read 2026-11-21). */
  readonly isPrivateEndpoint?: boolean;
}

type Evaluate = typeof evaluateSecurityGroup;

/**
 * Everything that filters at one end: security admin rules, then the security group of the network interface and that of the
 * subnet; outbound the interface's first, inbound the subnet's.
 * https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works, read 2026-11-20.
 */
export function filtered(packet: Packet, point: FilterPoint): readonly Packet[] {
  if (point.isPrivateEndpoint) return groupsFiltered(packet, point, evaluateSecurityGroup);
  return adminFiltered(packet, point).flatMap(({ packet: each, skipGroups }) =>
    skipGroups ? [each] : groupsFiltered(each, point, evaluateSecurityGroup),
  );
}

/** What filters flows to the platform's own addresses. */
export function platformFiltered(packet: Packet, point: FilterPoint): readonly Packet[] {
  return groupsFiltered(packet, point, evaluatePlatformRules);
}

function groupsFiltered(packet: Packet, point: FilterPoint, evaluate: Evaluate): readonly Packet[] {
  const own = point.networkInterface?.networkInterface.networkSecurityGroupId;
  const ofInterface = { scope: "NetworkInterface", reference: own } as const;
  const ofSubnet = { scope: "Subnet", reference: point.place.subnet.networkSecurityGroupId } as const;
  const order = point.direction === "Outbound" ? [ofInterface, ofSubnet] : [ofSubnet, ofInterface];
  return order.reduce<readonly Packet[]>(
    (packets, { scope, reference }) =>
      packets.flatMap((each) => groupFiltered(each, point, scope, reference, evaluate)),
    [packet],
  );
}

function groupFiltered(
  packet: Packet,
  point: FilterPoint,
  scope: "Subnet" | "NetworkInterface",
  reference: Reference | undefined,
  evaluate: Evaluate,
): readonly Packet[] {
  const { network, direction } = point;
  const group = network.find("networkSecurityGroups", reference);
  if (group.kind === "none") return [packet];
  const kind = "SecurityRules";
  const disposition = denied(direction);
  if (group.kind === "missing") {
    const because = `the network security group: ${group.because}`;
    return [judged(packet, { kind, at: scope, scope, direction, verdict: "Unknown", because, disposition })];
  }
  const at = group.resource.name;
  return evaluate(network, group.resource, questionOf(point), currentSpace(packet)).flatMap((decision) => {
    const part = narrow(packet, decision.space);
    if (part === undefined) return [];
    const because = `${decision.because} (network security group "${at}")`;
    const { access: verdict, basis } = decision;
    const resourceId = group.resource.id;
    return [
      judged(part, {
        kind,
        at,
        resourceId,
        scope,
        direction,
        verdict,
        because,
        disposition,
        basis,
        ...ruleOf(decision),
      }),
    ];
  });
}

function adminFiltered(packet: Packet, point: FilterPoint): readonly { packet: Packet; skipGroups: boolean }[] {
  const question = questionOf(point);
  const decisions = evaluateAdminRules(point.network, question, currentSpace(packet));
  if (decisions.length === 0) return [{ packet, skipGroups: false }];
  const names = adminConfigurations(point.network, question);
  const taken = names.map((name) => `security admin configuration "${name}" is taken to be deployed`);
  return decisions.flatMap((decision) => {
    const part = narrow(assuming(packet, ...taken), decision.space);
    if (part === undefined) return [];
    const verdict = decision.access === "Deny" || decision.access === "Unknown" ? decision.access : "Allow";
    const step = judged(part, {
      kind: "SecurityAdminRules",
      at: names.join(", "),
      scope: "NetworkManager",
      direction: point.direction,
      verdict,
      because: decision.because,
      disposition: denied(point.direction),
      basis: decision.basis,
      ...(decision.rule === undefined ? {} : { rule: { ...decision.rule, default: false } }),
    });
    return [{ packet: step, skipGroups: decision.access === "AlwaysAllow" }];
  });
}

function questionOf({ direction, place, destinationTags }: FilterPoint): RuleQuestion {
  return { direction, place, destinationTags };
}

function denied(direction: Direction): Disposition {
  return direction === "Outbound" ? "DeniedOutbound" : "DeniedInbound";
}

function ruleOf(decision: RuleDecision) {
  return decision.rule === undefined ? {} : { rule: decision.rule };
}
