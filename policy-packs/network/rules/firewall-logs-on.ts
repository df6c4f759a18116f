import type { AzureFirewall } from "../../../model/estate/firewall.ts";
import type { DiagnosticSetting, LogSetting } from "../../../model/estate/logging.ts";
import type { Estate } from "../../../model/estate.ts";
import { isUnknown, knownOr } from "../../../model/read.ts";
import { refersTo } from "../../../model/topology/network.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { firewallsOfCloudPcs } from "../firewalls-behind.ts";
import { tellsOfLogging } from "../logging.ts";

/** What a firewall denied, only its own logs tell: the Cloud PC sees no more than a connection that does not open. */
export const firewallLogsOn: Rule = {
  name: "firewall-logs-on",
  pack: "network",
  description: "The firewalls that Cloud PCs go through log what their network and application rules decide.",
  severity: "low",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/firewall/monitor-firewall-reference",
  remediation: "Add a diagnostic setting to the firewall that sends the logs of its rules to a workspace.",
  judge: ({ network, cloudPcSubnets }) =>
    firewallsOfCloudPcs(network, cloudPcSubnets).map(({ firewall }) => judge(network.estate, firewall)),
};

/** The structured and the legacy category of each kind of rule. */
const ruleLogs = [
  { rules: "network", categories: ["AZFWNetworkRule", "AzureFirewallNetworkRule"] },
  { rules: "application", categories: ["AZFWApplicationRule", "AzureFirewallApplicationRule"] },
] as const;

function judge(estate: Estate, firewall: AzureFirewall): Check {
  const subject = subjectOf(firewall.id);
  if (!tellsOfLogging(estate)) {
    const assumption = `firewall "${firewall.name}" logs what its rules decide; the input holds no logging at all`;
    return { subject, observations: [], assumptions: [assumption] };
  }
  const settings = estate.diagnosticSettings.filter(({ scope }) => refersTo(scope, firewall.id));
  return { subject, observations: ruleLogs.flatMap((wanted) => observe(firewall, settings, wanted)) };
}

function observe(
  { name }: AzureFirewall,
  settings: readonly DiagnosticSetting[],
  { rules, categories }: (typeof ruleLogs)[number],
): readonly Observation[] {
  const about = `${rules} rules`;
  const own = settings.flatMap((setting) =>
    setting.destinationIds.length === 0 ? [] : setting.logs.filter((log) => holds(log, categories)),
  );
  const [open] = own.flatMap(({ category, categoryGroup, enabled }) =>
    enabled === false ? [] : [[category, categoryGroup, enabled].find(isUnknown)],
  );
  if (own.some((log) => log.enabled === true && !isUnknown(log.category) && !isUnknown(log.categoryGroup))) return [];
  if (open !== undefined) {
    const message = `whether firewall "${name}" logs its ${rules} rules is not known: ${open.unknown}`;
    return [{ outcome: "undecided", about, message }];
  }
  const remedy = `add category "${categories[0]}" to a diagnostic setting of firewall "${name}"`;
  return [{ outcome: "fail", about, message: `firewall "${name}" does not log its ${rules} rules`, remedy }];
}

function holds({ category, categoryGroup }: LogSetting, categories: readonly string[]): boolean {
  if (isUnknown(category) || isUnknown(categoryGroup)) return true;
  const group = knownOr(categoryGroup, "").toLowerCase();
  const wanted = knownOr(category, "").toLowerCase();
  return group === "alllogs" || categories.some((each) => each.toLowerCase() === wanted);
}
