import type { Answer } from "./answer.ts";
import { denied, everyReading, unknown } from "./answer.ts";
import { selectRoutes } from "./effective-routes.ts";
import type { Estate } from "./estate.ts";
import { filterAt } from "./filters.ts";
import { followRoute } from "./follow-route.ts";
import { enterFromInternet } from "./from-internet.ts";
import type { Gateway } from "./gateway.ts";
import { networksBehind } from "./gateway.ts";
import { containsAny, formatAddress, isPublic, parseAddress } from "./ipv4.ts";
import { depart } from "./journey.ts";
import type { Location } from "./locate.ts";
import { locate } from "./locate.ts";
import type { Packet, Question } from "./packet.ts";
import { ephemeralPort } from "./packet.ts";
import { isPlatformAddress, reachPlatform } from "./platform.ts";
import type { DnsAnswer } from "./private-dns.ts";
import { publicAnswer } from "./private-dns.ts";
import type { Resolution } from "./resolve-name.ts";
import { resolveName } from "./resolve-name.ts";
import type { NextHopType } from "./route-table.ts";
import { throughFirewall } from "./through-appliance.ts";
import type { Subnet } from "./virtual-network.ts";
import { subnetNamed } from "./virtual-network.ts";

/**
 * Walks one packet hop by hop the way Microsoft's pages describe, and its reply back. A name with several addresses is walked for
 * each; if they end differently the answer is Unknown.
 */
export function walkPacket(estate: Estate, question: Question): Answer {
  const source = parseAddress(question.from);
  if (source === undefined) {
    return unknown(`"${question.from}" is not an IPv4 address`, []);
  }
  const location = locate(estate, source, question.fromSubnet);
  if (location.kind === "open") {
    return unknown(`where ${question.from} is cannot be told: ${location.because}`, []);
  }
  const address = parseAddress(question.to);
  if (address !== undefined) {
    return walkFrom(estate, location, packetOf(question, source, address));
  }
  const { answer, hops } = resolve(estate, location, source, question.to);
  switch (answer.kind) {
    case "failed":
      return denied("NameNotResolvable", answer.because, hops);
    case "open":
      return unknown(answer.because, hops);
    case "found": {
      const name = question.to.toLowerCase().replace(/\.$/, "");
      const walks = answer.addresses.map((one) => {
        const walked = walkFrom(estate, location, { ...packetOf(question, source, one), name });
        return { ...walked, hops: [...hops, ...walked.hops] };
      });
      return everyReading(walks, `the addresses of "${question.to}" end differently`);
    }
  }
}

/** The next hop of a machine's packet by routes alone, as Network Watcher's "next hop" shows it; undefined where it cannot be told. */
export function nextHop(estate: Estate, from: string, to: string): NextHopType | undefined {
  const source = parseAddress(from);
  const destination = parseAddress(to);
  const location = source === undefined ? undefined : locate(estate, source);
  if (location?.kind !== "subnet" || destination === undefined) {
    return undefined;
  }
  const [route, other] = selectRoutes(estate, location.subnet, destination);
  return other === undefined ? route?.nextHop : undefined;
}

function packetOf(question: Question, source: number, destination: number): Packet {
  return {
    source,
    destination,
    protocol: question.protocol,
    sourcePort: question.sourcePort ?? ephemeralPort,
    destinationPort: question.port ?? 0,
  };
}

function resolve(estate: Estate, location: Location, source: number, name: string): Resolution {
  if (location.kind === "subnet") {
    return resolveName(estate, location.subnet, source, name, (subnet, from, server) =>
      fromSubnet(estate, subnet, {
        source: from,
        destination: server,
        protocol: "Udp",
        sourcePort: ephemeralPort,
        destinationPort: 53,
      }),
    );
  }
  const answer: DnsAnswer = publicAnswer(estate, undefined, name.toLowerCase());
  return { answer, hops: [{ step: "Dns", at: location.kind, verdict: "Allow", because: answer.because }] };
}

function walkFrom(estate: Estate, location: Location, packet: Packet): Answer {
  switch (location.kind) {
    case "subnet":
      return fromSubnet(estate, location.subnet, packet);
    case "onPremises":
      return fromOnPremises(estate, location.gateway, packet);
    case "internet":
      return enterFromInternet(estate, depart(packet, { kind: "internet" }), (firewall, journey) =>
        throughFirewall(estate, firewall, journey, followRoute),
      );
    case "nowhere":
      return denied("NoRoute", `no subnet and no gateway of the estate knows ${formatAddress(packet.source)}`, []);
    case "open":
      return unknown(location.because, []);
  }
}

function fromSubnet(estate: Estate, subnet: Subnet, packet: Packet): Answer {
  if (isPlatformAddress(packet.destination)) {
    return reachPlatform(estate, subnet, packet);
  }
  const journey = depart(packet, { kind: "machine", address: packet.source, subnet });
  const filtered = filterAt(estate, subnet, "Outbound", journey);
  return "end" in filtered ? filtered.end : followRoute(estate, subnet, filtered.journey);
}

/** From on premises: in through the gateway that knows the address, and on as GatewaySubnet's routes say. */
function fromOnPremises(estate: Estate, gateway: Gateway, packet: Packet): Answer {
  const destination = formatAddress(packet.destination);
  const journey = depart(packet, { kind: "gateway", gateway });
  if (isPlatformAddress(packet.destination)) {
    return denied("NoRoute", `${destination} answers only inside Azure`, []);
  }
  const reachable = networksBehind(estate, gateway).some((network) =>
    containsAny(network.addressSpace, packet.destination),
  );
  if (!reachable) {
    return isPublic(packet.destination)
      ? unknown(`how the on-premises network reaches ${destination} is not in the input`, [])
      : denied("NoRoute", `gateway "${gateway.name}" does not lead to ${destination}`, []);
  }
  const subnet = subnetNamed(gateway.home, "GatewaySubnet");
  return subnet === undefined
    ? unknown(`virtual network "${gateway.home.name}" has no GatewaySubnet`, [])
    : followRoute(estate, subnet, journey);
}
