import { containsPrefix, formatPrefix, type Prefix, prefix, prefixesOverlap } from "../../model/prefix.ts";
import { privateRanges } from "../address-space.ts";
import type { Environment } from "../environment.ts";
import { type Finding, problem, warning } from "../finding.ts";
import type { ProblemPath } from "../problem.ts";

/** A range somebody gave: whose it is, and where it is written. */
interface Range {
  readonly owner: string;
  readonly prefix: Prefix;
  readonly path: ProblemPath;
}

/** Address spaces are usable, private, and apart from each other and from what is on-premises. */
export function* checkAddresses(environment: Environment): Generator<Finding> {
  const networks = virtualNetworkRanges(environment);
  for (const range of networks) yield* checkUsable(range);
  for (const [index, range] of networks.entries()) {
    const other = networks.slice(0, index).find((earlier) => prefixesOverlap(earlier.prefix, range.prefix));
    if (other !== undefined) {
      yield problem(
        range.path,
        `${describe(range)} overlaps ${describe(other)}; networks that are connected need ranges of their own`,
      );
    }
  }
  for (const range of onPremisesRanges(environment)) {
    yield* checkOnPremises(range, networks);
  }
}

function* checkUsable(range: Range): Generator<Finding> {
  const forbidden = forbiddenRanges.find(({ prefix }) => prefixesOverlap(prefix, range.prefix));
  if (forbidden !== undefined) {
    yield problem(
      range.path,
      `${describe(range)} overlaps "${formatPrefix(forbidden.prefix)}" (${forbidden.use}), which no virtual network can have`,
    );
  } else if (!privateRanges.some((privateRange) => containsPrefix(privateRange, range.prefix))) {
    yield warning(
      range.path,
      `${describe(range)} is not in a private range (${privateRanges.map(formatPrefix).join(", ")}); ` +
        "what is behind these addresses on the Internet becomes unreachable from Cloud PCs",
    );
  }
  if (range.prefix.length < addressSpaceLengthMin || range.prefix.length > addressSpaceLengthMax) {
    yield problem(
      range.path,
      `${describe(range)} has length ${range.prefix.length}; a virtual network has /${addressSpaceLengthMin} to /${addressSpaceLengthMax}`,
    );
  }
}

/** A summary route wider than the network is usual and works, because the longest prefix wins; the rest does not. */
function* checkOnPremises(range: Range, networks: readonly Range[]): Generator<Finding> {
  const network = networks.find((candidate) => prefixesOverlap(candidate.prefix, range.prefix));
  if (network === undefined) return;
  if (range.prefix.length < network.prefix.length) {
    yield warning(
      range.path,
      `${describe(range)} contains ${describe(network)}; that works only while nothing on-premises uses those addresses`,
    );
  } else {
    yield problem(
      range.path,
      `${describe(range)} overlaps ${describe(network)}; addresses of Azure cannot be on-premises too`,
    );
  }
}

function virtualNetworkRanges({ hubs, regions }: Environment): readonly Range[] {
  const ranges = (what: "hub" | "region", list: Environment["hubs"] | Environment["regions"]): Range[] =>
    list.flatMap(({ name, network }, index) =>
      network.addressSpace.map((prefix, position) => ({
        owner: `${what} "${name}"`,
        prefix,
        path: [`${what}s`, index, "network", "addressSpace", position],
      })),
    );
  return [...ranges("hub", hubs), ...ranges("region", regions)];
}

function onPremisesRanges({ hubs, onPremises }: Environment): readonly Range[] {
  const general = (onPremises?.addressPrefixes ?? []).map((prefix, position) => ({
    owner: "on-premises",
    prefix,
    path: ["onPremises", "addressPrefixes", position],
  }));
  const sites = hubs.flatMap(({ vpn }, hub) =>
    (vpn?.sites ?? []).flatMap(({ name, addressPrefixes }, site) =>
      addressPrefixes.map((prefix, position) => ({
        owner: `site "${name}"`,
        prefix,
        path: ["hubs", hub, "vpn", "sites", site, "addressPrefixes", position],
      })),
    ),
  );
  return [...general, ...sites];
}

function describe({ owner, prefix }: Range): string {
  return `prefix ${JSON.stringify(formatPrefix(prefix))} of ${owner}`;
}

/** Ranges no virtual network can have: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (read 2026-11-21). */
const forbiddenRanges = [
  { prefix: prefix("224.0.0.0/4"), use: "multicast" },
  { prefix: prefix("255.255.255.255/32"), use: "broadcast" },
  { prefix: prefix("127.0.0.0/8"), use: "loopback" },
  { prefix: prefix("169.254.0.0/16"), use: "link-local" },
  { prefix: prefix("168.63.129.16/32"), use: "the Azure platform" },
];

/** https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq (read 2026-11-21): /2 to /29. */
const addressSpaceLengthMin = 2;
const addressSpaceLengthMax = 29;
