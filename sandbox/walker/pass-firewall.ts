import type { Answer, Hop } from "./answer.ts";
import { denied, unknown } from "./answer.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import type { Decision } from "./firewall-decision.ts";
import { decide, translatedAddress } from "./firewall-decision.ts";
import type { FirewallRule } from "./firewall-policy.ts";
import { publicAddresses, translatesSource } from "./firewall-snat.ts";
import { formatAddress, isPublic } from "./ipv4.ts";
import type { Journey, Station } from "./journey.ts";
import { passing, withHops } from "./journey.ts";
import type { Packet } from "./packet.ts";

/** What comes out of a firewall: an end, or the journey with the packet as the firewall sends it on. */
export type Passage = { readonly end: Answer } | { readonly journey: Journey };

/** Puts a packet through an Azure Firewall: one passage for each reading of its rules. */
export function passFirewall(estate: Estate, firewall: AzureFirewall, journey: Journey): readonly Passage[] {
  const seen = journey.stations.some(
    (station) => station.kind === "firewall" && station.address === firewall.privateAddress,
  );
  if (seen) {
    return [{ end: denied("Loop", `the packet comes back to firewall "${firewall.name}"`, journey.hops) }];
  }
  if (firewall.privateAddress === undefined) {
    return [{ end: unknown(`the private address of firewall "${firewall.name}" is not in the input`, journey.hops) }];
  }
  const station: Station = {
    kind: "firewall",
    address: firewall.privateAddress,
    leaves: firewall.subnet,
    name: firewall.name,
  };
  return decide(estate, firewall, journey.packet).map((decision) =>
    carryOut(estate, firewall, station, decision, journey),
  );
}

function carryOut(
  estate: Estate,
  firewall: AzureFirewall,
  station: Extract<Station, { kind: "firewall" }>,
  { rule }: Decision,
  journey: Journey,
): Passage {
  const after = withHops(journey, hopOf(firewall, rule));
  if (
    rule !== undefined &&
    rule.kind !== "Nat" &&
    publicAddresses(estate, firewall).includes(journey.packet.destination)
  ) {
    const because = `firewall "${firewall.name}": no NAT rule takes what comes to its own public address`;
    return { end: denied("DeniedByFirewall", because, after.hops) };
  }
  if (rule === undefined || rule.action === "Deny") {
    const because = rule === undefined ? "no rule matches, so it is denied by default" : `${describe(rule)} denies it`;
    return { end: denied("DeniedByFirewall", `firewall "${firewall.name}": ${because}`, after.hops) };
  }
  const packet = translate(estate, firewall, rule, station.address, journey.packet);
  if (packet === undefined) {
    return { end: unknown(`the address that ${describe(rule)} translates to is not in the input`, after.hops) };
  }
  if (rule.kind === "Nat" && firewall.hasManagementInterface && publicAddresses(estate, firewall).length === 0) {
    return { end: denied("DeniedByFirewall", "DNAT does not work with forced tunnelling", after.hops) };
  }
  if (isPublic(packet.destination) && packet.protocol !== "Tcp" && packet.protocol !== "Udp") {
    const because = `firewall "${firewall.name}" does not carry ${packet.protocol} to the Internet`;
    return { end: denied("DeniedByFirewall", because, after.hops) };
  }
  return { journey: { ...passing(after, station, packet), forwarded: true } };
}

function translate(
  estate: Estate,
  firewall: AzureFirewall,
  rule: FirewallRule,
  own: number,
  packet: Packet,
): Packet | undefined {
  if (rule.kind !== "Nat") {
    return translatesSource(estate, firewall, rule, packet.destination) ? { ...packet, source: own } : packet;
  }
  const destination = translatedAddress(estate, firewall, rule);
  return destination === undefined
    ? undefined
    : { ...packet, source: own, destination, destinationPort: rule.translated.port };
}

function hopOf(firewall: AzureFirewall, rule: FirewallRule | undefined): Hop {
  return {
    step: "Firewall",
    at: firewall.name,
    verdict: rule === undefined || rule.action === "Deny" ? "Deny" : "Allow",
    because: rule === undefined ? "no rule matches" : describe(rule),
    ...(rule === undefined ? {} : { rule: rule.name }),
    ...(rule?.terminateTls === true ? { tlsInspection: true } : {}),
  };
}

function describe(rule: FirewallRule): string {
  const to = rule.action === "Dnat" ? ` to ${rule.translated.address}` : "";
  return `${rule.kind.toLowerCase()} rule "${rule.name}" of collection "${rule.collection}"${to}`;
}

/** The reason to give when the readings of a firewall's rules end differently. */
export function firewallDoubt(estate: Estate, firewall: AzureFirewall, packet: Packet): string {
  const doubt = decide(estate, firewall, packet).find((decision) => decision.doubt !== undefined)?.doubt;
  return (
    doubt ??
    `the rules of firewall "${firewall.name}" can be read in several ways for ${formatAddress(packet.destination)}`
  );
}
