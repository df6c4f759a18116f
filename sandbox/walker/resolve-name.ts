import type { Hop } from "./answer.ts";
import type { Inquiry, Reach } from "./ask-dns-server.ts";
import { askServers, azureProvided } from "./ask-dns-server.ts";
import type { Estate } from "./estate.ts";
import { attachmentAt } from "./network-interface.ts";
import type { DnsAnswer } from "./private-dns.ts";
import type { Subnet } from "./virtual-network.ts";
import { homeOf } from "./virtual-network.ts";

/** A resolution together with what happened on the way. */
export interface Resolution {
  readonly answer: DnsAnswer;
  readonly hops: readonly Hop[];
}

/**
 * Resolves a name as a machine in a subnet does: by the DNS servers of its interface, else of its network, else by Azure.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances (page of 2024-08-02)
 */
export function resolveName(estate: Estate, subnet: Subnet, from: number, name: string, reach: Reach): Resolution {
  const home = homeOf(estate, subnet);
  const ofInterface = attachmentAt(estate, subnet.id, from)?.networkInterface.dnsServers ?? [];
  const servers = ofInterface.length > 0 ? ofInterface : home.dnsServers;
  const inquiry: Inquiry = { name, reach, passedOn: [] };
  if (servers.length === 0) {
    return told(home.name, azureProvided(estate, home, inquiry));
  }
  return told(home.name, askServers(estate, { subnet, from }, servers, inquiry));
}

function told(at: string, answer: DnsAnswer): Resolution {
  const verdict = answer.kind === "found" ? "Allow" : answer.kind === "failed" ? "Deny" : "Unknown";
  return { answer, hops: [{ step: "Dns", at, verdict, because: answer.because }] };
}
