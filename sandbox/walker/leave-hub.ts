import type { Answer, Hop } from "./answer.ts";
import { allowed, denied } from "./answer.ts";
import { arrive } from "./arrival.ts";
import type { AzureFirewall } from "./azure-firewall.ts";
import type { Estate } from "./estate.ts";
import { containsAny, formatAddress, isPublic } from "./ipv4.ts";
import type { Journey } from "./journey.ts";
import { conclude } from "./journey.ts";
import { hubById, networksOf } from "./virtual-hub.ts";

/** Internet traffic that a hub's firewall let through; undefined for private destinations. */
export function leaveHubForInternet(firewall: AzureFirewall, journey: Journey): Answer | undefined {
  const { packet } = journey;
  if (!isPublic(packet.destination)) {
    return undefined;
  }
  const translated = packet.source === firewall.privateAddress;
  const because = translated
    ? `a public address of firewall "${firewall.name}"`
    : `firewall "${firewall.name}" does not translate the source, and the Internet does not answer private addresses`;
  const hop: Hop = { step: "Egress", at: firewall.name, verdict: translated ? "Allow" : "Deny", because };
  const hops = [...journey.hops, hop];
  return translated
    ? conclude(
        allowed(
          "ExitsNetwork",
          `${formatAddress(packet.destination)} is reached over the Internet by ${because}`,
          hops,
        ),
        journey,
      )
    : denied("NoEgress", because, hops);
}

/** Into the network connected to a hub that holds the destination. */
export function intoConnectedNetwork(estate: Estate, hubId: string, journey: Journey): Answer {
  const { destination } = journey.packet;
  const hub = hubById(estate, hubId);
  const network =
    hub === undefined ? undefined : networksOf(estate, hub).find((one) => containsAny(one.addressSpace, destination));
  return network === undefined
    ? denied("NoRoute", `no network connected to the hub holds ${formatAddress(destination)}`, journey.hops)
    : arrive(estate, network, journey);
}
