import type { AzureFirewall } from "../estate/firewall.ts";
import { evaluateFirewall, type FirewallDecision } from "../firewall/evaluate-firewall.ts";
import { type FirewallView, viewFirewall } from "../firewall/firewall-view.ts";
import { destinationsOf, headerSpaceOf, protocolsOf } from "../header-space.ts";
import { covers, intersect, intersects, noIntervals, subtract, unite } from "../intervals.ts";
import { addressSpaceOf, allAddresses, type IpSpace } from "../ip-space.ts";
import { formatAddress } from "../prefix.ts";
import { allProtocols, protocolsWithPorts } from "../protocol.ts";
import { isUnknown, knownOr } from "../read.ts";
import { privateAddresses } from "../special-addresses.ts";
import type { Network, SubnetPlace } from "../topology/network.ts";
import { privateAddressOf } from "./appliance.ts";
import { atFirewall } from "./at-firewall.ts";
import { assumingMail } from "./mail-assumption.ts";
import { assuming, currentSpace, ended, judged, narrow, type Packet, withSource } from "./packet.ts";
import { hopCountMax, type Walk } from "./walk.ts";

/** Passes a packet through an Azure Firewall: its rules, then its translation, then the routes of its own subnet. */
export function throughFirewall(
  walk: Walk,
  packet: Packet,
  firewall: AzureFirewall,
  place: SubnetPlace | undefined,
): readonly Packet[] {
  const view = viewFirewall(walk.network, firewall);
  const address = privateAddressOf(walk.network, firewall);
  const own = address === undefined ? noIntervals : addressSpaceOf(address);
  const toItself = narrow(packet, headerSpaceOf({ destination: own }));
  if (toItself === undefined) return byRules(walk, packet, view, place);
  const { answered, left } = atFirewall(walk, toItself, view, place);
  const passing = narrow(packet, headerSpaceOf({ destination: subtract(allAddresses, own) }));
  return [
    ...answered,
    ...[left, passing].flatMap((part) => (part === undefined ? [] : byRules(walk, part, view, place))),
  ];
}

function byRules(walk: Walk, packet: Packet, view: FirewallView, place: SubnetPlace | undefined): readonly Packet[] {
  const { firewall } = view;
  if (packet.visited.includes(firewall.id) || packet.visited.length > hopCountMax) {
    const because = `the flow comes back to firewall "${firewall.name}"`;
    return [
      ended(
        judged(packet, { kind: "Firewall", at: firewall.name, verdict: "Deny", because, disposition: "Loop" }),
        "Loop",
      ),
    ];
  }
  const proxyAddress = privateAddressOf(walk.network, firewall);
  const own = ownSpace(walk.network, firewall);
  const fqdn = packet.destination === undefined ? walk.fqdn : undefined;
  const question = {
    destinationTags: walk.destinationTags,
    clientDns: walk.clientDns,
    proxyAddress,
    ...(fqdn === undefined ? {} : { fqdn }),
  };
  const arrived = {
    ...assuming(packet, ...standing(view)),
    visited: [...packet.visited, firewall.id],
    fromGateway: false,
  };
  return evaluateFirewall(walk.network, view, question, currentSpace(arrived)).flatMap((decision) => {
    const part = narrow(arrived, decision.space);
    if (part === undefined) return [];
    const judgedPart = afterRules(part, view, decision);
    if (decision.access === "Dnat") return translateDestination(walk, judgedPart, view, decision, place);
    if (covers(own, destinationsOf(currentSpace(part)))) return [atOwnAddress(part, firewall, decision)];
    if (decision.undecided) return [ended(judgedPart, "InsufficientInfo")];
    return onward(walk, judgedPart, view, decision, place);
  });
}

/**
 * From the firewall's own addresses only DNAT leads on; network and application rules cannot.
 * https://learn.microsoft.com/azure/firewall/rule-processing (page of 2026-03-23, read 2026-11-21)
 */
