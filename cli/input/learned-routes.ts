import type { LearnedRoute, VirtualNetworkGateway } from "../../model/estate/gateway.ts";
import type { Estate } from "../../model/estate.ts";
import { parseAddress, parsePrefix } from "../../model/prefix.ts";
import { sameResource } from "../../model/resource-id.ts";
import { type ArmObject, type ArmValue, member } from "../../readers/arm/arm-value.ts";
import type { Problem } from "../../readers/problem.ts";
import { optionProblem } from "./input-problems.ts";
import { readJsonFile } from "./json-fields.ts";

/**
 * Reads routes that a gateway learnt, as `az network vnet-gateway list-learned-routes` prints them; routes of IPv6 are left out.
 * https://learn.microsoft.com/cli/azure/network/vnet-gateway, read 2026-11-21.
 */
export function readLearnedRoutes(file: string, problems: Problem[]): readonly LearnedRoute[] {
  const value = readJsonFile(file, problems);
  if (value === undefined) return [];
  const list = value.kind === "object" ? member(value, "value") : value;
  if (list?.kind !== "array") {
    const message =
      'these are no learnt routes: expected { "value": [ { "network", "origin", "nextHop" } ] } as `az network vnet-gateway list-learned-routes` prints it';
    problems.push({ file, line: value.place.line, message });
    return [];
  }
  return list.items.flatMap((item) => learnedRoute(item, problems));
}

/** The estate in which the gateway has learnt these routes: the one named, else the only one. */
export function withLearnedRoutes(
  estate: Estate,
  routes: readonly LearnedRoute[],
  named: string | undefined,
  problems: Problem[],
): Estate {
  const gateways = estate.virtualNetworkGateways;
  const matching = gateways.filter((gateway) => named === undefined || isNamed(gateway, named));
  const [gateway, second] = matching;
  if (gateway === undefined || second !== undefined) {
    const names = gateways.map(({ name }) => name).join(", ") || "none";
    const message =
      named === undefined
        ? `which gateway learnt the routes is not clear; name it with --gateway; the input has ${names}`
        : `${gateway === undefined ? "no gateway" : "more than one gateway"} of the input is "${named}"; it has ${names}`;
    problems.push(optionProblem(named === undefined ? "--learned-routes" : "--gateway", message));
    return estate;
  }
  return {
    ...estate,
    virtualNetworkGateways: gateways.map((each) => (each === gateway ? { ...each, learnedRoutes: routes } : each)),
  };
}

function isNamed({ id, name }: VirtualNetworkGateway, named: string): boolean {
  return name.toLowerCase() === named.toLowerCase() || sameResource(id, named);
}

function learnedRoute(item: ArmValue, problems: Problem[]): readonly LearnedRoute[] {
  const text = textOf(item, "network");
  if (text?.includes(":")) return [];
  const network = parsePrefix(text ?? "");
  if (!network.ok) {
    const message = text === undefined ? 'a learnt route has no "network"' : network.message;
    problems.push({ file: item.place.file, line: item.place.line, message });
    return [];
  }
  const origin = textOf(item, "origin");
  const asPath = textOf(item, "asPath");
  const nextHop = parseAddress(textOf(item, "nextHop") ?? "");
  return [
    {
      network: network.value,
      ...(origin !== undefined && { origin }),
      ...(asPath !== undefined && { asPath }),
      ...(nextHop.ok && { nextHop: nextHop.value }),
    },
  ];
}

function textOf(value: ArmValue | ArmObject, name: string): string | undefined {
  const found = value.kind === "object" ? member(value, name) : undefined;
  return found?.kind === "string" ? found.value : undefined;
}
