import { endpointById } from "../../catalogue/endpoints.ts";
import { groupFindings } from "../../policy-packs/group-findings.ts";
import type { Comparison, EndpointChange } from "../check/compare.ts";
import { healthWords } from "./finding-words.ts";

/** A part of a comparison: a title, and a line for each thing that is different. */
export interface DiffSection {
  readonly title: string;
  /** `worse` and `better` in the eyes of who wants Cloud PCs to provision. */
  readonly tone: "worse" | "better" | "neutral";
  readonly lines: readonly string[];
}

/** What is different, what got worse first; sections without lines are left out. */
export function diffSections({
  subnets,
  endpoints,
  healthChecks,
  newFindings,
  goneFindings,
}: Comparison): readonly DiffSection[] {
  const health = healthChecks.map((change) => ({
    ...change,
    line: `${change.name}: ${healthWords[change.before]} -> ${healthWords[change.after]} (${change.because})`,
  }));
  const to = (verdict: EndpointChange["after"]) => endpointLines(endpoints.filter(({ after }) => after === verdict));
  const sections: readonly DiffSection[] = [
    { title: "became unreachable", tone: "worse", lines: to("Deny") },
    { title: "not known any more", tone: "worse", lines: to("Unknown") },
    {
      title: "health checks that will fail, or are undecided now",
      tone: "worse",
      lines: health.filter(({ after }) => after === "fail" || after === "undecided").map(({ line }) => line),
    },
    { title: "new findings", tone: "worse", lines: findingLines(newFindings) },
    { title: "became reachable", tone: "better", lines: to("Allow") },
    {
      title: "health checks that nothing speaks against now",
      tone: "better",
      lines: health.filter(({ after }) => after !== "fail" && after !== "undecided").map(({ line }) => line),
    },
    { title: "findings that are gone", tone: "better", lines: findingLines(goneFindings) },
    {
      title: "Cloud PC subnets",
      tone: "neutral",
      lines: subnets.map(({ subnet, change, before, after }) =>
        change === "changed" ? `${subnet}: ${before} -> ${after}` : `${change} ${subnet} (${after ?? before})`,
      ),
    },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** `example is not ready; example was ready`. */
export function diffHeadline({ base, head }: Comparison): string {
  const word = (ready: boolean) => (ready ? "ready" : "not ready");
  if (base.ready === head.ready) return `${head.input.name} is ${word(head.ready)}, as ${base.input.name} is`;
  return `${head.input.name} is ${word(head.ready)}; ${base.input.name} is ${word(base.ready)}`;
}

/** Endpoints with one cause in one line, so that a route to a dead appliance is not a hundred lines. */
function endpointLines(changes: readonly EndpointChange[]): readonly string[] {
  const groups = Map.groupBy(changes, ({ subnet, because }) => `${subnet}\n${because}`);
  return [...groups.values()].map((group) => {
    const [first] = group;
    const names = group.map(({ endpoint }) => endpointById(endpoint)?.destination.value ?? endpoint);
    const listed = [...new Set(names)];
    const more = listed.length <= 4 ? "" : ` and ${listed.length - 4} more`;
    return `from ${first?.subnet}: ${listed.slice(0, 4).join(", ")}${more} (${first?.because})`;
  });
}

function findingLines(findings: Comparison["newFindings"]): readonly string[] {
  return groupFindings(findings).map(([{ outcome, rule, message }, ...others]) => {
    const more = others.length === 0 ? "" : ` (and ${others.length} more for the same reason)`;
    return `${outcome}, ${rule.severity}, ${rule.name}: ${message}${more}`;
  });
}
