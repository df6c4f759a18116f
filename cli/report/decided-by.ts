import type { Step } from "../../model/path/step.ts";
import { printable } from "./printable.ts";

/** What decided at a step, in a few words: the rule, the route, the way out; else the reason. */
export function decidedBy(step: Step): string {
  return printable(decision(step));
}

function decision(step: Step): string {
  if (step.route !== undefined) return route(step);
  if (step.rule === null) return "no rule matches: denied by default";
  if (step.rule !== undefined) return rule(step, step.rule);
  if (step.verdict === "Allow" && step.egress !== undefined && step.egress.publicIpAddresses.length > 0) {
    return `${step.because}, as ${step.egress.publicIpAddresses.join(", ")}`;
  }
  return step.because;
}

function route({ route: chosen, nextHop }: Step): string {
  if (chosen === undefined) return "";
  const kind = { User: "user route", Default: "system route", VirtualNetworkGateway: "gateway route" }[chosen.source];
  const name = chosen.name === null ? "" : ` "${chosen.name}"`;
  const hop = nextHop === undefined ? "" : ` -> ${[nextHop.type, nextHop.ipAddress ?? ""].join(" ").trimEnd()}`;
  return `${kind}${name} ${chosen.addressPrefix}${hop}`;
}

function rule(
  step: Step,
  { type, name, priority, default: byDefault, collection, group, policy }: NonNullable<Step["rule"]>,
): string {
  const kind =
    type === undefined
      ? `${step.scope === "NetworkManager" ? "admin " : byDefault === true ? "default " : ""}rule`
      : {
          NetworkRule: "network rule",
          ApplicationRule: "application rule",
          NatRule: "NAT rule",
          Infrastructure: "built-in rule",
        }[type];
  const rank = typeof priority === "number" ? ` (${priority})` : "";
  const home = [
    collection === undefined ? "" : `collection "${collection}"`,
    group === undefined ? "" : `group "${group}"`,
    policy === undefined ? "" : `policy "${policy}"`,
  ].filter((part) => part !== "");
  const { translated } = step;
  const target =
    translated === undefined
      ? ""
      : ` -> ${[translated.address ?? "?", translated.port ?? ""].join(":").replace(/:$/, "")}`;
  return `${kind} "${name}"${rank}${target}${home.length === 0 ? "" : `, ${home.join(", ")}`}`;
}
