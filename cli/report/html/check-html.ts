import { hash } from "node:crypto";
import type { Readiness } from "../../check/readiness.ts";
import { htmlText as text } from "../escape.ts";
import { coverageText, healthWord, subnetWords, summaryText } from "../finding-words.ts";
import { endpointMatrix } from "./endpoint-matrix.ts";
import { findingsHtml } from "./findings-html.ts";
import { pageStyle } from "./page-style.ts";
import { topologyGraph } from "./topology-graph.ts";
import { topologySvg, topologyWords } from "./topology-svg.ts";

/**
 * A readiness report as one page that needs nothing else: no request, no script. Its content security policy allows only its own
 * style sheet, so that nothing in a name could run or load anything even if it were not escaped.
 */
export async function checkHtml(readiness: Readiness, version: string): Promise<string> {
  const { ready, input, catalogue } = readiness;
  const style = `sha256-${hash("sha256", pageStyle, "base64")}`;
  const policy = `default-src 'none'; style-src '${style}'; base-uri 'none'; form-action 'none'`;
  const verdict = ready ? "ready" : "not ready";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(input.name)}: ${verdict} for Windows 365</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#health">Skip to the health checks</a>
<header>
<h1>${text(input.name)} <span class="badge ${ready ? "pass" : "fail"}">${verdict}</span></h1>
<p>Will Windows 365 Cloud PCs provision on this network? <span class="faint">${text(summaryText(readiness))}.</span></p>
<nav aria-label="sections"><ul>${sections.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`).join("")}</ul></nav>
</header>
<main>
${await sectionsHtml(readiness)}
</main>
<footer>
<p>${text(coverageText(readiness))}.</p>
<p>w365 ${text(version)}; input <code>${text(input.digest)}</code>; catalogue <code>${text(catalogue.digest)}</code></p>
</footer>
</body>
</html>
`;
}

const sections = [
  { id: "health", title: "Health checks", content: healthTable },
  { id: "findings", title: "Findings", content: findingsHtml },
  { id: "subnets", title: "Cloud PC subnets", content: subnetTable },
  { id: "network", title: "The network", content: networkHtml },
  { id: "endpoints", title: "Endpoints", content: endpointMatrix },
  { id: "assumptions", title: "Assumptions", content: assumptionsHtml },
] as const;

async function sectionsHtml(readiness: Readiness): Promise<string> {
  const parts: string[] = [];
  for (const { id, title, content } of sections) {
    parts.push(
      `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${await content(readiness)}\n</section>`,
    );
  }
  return parts.join("\n");
}

function healthTable({ healthChecks }: Readiness): string {
  const rows = healthChecks.map(
    (each) =>
      `<tr><td class="verdict"><span class="badge ${each.outcome}">${healthWord(each)}</span></td><th scope="row">${text(each.check.name)}</th><td class="wide">${text(each.because)}</td></tr>`,
  );
  return table("health checks of Windows 365", ["outcome", "health check", "because"], rows);
}

function subnetTable({ design }: Readiness): string {
  const rows = design.cloudPcSubnets.map((subnet) => {
    const { label, addressPrefixes, location, cloudPcCountMax } = subnetWords(subnet);
    const cells = [addressPrefixes, location, `${cloudPcCountMax} Cloud PCs`].map((cell) => `<td>${text(cell)}</td>`);
    return `<tr><th scope="row">${text(label)}</th>${cells.join("")}</tr>`;
  });
  return table("Cloud PC subnets", ["subnet", "addresses", "region", "room for"], rows);
}

function table(label: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((each) => `<th scope="col">${each}</th>`).join("");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="stack"><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
}

async function networkHtml({ design }: Readiness): Promise<string> {
  const graph = topologyGraph(design);
  const words = topologyWords(graph).map((line) => `<li>${text(line)}</li>`);
  const leftOut =
    graph.leftOut === 0 ? "" : `<p>${graph.leftOut} virtual networks without Cloud PCs are not drawn.</p>`;
  return [
    `<div class="scroll" tabindex="0" role="region" aria-label="picture of the network">${await topologySvg(graph)}</div>`,
    leftOut,
    `<details><summary>The picture in words</summary><div class="body"><ul>${words.join("")}</ul></div></details>`,
  ].join("\n");
}

function assumptionsHtml({ assumptions }: Readiness): string {
  if (assumptions.length === 0) return "<p>Everything that was needed is in the input.</p>";
  return `<p>What was not in the input and had to be taken as given:</p><ul>${assumptions.map((each) => `<li>${text(each)}</li>`).join("")}</ul>`;
}
