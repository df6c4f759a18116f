import { htmlText as text } from "../escape.ts";
import type { TopologyGraph } from "./topology-graph.ts";
import { boxPadding, layOut, lineHeight, type PlacedEdge, type PlacedNode, shortText } from "./topology-layout.ts";

/** Draws the boxes and lines of a network as one SVG picture. */
export async function topologySvg(graph: TopologyGraph): Promise<string> {
  const { width, height, nodes, edges } = await layOut(graph);
  return [
    `<svg class="topology" role="img" aria-labelledby="topology-title" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    '<title id="topology-title">The network: virtual networks, subnets, peerings, firewalls, gateways and ways out. The list below says the same in words.</title>',
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>',
    // Boxes around others first, then lines, so that nothing hides what it holds.
    ...nodes.filter(({ kind }) => kind === "virtualNetwork").map(nodeSvg),
    ...edges.map(edgeSvg),
    ...nodes.filter(({ kind }) => kind !== "virtualNetwork").map(nodeSvg),
    ...edges.map(labelSvg),
    "</svg>",
  ].join("\n");
}

/** The lines of the picture in words, for who cannot see it. */
export function topologyWords({ nodes, edges }: TopologyGraph): readonly string[] {
  const names = new Map(nodes.map(({ id, lines }) => [id, lines.slice(0, 2).join(" ")]));
  const inside = nodes.flatMap(({ parent, lines }) =>
    parent === undefined ? [] : [`${lines.filter((line) => line !== "").join(" ")}: in ${names.get(parent)}`],
  );
  const verbs = {
    peering: "is peered with",
    broken: "does not reach",
    route: "sends to",
    link: "is linked to",
  } as const;
  const lines = edges.map(({ from, to, kind, label }) => {
    const what = label === "" || kind === "peering" ? "" : ` (${label})`;
    return `${names.get(from)} ${verbs[kind]} ${names.get(to)}${what}`;
  });
  return [...inside, ...lines];
}

function nodeSvg({ kind, lines, x, y, width, height }: PlacedNode): string {
  const shown = lines.filter((line) => line !== "");
  const full = shown.some((line) => shortText(line) !== line) ? `<title>${text(shown.join(", "))}</title>` : "";
  const rows = shown.map((line, index) => {
    const baseline = round(y + boxPadding + (index + 0.75) * lineHeight);
    return `<text x="${round(x + boxPadding)}" y="${baseline}"${index === 1 ? ' class="name"' : ""}>${text(shortText(line))}</text>`;
  });
  const box = `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6"/>`;
  return `<g class="node ${kind}">${full}${box}${rows.join("")}</g>`;
}

function edgeSvg({ kind, points }: PlacedEdge): string {
  const path = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  const arrow = kind === "route" ? ' marker-end="url(#arrow)"' : "";
  return path === "" ? "" : `<path class="edge ${kind}" d="${path}"${arrow}/>`;
}

function labelSvg({ label, labelAt, kind }: PlacedEdge): string {
  if (labelAt === undefined) return "";
  const full = shortText(label) === label ? "" : `<title>${text(label)}</title>`;
  return `<text class="edge-label ${kind}" x="${round(labelAt.x)}" y="${round(labelAt.y + 11)}">${full}${text(shortText(label))}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
