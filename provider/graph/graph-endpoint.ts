/** Where Graph is, and who signs people in for it. */
export interface GraphEndpoint {
  /** Without a path or a final slash. */
  readonly origin: string;
  /** Absent for a stand-in on this machine, which takes a given token only. */
  readonly authorityHost?: string;
}

/**
 * Microsoft's own hosts, with the host that issues tokens for each.
 * Source: https://learn.microsoft.com/graph/deployments (read 2026-11-21).
 */
const microsoftHosts: Readonly<Record<string, string>> = {
  "graph.microsoft.com": "https://login.microsoftonline.com",
  "graph.microsoft.us": "https://login.microsoftonline.us",
  "dod-graph.microsoft.us": "https://login.microsoftonline.us",
  "microsoftgraph.chinacloudapi.cn": "https://login.chinacloudapi.cn",
};

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Graph of the global cloud. */
export const globalEndpoint = "https://graph.microsoft.com";

/**
 * Reads the address of Graph. Only Microsoft's hosts are taken, by https, and this machine itself, for a sandbox: a token sent
 * anywhere else would be given away. Throws with the address and what would be right.
 */
export function parseGraphEndpoint(address: string): GraphEndpoint {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isBare = url !== undefined && url.pathname === "/" && url.search === "" && url.username === "";
  if (isBare && loopback.has(url.hostname) && /^https?:$/.test(url.protocol)) return { origin: url.origin };
  const authorityHost = url === undefined ? undefined : microsoftHosts[url.host];
  if (isBare && url.protocol === "https:" && authorityHost !== undefined) return { origin: url.origin, authorityHost };
  const hosts = Object.keys(microsoftHosts).map((host) => `"https://${host}"`);
  throw new Error(
    `endpoint is "${address}"; expected one of ${hosts.join(", ")}, or an address of this machine such as "http://127.0.0.1:8080"`,
  );
}
