import type { Endpoint } from "../../catalogue/endpoint.ts";
import { allEndpoints } from "../../catalogue/endpoints.ts";
import { kebabCase } from "../../catalogue/firewall-rules.ts";
import { cited, code, type Page, type Row, table } from "./markdown.ts";

/** The page with every endpoint of a service. */
export function endpointPage({ id, title }: { readonly id: string; readonly title: string }): Page {
  const rows = allEndpoints().filter(({ service }) => service === id);
  const sections = [
    { heading: "Cloud PC", rows: rows.filter(({ side, clouds }) => side === "cloudPc" && clouds.includes("public")) },
    {
      heading: "Cloud PC, US Government",
      rows: rows.filter(({ side, clouds }) => side === "cloudPc" && clouds.includes("usGov")),
    },
    { heading: "The user's own machine", rows: rows.filter(({ side }) => side === "client") },
  ].filter((section) => section.rows.length > 0);
  const body = sections.map(
    (section) => `## ${section.heading}\n\n${table(endpointHeading, section.rows.map(endpointCells))}`,
  );
  return { file: `endpoints-${kebabCase(id)}.md`, title: `Endpoints: ${title}`, body: body.join("\n") };
}

const endpointHeading = [
  "destination",
  "protocol and ports",
  "for",
  "requirement",
  "must bypass",
  "tags",
  "status",
  "source",
  "id",
];

function endpointCells(row: Endpoint): Row {
  const bypass = [
    ...(row.tlsInspection === "forbidden" ? ["TLS inspection"] : []),
    ...(row.proxy === "forbidden" ? ["proxy"] : []),
    ...(row.vpn === "forbidden" ? ["VPN"] : []),
  ];
  return [
    code(row.destination.value),
    `${row.protocol.toUpperCase()} ${row.ports.join(", ")}`,
    row.note ? `${row.purpose} (${row.note})` : row.purpose,
    [row.requirement, ...conditions(row)].join("; "),
    bypass.join(", "),
    [...(row.fqdnTags ?? []), ...(row.serviceTags ?? [])].map(code).join(" "),
    row.choice ? `${row.status}: [${row.choice.decision}](contradictions.md#${row.choice.contradiction})` : row.status,
    cited(row),
    code(row.id),
  ];
}

function conditions({ when, addressesOf }: Endpoint): readonly string[] {
  return [
    ...(when.joinTypes ? [when.joinTypes.join(", ")] : []),
    ...(when.intuneLocations ? [`tenant in ${when.intuneLocations.join(", ")}`] : []),
    ...(when.features ? [`feature ${when.features.join(" or ")}`] : []),
    ...(when.editions ? [when.editions.join(", ")] : []),
    ...(addressesOf ? [`addresses of ${code(addressesOf)}`] : []),
  ];
}
