import { endpointById } from "../../../catalogue/endpoints.ts";
import { type EndpointRow, endpointRows } from "../../check/endpoint-rows.ts";
import type { Readiness } from "../../check/readiness.ts";
import { htmlText as text } from "../escape.ts";
import { subnetWords } from "../finding-words.ts";

const verdictWords = {
  Allow: { word: "✓ allowed", style: "pass" },
  Deny: { word: "✗ denied", style: "fail" },
  Unknown: { word: "? not known", style: "unknown" },
} as const;

const serviceNames: Readonly<Record<string, string>> = {
  windows365: "Windows 365",
  azureVirtualDesktop: "Azure Virtual Desktop",
  entraId: "Microsoft Entra ID",
  intune: "Microsoft Intune",
  autopilot: "Windows Autopilot",
  remoteHelp: "Remote Help",
  certificates: "Certificates",
  windowsUpdate: "Windows Update",
  languagePacks: "Language packs",
  azurePlatform: "Azure platform",
  windowsNotificationService: "Windows Push Notification Services",
  activation: "Windows activation",
  windowsDiagnostics: "Windows diagnostics",
  gpuDrivers: "GPU drivers",
  store: "Microsoft Store",
  time: "Time",
  microsoft365: "Microsoft 365",
};

/** Every endpoint that was asked, by service: a row each, a column for each Cloud PC subnet. */
export function endpointMatrix({ design, result }: Readiness): string {
  const columns = design.cloudPcSubnets.map((subnet) => ({
    label: subnetWords(subnet).label,
    rows: new Map(endpointRows(subnet, result).map((row) => [row.endpoint, row])),
  }));
  const ids = [...new Set(columns.flatMap(({ rows }) => [...rows.keys()]))];
  if (ids.length === 0) return "<p>No endpoint was asked.</p>";
  const byService = Map.groupBy(ids, (id) => endpointById(id)?.service ?? "other");
  return [...byService].map(([service, own]) => serviceTable(service, own, columns)).join("\n");
}

interface Column {
  readonly label: string;
  readonly rows: ReadonlyMap<string, EndpointRow>;
}

/** Longer lists of what is not allowed stay folded: the findings have told their cause already. */
const openRowsMax = 8;

function serviceTable(service: string, ids: readonly string[], columns: readonly Column[]): string {
  const cells = ids.flatMap((id) => columns.flatMap(({ rows }) => rows.get(id) ?? []));
  const open = cells.filter(({ verdict }) => verdict !== "Allow");
  const badge =
    open.length === 0
      ? '<span class="badge pass">all allowed</span>'
      : `<span class="badge ${open.some(({ verdict }) => verdict === "Deny") ? "fail" : "unknown"}">${open.length} of ${cells.length} not allowed</span>`;
  const name = serviceNames[service] ?? service;
  const heads = ["endpoint", "ports", ...columns.map(({ label }) => label)].map(
    (head) => `<th scope="col">${text(head)}</th>`,
  );
  // What is wrong is read first.
  const order = ids.toSorted((a, b) => Number(allAllowed(a, columns)) - Number(allAllowed(b, columns)));
  return [
    `<details${open.length > 0 && open.length <= openRowsMax ? " open" : ""}><summary>${text(name)}: ${ids.length === 1 ? "1 endpoint" : `${ids.length} endpoints`} ${badge}</summary>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="${text(`endpoints of ${name}`)}"><table class="stack matrix"><thead><tr>${heads.join("")}</tr></thead><tbody>`,
    ...order.map((id) => endpointRow(id, columns)),
    "</tbody></table></div></details>",
  ].join("\n");
}

function allAllowed(id: string, columns: readonly Column[]): boolean {
  return columns.every(({ rows }) => (rows.get(id)?.verdict ?? "Allow") === "Allow");
}

function endpointRow(id: string, columns: readonly Column[]): string {
  const endpoint = endpointById(id);
  const ports = endpoint === undefined ? "" : `${endpoint.protocol} ${endpoint.ports.join(", ")}`;
  const purpose = [endpoint?.purpose, endpoint?.requirement].filter((part) => part !== undefined).join(", ");
  return [
    `<tr><th scope="row"><code>${text(endpoint?.destination.value ?? id)}</code><div class="faint">${text(purpose)}</div></th>`,
    `<td>${text(ports)}</td>`,
    ...columns.map(({ label, rows }) => verdictCell(label, rows.get(id))),
    "</tr>",
  ].join("");
}

const basisWords: Readonly<Record<NonNullable<EndpointRow["basis"]>, string>> = {
  geometry: "by prefixes and ports",
  documentedTag: "by a documented tag",
  resolvedSnapshot: "from a dated table",
  attested: "a person vouches for it",
};

function verdictCell(subnet: string, row: EndpointRow | undefined): string {
  if (row === undefined) return `<td class="faint" data-subnet="${text(subnet)}">not asked</td>`;
  const { word, style } = verdictWords[row.verdict];
  const why = row.basis === null ? row.because : basisWords[row.basis];
  return `<td class="verdict" data-subnet="${text(subnet)}"><span class="badge ${style}">${word}</span><div class="faint">${text(why)}</div></td>`;
}
