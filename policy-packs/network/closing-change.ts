import { type Network, placeOf } from "../../model/topology/network.ts";
import type { Evidence, Observation } from "../rule.ts";
import { subjectOf } from "../subject.ts";

/**
 * What to change so that a flow that is let in is not: the rule that lets it in, by name, and the resource that holds it.
 *
 * @param to - id of the subnet that should be closed
 */
export function closingChange(
  network: Network,
  { answer }: Evidence,
  to: string,
): Pick<Observation, "remedy" | "blamed"> {
  const at = (id: string | undefined) => (id === undefined ? {} : { blamed: subjectOf(id) });
  const nat = answer.steps.find(({ kind, rule }) => kind === "NatRule" && rule);
  if (nat?.rule) {
    return { remedy: `remove NAT rule "${nat.rule.name}" of firewall "${nat.at}"`, ...at(nat.resourceId) };
  }
  const last = answer.steps.filter(({ kind, direction }) => kind === "SecurityRules" && direction === "Inbound").at(-1);
  if (last?.rule) {
    const group = `network security group "${last.at}"`;
    const remedy = last.rule.default
      ? `add a rule to ${group} that denies it, before default rule "${last.rule.name}"`
      : `remove rule "${last.rule.name}" from ${group}, or narrow it`;
    return { remedy, ...at(last.resourceId) };
  }
  const place = placeOf(network, to);
  if (place === undefined) return {};
  const remedy = `attach a network security group to subnet "${place.subnet.name}" that denies it`;
  return { remedy, blamed: subjectOf(place.id) };
}
