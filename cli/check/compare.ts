import type { Verdict } from "../../model/path/step.ts";
import type { CloudPcSubnet } from "../../policy-packs/cloud-pc-subnet.ts";
import type { Finding } from "../../policy-packs/finding.ts";
import { subnetWords } from "../report/finding-words.ts";
import { endpointRows } from "./endpoint-rows.ts";
import type { HealthOutcome } from "./health-outcomes.ts";
import type { Readiness } from "./readiness.ts";

/** What is different between two designs. */
export interface Comparison {
  readonly base: Readiness;
  readonly head: Readiness;
  readonly subnets: readonly SubnetChange[];
  /** Endpoints of subnets that both designs have. */
  readonly endpoints: readonly EndpointChange[];
  readonly healthChecks: readonly HealthChange[];
  /** Findings of the new design that the old one has not, or has milder. */
  readonly newFindings: readonly Finding[];
  /** Findings of the old design that the new one has no more, or has milder. */
  readonly goneFindings: readonly Finding[];
  /** Whether anything that was right is wrong now, or is not known any more. */
  readonly worse: boolean;
}

/** A Cloud PC subnet that came, went, or holds another number of Cloud PCs. */
export interface SubnetChange {
  readonly subnet: string;
  readonly change: "added" | "removed" | "changed";
  /** Addresses, region and room, as reports say them; absent on the side that has no such subnet. */
  readonly before?: string;
  readonly after?: string;
}

/** A row of the catalogue that is answered otherwise from a subnet. */
export interface EndpointChange {
  readonly subnet: string;
  /** Id of the row. */
  readonly endpoint: string;
  readonly before: Verdict;
  readonly after: Verdict;
  /** Why it is answered so now. */
  readonly because: string;
}

/** A health check that will end otherwise. */
export interface HealthChange {
  readonly id: string;
  readonly name: string;
  readonly before: HealthOutcome["outcome"];
  readonly after: HealthOutcome["outcome"];
  readonly because: string;
}

/**
 * Compares two designs. Things are the same when their names are: a template and what was made of it have other ids. Pure.
 */
export function compare(base: Readiness, head: Readiness): Comparison {
  const subnets = subnetChanges(base, head);
  const endpoints = endpointChanges(base, head);
  const healthChecks = healthChanges(base, head);
  const newFindings = findingsMissingIn(head, base);
  const worse =
    (base.ready && !head.ready) ||
    endpoints.some(({ before, after }) => rank(after) > rank(before)) ||
    healthChecks.some(({ before, after }) => healthRanks[after] > healthRanks[before]) ||
    newFindings.some(({ outcome }) => outcome !== "waived");
  return {
    base,
    head,
    subnets,
    endpoints,
    healthChecks,
    newFindings,
    goneFindings: findingsMissingIn(base, head),
    worse,
  };
}

/** Worst last. */
const verdictOrder: readonly Verdict[] = ["Allow", "Unknown", "Deny"];

function rank(verdict: Verdict): number {
  return verdictOrder.indexOf(verdict);
}

const healthRanks: Readonly<Record<HealthOutcome["outcome"], number>> = {
  pass: 0,
  notApplicable: 0,
  runtime: 0,
  undecided: 1,
  fail: 2,
};

function subnetsByLabel({ design }: Readiness): ReadonlyMap<string, CloudPcSubnet> {
  return new Map(design.cloudPcSubnets.map((subnet) => [subnetWords(subnet).label.toLowerCase(), subnet]));
}

function subnetChanges(base: Readiness, head: Readiness): readonly SubnetChange[] {
  const [old, now] = [subnetsByLabel(base), subnetsByLabel(head)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): readonly SubnetChange[] => {
    const [before, after] = [old.get(key), now.get(key)];
    const subnet = [after, before].flatMap((each) => (each === undefined ? [] : [subnetWords(each).label]))[0] ?? key;
    const texts = { ...(before && { before: sizeText(before) }), ...(after && { after: sizeText(after) }) };
    if (before === undefined) return [{ subnet, change: "added", ...texts }];
    if (after === undefined) return [{ subnet, change: "removed", ...texts }];
    return texts.before === texts.after ? [] : [{ subnet, change: "changed", ...texts }];
  });
}

function sizeText(subnet: CloudPcSubnet): string {
  const { addressPrefixes, location, cloudPcCountMax } = subnetWords(subnet);
  return `${addressPrefixes}, ${location}, room for ${cloudPcCountMax} Cloud PCs`;
}

function endpointChanges(base: Readiness, head: Readiness): readonly EndpointChange[] {
  const old = subnetsByLabel(base);
  return [...subnetsByLabel(head)].flatMap(([key, subnet]) => {
    const former = old.get(key);
    if (former === undefined) return [];
    const before = new Map(endpointRows(former, base.result).map((row) => [row.endpoint, row.verdict]));
    return endpointRows(subnet, head.result).flatMap(({ endpoint, verdict, because }): readonly EndpointChange[] => {
      const was = before.get(endpoint);
      if (was === undefined || was === verdict) return [];
      return [{ subnet: subnetWords(subnet).label, endpoint, before: was, after: verdict, because }];
    });
  });
}

function healthChanges(base: Readiness, head: Readiness): readonly HealthChange[] {
  const old = new Map(base.healthChecks.map(({ check, outcome }) => [check.id, outcome]));
  return head.healthChecks.flatMap(({ check: { id, name }, outcome: after, because }): readonly HealthChange[] => {
    const before = old.get(id);
    return before === undefined || before === after ? [] : [{ id, name, before, after, because }];
  });
}

/** Findings of one design that the other has not, or with another outcome. */
function findingsMissingIn(one: Readiness, other: Readiness): readonly Finding[] {
  const known = new Set(other.result.findings.map(keyOf));
  return one.result.findings.filter((finding) => !known.has(keyOf(finding)));
}

function keyOf({ rule, checked, subject, about, outcome }: Finding): string {
  return [rule.name, checked.name.toLowerCase(), subject.name.toLowerCase(), about, outcome].join("\n");
}
