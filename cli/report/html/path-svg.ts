import type { Answer } from "../../../model/explain.ts";
import type { Step, Verdict } from "../../../model/path/step.ts";
import { htmlText as text } from "../escape.ts";

const [boxWidth, boxHeight, gap, margin] = [150, 54, 34, 4] as const;
const charactersMax = 20;

/** One station of a flow. */
interface Station {
  readonly title: string;
  readonly name: string;
  readonly verdict?: Verdict;
  readonly reached: boolean;
}

const stepTitles: Readonly<Record<Step["kind"], string>> = {
  Dns: "DNS",
  Platform: "platform address",
  SecurityAdminRules: "admin rules",
  SecurityRules: "security rules",
  ServiceEndpointPolicy: "endpoint policy",
  Route: "route",
  Peering: "peering",
  Gateway: "gateway",
  Firewall: "firewall",
  NatRule: "NAT rule",
  TlsInspection: "TLS inspection",
  Appliance: "appliance",
  Egress: "way out",
};

const marks = { Allow: "✓", Deny: "✗", Unknown: "?" } as const;

/** Draws the path of a flow: where it comes from, each layer with what it says, and where it goes. */
export function pathSvg({ flow, steps, verdict }: Answer): string {
  const stations: readonly Station[] = [
    { title: "from", name: flow.from.value, reached: true },
    ...steps.map((step) => ({
      title: stepTitles[step.kind],
      name: step.at,
      verdict: step.verdict,
      reached: step.reached,
    })),
    { title: "to", name: flow.to.value, reached: verdict === "Allow" },
  ];
  const width = stations.length * (boxWidth + gap) - gap + 2 * margin;
  const height = boxHeight + 2 * margin;
  const label = `The path from ${flow.from.value} to ${flow.to.value}: ${steps.map((step) => `${stepTitles[step.kind]} ${step.at} ${step.verdict}`).join(", ")}`;
  return [
    `<svg class="path" role="img" aria-label="${text(label)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    ...stations.map(stationSvg),
    "</svg>",
  ].join("");
}

function stationSvg({ title, name, verdict, reached }: Station, index: number): string {
  const x = margin + index * (boxWidth + gap);
  const middle = margin + boxHeight / 2;
  const line =
    index === 0
      ? ""
      : `<path class="hop${reached ? "" : " behind"}" d="M${x - gap} ${middle}L${x - 1} ${middle}" marker-end="url(#arrow)"/>`;
  const mark =
    verdict === undefined
      ? ""
      : `<text class="mark" x="${x + boxWidth - 22}" y="${margin + 22}">${marks[verdict]}</text>`;
  const short = name.length <= charactersMax ? name : `${name.slice(0, charactersMax - 1)}…`;
  return [
    line,
    `<g class="station ${verdict ?? "end"}${reached ? "" : " behind"}"><title>${text(`${title} ${name}`)}</title>`,
    `<rect x="${x}" y="${margin}" width="${boxWidth}" height="${boxHeight}" rx="6"/>`,
    `<text class="kind" x="${x + 10}" y="${margin + 22}">${text(title)}</text>${mark}`,
    `<text x="${x + 10}" y="${margin + 42}">${text(short)}</text></g>`,
  ].join("");
}
