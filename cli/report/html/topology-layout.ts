import elk, { type ElkExtendedEdge, type ElkNode, type ElkPoint } from "elkjs/lib/elk.bundled.js";
import type { GraphEdge, GraphNode, TopologyGraph } from "./topology-graph.ts";

/** A box with its place. Lengths are CSS pixels, from the upper left corner of the picture. */
export interface PlacedNode extends GraphNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line with its bends and the place of its label. */
export interface PlacedEdge extends GraphEdge {
  readonly points: readonly ElkPoint[];
  readonly labelAt?: ElkPoint;
}

/** A picture that can be drawn. */
export interface TopologyLayout {
  readonly width: number;
  readonly height: number;
  /** Boxes before what is in them. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** The height of a line of text, and the room around it. */
export const lineHeight = 17;
export const boxPadding = 10;

/** Longer texts are cut in the picture; what is cut is told when one points at it. */
export const textCharactersMax = 40;

/** Places the boxes in layers from the Cloud PCs to the Internet (Eclipse Layout Kernel), with few lines crossing. */
export async function layOut({ nodes, edges }: TopologyGraph): Promise<TopologyLayout> {
  const graph: ElkNode = {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.hierarchyHandling": "INCLUDE_CHILDREN",
      "elk.json.edgeCoords": "ROOT",
      "elk.json.shapeCoords": "ROOT",
      "elk.edgeRouting": "ORTHOGONAL",
      "elk.spacing.nodeNode": "28",
      "elk.spacing.edgeLabel": "4",
      "elk.layered.spacing.nodeNodeBetweenLayers": "36",
      "elk.layered.spacing.edgeNodeBetweenLayers": "20",
      "elk.separateConnectedComponents": "true",
    },
    children: nodes.filter(({ parent }) => parent === undefined).map((node) => elkNode(node, nodes)),
    edges: edges.map((edge, index) => ({
      id: `edge ${index}`,
      sources: [edge.from],
      targets: [edge.to],
      ...(edge.label !== "" && {
        labels: [{ text: edge.label, width: textWidth(shortText(edge.label), 6.4), height: 14 }],
      }),
    })),
  };
  const root: ElkNode = await new elk.default().layout(graph);
  return {
    width: Math.ceil(root.width ?? 0),
    height: Math.ceil(root.height ?? 0),
    nodes: nodes.flatMap((node) => placed(node, root)),
    edges: edges.map((edge, index) =>
      routed(
        edge,
        root.edges?.find(({ id }) => id === `edge ${index}`),
      ),
    ),
  };
}

/** A text as the picture has room for it. */
export function shortText(text: string): string {
  return text.length <= textCharactersMax ? text : `${text.slice(0, textCharactersMax - 1)}…`;
}

function elkNode(node: GraphNode, all: readonly GraphNode[]): ElkNode {
  const children = all.filter(({ parent }) => parent === node.id).map((child) => elkNode(child, all));
  const lines = node.lines.filter((line) => line !== "");
  const width = Math.max(...lines.map((line) => textWidth(shortText(line), 8.4))) + 2 * boxPadding;
  const height = lines.length * lineHeight + 2 * boxPadding;
  if (children.length === 0) return { id: node.id, width, height };
  return {
    id: node.id,
    children,
    layoutOptions: {
      "elk.padding": `[top=${height + 4},left=16,bottom=16,right=16]`,
      "elk.nodeSize.constraints": "MINIMUM_SIZE",
      "elk.nodeSize.minimum": `(${Math.ceil(width)},${height})`,
    },
  };
}

/** Wide enough for the usual sans-serif fonts. */
function textWidth(text: string, characterWidth: number): number {
  return Math.ceil(text.length * characterWidth);
}

function placed(node: GraphNode, root: ElkNode): readonly PlacedNode[] {
  const found = findNode(root, node.id);
  if (found === undefined) return [];
  const { x = 0, y = 0, width = 0, height = 0 } = found;
  return [{ ...node, x, y, width, height }];
}

function findNode(node: ElkNode, id: string): ElkNode | undefined {
  if (node.id === id) return node;
  for (const child of node.children ?? []) {
    const found = findNode(child, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function routed(edge: GraphEdge, found: ElkExtendedEdge | undefined): PlacedEdge {
  const sections = found?.sections ?? [];
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  const [label] = found?.labels ?? [];
  const labelAt = label?.x === undefined || label.y === undefined ? undefined : { x: label.x, y: label.y };
  return { ...edge, points, ...(labelAt && { labelAt }) };
}