function atOwnAddress(packet: Packet, firewall: AzureFirewall, { access, rule, because }: FirewallDecision): Packet {
  const open = access === "Unknown" && (rule === null || rule.type === "NatRule");
  const step = {
    kind: "NatRule",
    at: firewall.name,
    resourceId: firewall.id,
    verdict: open ? "Unknown" : "Deny",
    because: open ? because : `no NAT rule of firewall "${firewall.name}" takes it, so it is denied by default`,
    rule: open ? rule : null,
    disposition: "DeniedByFirewall",
  } as const;
  return ended(judged(packet, step), open ? "InsufficientInfo" : "DeniedByFirewall");
}

function ownSpace(network: Network, firewall: AzureFirewall): IpSpace {
  const address = privateAddressOf(network, firewall);
  const inside = address === undefined ? noIntervals : addressSpaceOf(address);
  return firewall.ipConfigurations.reduce<IpSpace>((all, { publicIpAddressId }) => {
    const found = network.find("publicIPAddresses", publicIpAddressId);
    const address = found.kind === "found" ? knownOr(found.resource.ipAddress, undefined) : undefined;
    return address === undefined ? all : unite(all, addressSpaceOf(address));
  }, inside);
}

function afterRules(packet: Packet, view: FirewallView, decision: FirewallDecision): Packet {
  const verdict = decision.access === "Dnat" ? "Allow" : decision.access;
  const next = judged(packet, {
    kind: decision.natRule === undefined ? "Firewall" : "NatRule",
    at: view.firewall.name,
    resourceId: view.firewall.id,
    verdict,
    because: decision.because,
    rule: decision.rule,
    disposition: "DeniedByFirewall",
    basis: decision.basis,
    ...(decision.natRule === undefined ? {} : { translated: translationOf(decision) }),
  });
  if (decision.inspects === undefined) return next;
  const able = view.tier === "Premium" && view.hasCertificateAuthority === true;
  const because = able
    ? `application rule "${decision.inspects.name}" opens TLS to inspect it`
    : `application rule "${decision.inspects.name}" asks for TLS inspection, which needs Premium and a certificate authority`;
  return judged(next, {
    kind: "TlsInspection",
    at: view.firewall.name,
    verdict: able ? "Allow" : "Unknown",
    because,
    disposition: "InsufficientInfo",
  });
}

/** Translates the source where the firewall does, then lets its own subnet route the packet. */
function onward(
  walk: Walk,
  packet: Packet,
  view: FirewallView,
  decision: FirewallDecision,
  place: SubnetPlace | undefined,
): readonly Packet[] {
  const { firewall } = view;
  const destinations = destinationsOf(currentSpace(packet));
  const outside = subtract(destinations, privateAddresses);
  const unsupported = outside.length > 0 && !covers(protocolsWithPorts, protocolsOf(currentSpace(packet)));
  if (unsupported) {
    const beyond = narrow(
      packet,
      headerSpaceOf({ destination: outside, protocol: subtract(allProtocols, protocolsWithPorts) }),
    );
    const rest = [
      narrow(packet, headerSpaceOf({ destination: intersect(destinations, privateAddresses) })),
      narrow(packet, headerSpaceOf({ destination: outside, protocol: protocolsWithPorts })),
    ].filter((part) => part !== undefined);
    const because = `firewall "${firewall.name}" carries only TCP and UDP to the Internet`;
    const step = {
      kind: "Firewall",
      at: firewall.name,
      verdict: "Deny",
      because,
      disposition: "DeniedByFirewall",
    } as const;
    const refused = beyond === undefined ? [] : [ended(judged(beyond, step), "DeniedByFirewall")];
    return [...refused, ...rest.flatMap((part) => onward(walk, part, view, decision, place))];
  }
  return translateSource(walk, packet, view, decision, place).flatMap((part) => {
    if (place === undefined) {
      const because = `what lies behind firewall "${firewall.name}" of a virtual hub is not modelled`;
      if (!intersects(destinationsOf(currentSpace(part)), privateAddresses))
        return [assumingMail(leaveHub(part, firewall))];
      return [
        ended(
          judged(part, {
            kind: "Route",
            at: firewall.name,
            verdict: "Unknown",
            because,
            disposition: "InsufficientInfo",
          }),
          "InsufficientInfo",
        ),
      ];
    }
    return walk.send(walk, part, { place, firewallId: firewall.id });
  });
}

