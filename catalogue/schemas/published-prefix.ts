import { type Prefix, parsePrefix, prefix, prefixesOverlap } from "../../model/prefix.ts";
import { addressPrefix } from "./endpoints.ts";

/**
 * A prefix as Microsoft publishes one for a public service: canonical, on the Internet, and no wider than is believable.
 *
 * The widest that its lists have had are /13 and /35 (Microsoft 365, read 2025-12-01); eight times as wide is let pass, more
 * would open a network to strangers and is taken for a mistake.
 */
export const publishedPrefix = addressPrefix.check(({ value, issues }) => {
  const message = value.includes(":") ? problemOfIpv6(value) : problemOfIpv4(value);
  if (message !== undefined) issues.push({ code: "custom", input: value, message });
});

const shortestIpv4 = 10;
const shortestIpv6 = 32;

/** Never a public service. Sources: RFC 1122, 1918, 3927, 5771, 6598 and 1112. */
const notPublic: readonly Prefix[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/4",
  "240.0.0.0/4",
].map(prefix);

function problemOfIpv4(text: string): string | undefined {
  const parsed = parsePrefix(text);
  // Already said by `addressPrefix`.
  if (!parsed.ok) return undefined;
  if (parsed.value.length < shortestIpv4) return tooWide(text, shortestIpv4);
  return notPublic.some((range) => prefixesOverlap(range, parsed.value))
    ? `"${text}" is not an address range of the Internet`
    : undefined;
}

function problemOfIpv6(text: string): string | undefined {
  const [address = "", length = ""] = text.split("/");
  const groups = ipv6Groups(address);
  if (groups === undefined) return undefined;
  if (Number(length) < shortestIpv6) return tooWide(text, shortestIpv6);
  const [first = 0] = groups;
  if (first >> 13 !== 1) return `"${text}" is not an address range of the Internet (2000::/3)`;
  const bits = groups.map((group) => group.toString(2).padStart(16, "0")).join("");
  return bits.slice(Number(length)).includes("1") ? `prefix "${text}" has host bits set` : undefined;
}

function tooWide(text: string, shortest: number): string {
  return `"${text}" is too wide to be Microsoft's: a prefix of /${shortest} or longer is expected`;
}

/** The eight groups of an IPv6 address; absent for what is none. */
function ipv6Groups(address: string): readonly number[] | undefined {
  const host = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1);
  if (host === undefined) return undefined;
  const [head = "", tail] = host.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const [left, right] = [groups(head), groups(tail ?? "")];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
