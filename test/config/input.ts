import { z } from "zod";
import type { EnvironmentInput } from "../../config/environment.ts";
import { type ParsedEnvironment, parseEnvironment } from "../../config/parse-environment.ts";
import type { Problem } from "../../config/problem.ts";

/** A pool of 20 Cloud PCs, which needs a /26. */
export const pool = { name: "staff", cloudPcCount: 20 };

/** A region with a NAT gateway and no hub. */
export const region = {
  name: "weu",
  location: "westeurope",
  network: { mode: "create" as const, addressSpace: ["10.60.0.0/22"] },
  egress: { via: "natGateway" as const },
  pools: [pool],
};

/** A hub with a firewall. */
export const hub = {
  name: "weu",
  location: "westeurope",
  network: { mode: "create" as const, addressSpace: ["10.50.0.0/24"] },
  firewall: {},
};

/** A site behind the VPN gateway of a hub. */
export const site = {
  name: "berlin",
  gatewayIpAddress: "203.0.113.10",
  addressPrefixes: ["192.168.10.0/24"],
  sharedKeySecret: "sharedKeyBerlin",
};

/** The profile of an Active Directory behind that site. */
export const hybridProfile = {
  kind: "hybrid" as const,
  domain: { name: "corp.example.com" },
  domainControllers: ["192.168.10.4", "192.168.10.5"],
};

/** The smallest valid environment, with changes at the top. */
export function environment(changes: object = {}): object {
  const smallest: EnvironmentInput = { profile: { kind: "entra" }, intuneLocation: "eu", regions: [region] };
  return { ...smallest, ...changes };
}

/** The smallest environment with a hub, whose region has its egress through the firewall. */
export function hubEnvironment(changes: object = {}): object {
  return environment({ hubs: [hub], regions: [{ ...region, egress: { via: "firewall" } }], ...changes });
}

/** The smallest environment with a hybrid join. */
export function hybridEnvironment(changes: object = {}): object {
  return hubEnvironment({ profile: hybridProfile, hubs: [{ ...hub, vpn: { sites: [site] } }], ...changes });
}

/** Keys of a stack in which the secret of `site` is set as it should be. */
export const configKeys = [{ name: "windows365-network:sharedKeyBerlin", secret: true }];

/** Parses in a stack that has its secrets; what is undefined is not there, as in a file. */
export function parse(value: unknown): ParsedEnvironment {
  return parseEnvironment(JSON.parse(JSON.stringify(value)), { stackName: "test", configKeys, secretsRequired: true });
}

/** What a valid environment becomes; throws with the problems of an invalid one. */
export function parsed(value: unknown): Extract<ParsedEnvironment, { ok: true }> {
  const result = parse(value);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join("\n"));
  return result;
}

/** Every problem as `message @ path`, in order; empty for a valid environment. */
export function problemsOf(value: unknown): readonly string[] {
  const result = parse(value);
  return result.ok ? [] : result.problems.map(oneLine);
}

/** Every warning of a valid environment as `message @ path`, in order. */
export function warningsOf(value: unknown): readonly string[] {
  return parsed(value).warnings.map(oneLine);
}

function oneLine({ message, path }: Problem): string {
  return path.length === 0 ? message : `${message} @ ${z.core.toDotPath(path)}`;
}
