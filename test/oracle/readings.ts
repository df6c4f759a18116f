import type { Opinions } from "./both.ts";
import type { PacketQuestion } from "./random-estate/random-question.ts";

/** A place where Microsoft's pages allow two answers and the two opinions take one each, on purpose. */
export interface Reading {
  readonly name: string;
  /** The page that leaves it open. */
  readonly page: string;
  readonly read: string;
  /** What each of the two does, and why both may stand. */
  readonly why: string;
  readonly covers: (opinions: Opinions, question: PacketQuestion) => boolean;
}

const learn = "https://learn.microsoft.com/azure";
const read = "2026-11-21";

/** Every difference that is not a disagreement. A difference that none of these covers fails the test. */
export const readings: readonly Reading[] = [
  {
    name: "a flow that names an address shows no host name",
    page: `${learn}/firewall/rule-processing`,
    read,
    why: "Application rules compare the host name. The walker's packet carries none, so it matches none; the model answers for whatever name the client shows.",
    covers: ({ model, walker }) =>
      model.doubtful && mentions(model.trace, "looks at the host name") && walker.verdict !== "Allow",
  },
  {
    name: "both deny, and one of them after a layer that it left open",
    page: `${learn}/virtual-network/network-security-group-how-it-works`,
    read,
    why: "A certain denial outweighs a doubt. Which layer denies first depends on how the open layer decides, so only the verdict is compared.",
    covers: ({ model, walker }) =>
      model.verdict === "Deny" && walker.verdict === "Deny" && (model.doubtful || walker.doubtful),
  },
  {
    name: "what a name resolves to is open, but every address of the public one is denied",
    page: `${learn}/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances`,
    read,
    why: "The walker stops at a server it cannot reach for certain. The model goes on with the addresses of the dated snapshot.",
    covers: ({ model, walker }, { to }) =>
      isName(to) && model.verdict === "Deny" && walker.verdict === "Unknown" && mentions(walker.trace, "Dns "),
  },
  {
    name: "one DNS server of several may be reached, and another one is",
    page: `${learn}/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances`,
    read,
    why: "A client asks the next server where one does not answer. The model takes one good answer; the walker wants to know which server gives it.",
    covers: ({ model, walker }, { to }) =>
      isName(to) && walker.because.startsWith("whether DNS server") && mentions(model.trace, "public DNS has the name"),
  },
  {
    name: "public DNS may redirect a name into a private link zone",
    page: `${learn}/private-link/private-endpoint-dns`,
    read,
    why: "The model is told addresses of a name, not aliases, so a linked private link zone that lacks the record cannot hide the name. The walker sees the alias.",
    covers: ({ model, walker }, { to }) =>
      isName(to) &&
      mentions(walker.trace, 'private zone "privatelink') &&
      mentions(model.trace, "public DNS has the name"),
  },
  {
    name: "a private source that nothing in the input knows",
    page: `${learn}/network-watcher/ip-flow-verify-overview`,
    read,
    why: "The model asks the filters of the destination and leaves the way open, since what is not in the input may exist. The walker finds no way.",
    covers: ({ model, walker }) =>
      mentions(model.trace, "no subnet and no gateway of the input knows") && walker.verdict !== "Allow",
  },
  {
    name: "ICMP and a rule with single ports",
    page: `${learn}/virtual-network/network-security-groups-overview#security-rules`,
    read,
    why: "No page says whether a rule for every protocol that names ports takes a protocol without any. The model says no; the walker leaves it open.",
    covers: ({ walker }, { protocol }) =>
      protocol === "Icmp" &&
      walker.verdict === "Unknown" &&
      (mentions(walker.trace, "single ports") || mentions(walker.trace, "whether security admin rule")),
  },
  {
    name: "the tag VirtualNetwork might contain default routes",
    page: `${learn}/virtual-network/service-tags-overview`,
    read,
    why: "The model reads a whole group with the default route in the tag, and again without; the walker reads each rule both ways, so it finds more cases open.",
    covers: ({ model, walker }) =>
      model.verdict !== "Unknown" &&
      walker.verdict === "Unknown" &&
      mentions(walker.trace, "might also contain default routes"),
  },
  {
    name: "replies of a private endpoint to a firewall",
    page: `${learn}/private-link/disable-private-endpoint-network-policy`,
    read,
    why: "The page speaks of routes towards a private endpoint. The walker leaves open whether its replies follow user routes to a firewall; the model takes those of the subnet.",
    covers: ({ walker }) => walker.because.startsWith("whether replies of a private endpoint follow"),
  },
  {
    name: "a more specific BGP route where a user route overrides the system route",
    page: `${learn}/virtual-network/virtual-networks-udr-overview#how-azure-selects-a-route`,
    read,
    why: "Which of the two wins is not documented. The walker follows both and answers where they end alike; the model does not.",
    covers: ({ model, walker }) =>
      model.doubtful &&
      walker.verdict !== "Unknown" &&
      (mentions(model.trace, "a more specific BGP route or the user route") ||
        model.trace.some((line) => line.startsWith("Route ") && line.includes("learns by BGP is not in the input"))),
  },
  {
    name: "the addresses behind a name that a firewall resolves itself",
    page: `${learn}/firewall/fqdn-filtering-network-rules`,
    read,
    why: "A rule by name compares addresses that the firewall looked up. The walker takes those of the table; the model does not take a snapshot for the firewall's own answer.",
    covers: ({ model, walker }) =>
      model.verdict === "Unknown" &&
      walker.verdict !== "Unknown" &&
      (mentions(model.trace, "the addresses of the names in rule") ||
        mentions(model.trace, "whether a network or an application rule")),
  },
  {
    name: "a DNS query meets a rule by name",
    page: `${learn}/firewall/fqdn-filtering-network-rules`,
    read,
    why: "As above, for the query to a DNS server behind the firewall: the walker's table says that no name of the rule has the server's address.",
    covers: ({ model, walker }, { to }) =>
      isName(to) &&
      model.verdict === "Unknown" &&
      walker.disposition === "NameNotResolvable" &&
      walker.because.includes("no rule matches"),
  },
  {
    name: "a public address of the estate, from an address that is not known",
    page: `${learn}/virtual-network/ip-services/default-outbound-access`,
    read,
    why: "Default outbound access has some public address of Microsoft's. The walker leaves open what the receiver says to it; the model answers where it says the same to all.",
    covers: ({ model, walker }) =>
      model.verdict !== "Unknown" &&
      walker.verdict === "Unknown" &&
      walker.because.endsWith("leaves by is not one that is known"),
  },
  {
    name: "not every member of a pool takes the flow",
    page: `${learn}/load-balancer/components`,
    read,
    why: "A load balancer chooses a member by a hash that nobody predicts. The model wants every member to take the flow and denies; the walker says that it depends.",
    covers: ({ model, walker }) => model.verdict === "Deny" && walker.because.endsWith("do not all take the packet"),
  },
];

/** The reading that covers a difference; undefined for a disagreement. */
export function readingOf(opinions: Opinions, question: PacketQuestion): Reading | undefined {
  return readings.find((reading) => reading.covers(opinions, question));
}

function mentions(trace: readonly string[], text: string): boolean {
  return trace.some((line) => line.includes(text));
}

function isName(text: string): boolean {
  return /[a-z]/i.test(text);
}
