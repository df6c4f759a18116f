import { type Basis, weakest } from "../../model/basis.ts";
import type { Verdict } from "../../model/path/step.ts";
import { sameResource } from "../../model/resource-id.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { AskedEndpoint } from "../../policy-packs/rule.ts";
import type { RunResult } from "../../policy-packs/run-rules.ts";

/** What was found about a row of the catalogue, asked from one subnet. */
export interface EndpointRow {
  /** Id of the row. */
  readonly endpoint: string;
  readonly verdict: Verdict;
  /** How an Allow is known, else `null`. */
  readonly basis: Basis | null;
  readonly because: string;
}

/** Every row of the catalogue that the rules asked from a subnet. */
export function endpointRows({ place }: CloudPcSubnet, { runs }: RunResult): readonly EndpointRow[] {
  const asked = runs.flatMap(({ checks }) =>
    checks.filter(({ subject }) => sameResource(subject.id, place.id)).flatMap((check) => check.asked ?? []),
  );
  return [...Map.groupBy(asked, ({ endpoint }) => endpoint)].map(([endpoint, each]) => rowOf(endpoint, each));
}

/** A row of several ports is as bad as its worst, and known as its weakest. */
function rowOf(endpoint: string, asked: readonly AskedEndpoint[]): EndpointRow {
  const answers = asked.map(({ evidence }) => evidence.answer);
  const worst =
    answers.find(({ verdict }) => verdict === "Deny") ??
    answers.find(({ verdict }) => verdict === "Unknown") ??
    answers[0];
  const verdict = worst?.verdict ?? "Unknown";
  const basis: Basis | null = verdict === "Allow" ? weakest(...answers.map((answer) => answer.basis)) : null;
  return { endpoint, verdict, basis, because: worst?.because ?? "" };
}
