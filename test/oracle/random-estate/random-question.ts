import type { Random } from "../../model/support/random.ts";
import { firewallPublicAddress } from "./firewall.ts";
import { gatewayId } from "./topology.ts";
import { addresses, dnsRecords, type World } from "./world.ts";

/** One packet to ask about. */
export interface PacketQuestion {
  readonly from: string;
  readonly to: string;
  readonly protocol: "Tcp" | "Udp" | "Icmp";
  readonly port?: number;
}

const machines = [
  "10.1.1.4",
  "10.1.1.77",
  "10.1.1.200",
  "10.1.2.4",
  "10.1.2.9",
  "10.2.1.9",
  "10.2.1.200",
  "10.3.1.4",
  "10.0.2.10",
];
const onPremises = ["172.20.1.1", "172.20.1.1", "172.20.200.7", "192.168.4.9"];
const published = [firewallPublicAddress, "203.0.113.100", "203.0.113.101", "203.0.113.102", addresses.publicFrontend];
const destinations = [
  ...published,
  addresses.frontend,
  ...machines,
  "10.1.3.5",
  "10.1.3.9",
  "10.1.9.9",
  "10.9.9.9",
  "10.0.0.4",
  "172.20.1.1",
  "172.20.200.7",
  "192.168.4.9",
  "192.168.77.1",
  "100.64.1.1",
  "192.0.2.5",
  "192.0.2.70",
  "192.0.2.130",
  "198.51.100.10",
  "198.51.100.70",
  "198.51.100.200",
  "203.0.113.9",
  "168.63.129.16",
  "169.254.169.254",
];
const ports = [80, 443, 443, 443, 53, 3389, 450, 1433];

/** A packet between places that the rules of a random estate are about; most leave a Cloud PC's network. */
export function randomQuestion(random: Random, { resources }: World): PacketQuestion {
  const kind = random.below(20);
  if (kind === 0) return { from: random.pick(machines), to: random.pick(destinations), protocol: "Icmp" };
  const protocol = random.chance(0.8) ? "Tcp" : "Udp";
  const port = random.pick(ports);
  if (kind < 3 && resources.some(({ id }) => id === gatewayId)) {
    return { from: random.pick(onPremises), to: random.pick([...machines, "10.1.3.5", "10.0.0.4"]), protocol, port };
  }
  if (kind < 4)
    return { from: random.pick(["198.51.100.10", "203.0.113.9"]), to: random.pick(published), protocol, port };
  if (kind < 10) return { from: random.pick(machines), to: random.pick(Object.keys(dnsRecords)), protocol, port };
  return { from: random.pick(machines), to: random.pick(destinations), protocol, port };
}
