import type { AllowListEntry } from "./allow-list.ts";

/**
 * A proxy auto-configuration file: what must bypass the proxy goes direct, everything else to the proxy.
 *
 * `entries` is the list for a proxy. `proxy` is what PAC calls a proxy, such as `PROXY proxy.example.com:8080`. The file uses
 * `shExpMatch` only, on lower-cased hosts without the dot of a full name, so any browser and Windows itself read it; addresses match as text.
 * Source of the format: https://developer.mozilla.org/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file
 */
export function pacFile(entries: readonly AllowListEntry[], proxy: string): string {
  const direct = entries
    .filter(({ mustBypass }) => mustBypass.includes("proxy"))
    .map(({ destination }) => pattern(destination));
  const lines = [...new Set(direct)].map((text) => `  ${JSON.stringify(text)}`);
  return `// Windows 365: hosts that must not pass a proxy. Made from the endpoint catalogue; edit the proxy, not the list.
var proxy = ${JSON.stringify(proxy)};
var direct = [
${lines.join(",\n")}
];

function FindProxyForURL(url, host) {
  var name = host.toLowerCase().replace(/\\.$/, "");
  for (var i = 0; i < direct.length; i++) {
    if (shExpMatch(name, direct[i])) return "DIRECT";
  }
  return proxy;
}
`;
}

/** A name as it is, a single address without its length. */
function pattern(destination: string): string {
  return destination.toLowerCase().replace(/\/32$/, "");
}