function leaveHub(packet: Packet, { name }: AzureFirewall): Packet {
  const egress = { via: "firewall", publicIpAddresses: [] };
  const because = `leaves by firewall "${name}"`;
  const step = { kind: "Egress", at: name, verdict: "Allow", because, disposition: "NoEgress", egress } as const;
  return ended(judged(packet, step), "ExitsNetwork");
}

/** Network rules keep the source for private destinations; application rules never do. */
function translateSource(
  walk: Walk,
  packet: Packet,
  view: FirewallView,
  decision: FirewallDecision,
  place: SubnetPlace | undefined,
): readonly Packet[] {
  const { firewall } = view;
  const address = privateAddressOf(walk.network, firewall);
  const stay = (part: Packet): Packet => ({ ...part, stateful: [...part.stateful, firewall.id] });
  const hide = (part: Packet): Packet => (address === undefined ? stay(part) : withSource(part, address, place));
  if (decision.proxied) return [hide(packet)];
  if (isUnknown(view.untranslated)) {
    const because = `whether firewall "${firewall.name}" translates the source is not known: ${view.untranslated.unknown}`;
    return [
      judged(stay(packet), {
        kind: "Firewall",
        at: firewall.name,
        verdict: "Unknown",
        because,
        disposition: "InsufficientInfo",
      }),
    ];
  }
  const kept = narrow(packet, headerSpaceOf({ destination: view.untranslated }));
  const hidden = narrow(packet, headerSpaceOf({ destination: subtract([0, 2 ** 32], view.untranslated) }));
  return [...(kept === undefined ? [] : [stay(kept)]), ...(hidden === undefined ? [] : [hide(hidden)])];
}

/** A DNAT rule lets the flow pass without a network rule, and always translates the source. */
function translateDestination(
  walk: Walk,
  packet: Packet,
  view: FirewallView,
  { natRule }: FirewallDecision,
  place: SubnetPlace | undefined,
): readonly Packet[] {
  const address = knownOr(natRule?.translatedAddress, undefined);
  const port = knownOr(natRule?.translatedPort, undefined);
  const source = privateAddressOf(walk.network, view.firewall);
  if (address === undefined || place === undefined || source === undefined) {
    const because = `where NAT rule "${natRule?.name ?? ""}" leads is not known`;
    return [
      ended(
        judged(packet, {
          kind: "NatRule",
          at: view.firewall.name,
          verdict: "Unknown",
          because,
          disposition: "InsufficientInfo",
        }),
        "InsufficientInfo",
      ),
    ];
  }
  const destination = port === undefined ? { address } : { address, port };
  return walk.send(walk, withSource({ ...packet, destination }, source, place), {
    place,
    firewallId: view.firewall.id,
  });
}

function translationOf({ natRule }: FirewallDecision) {
  const address = knownOr(natRule?.translatedAddress, undefined);
  return {
    address: address === undefined ? null : formatAddress(address),
    port: knownOr(natRule?.translatedPort, null),
  };
}

/** What a firewall does that no rule tells: it is printed, never taken in silence. */
function standing(view: FirewallView): readonly string[] {
  const { name } = view.firewall;
  const texts: string[] = [];
  if (view.threatIntelMode === "Deny")
    texts.push(`threat intelligence of firewall "${name}" does not list the destination`);
  if (view.intrusionDetectionMode === "Deny")
    texts.push(`intrusion detection of firewall "${name}" finds nothing in the flow`);
  return texts;
}
