import type { ArmResource } from "../arm/contract.ts";

/**
 * Properties that ARM takes and never gives back, so that the sandbox does not even keep them.
 * Source: properties with `x-ms-secret` and the shared key of a connection, which has a request of its own:
 * https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateway-connections/get-shared-key (read 2026-11-21).
 */
const secretNames = new Set(["sharedKey", "authorizationKey", "radiusServerSecret", "serverRootCertificateSecret"]);

/** The resource without its secrets, at every depth. */
export function withoutSecretProperties(resource: ArmResource): ArmResource {
  return { ...resource, properties: Object.fromEntries(withoutSecrets(resource.properties)) };
}

function withoutSecrets(values: object): [string, unknown][] {
  return Object.entries(values)
    .filter(([name]) => !secretNames.has(name))
    .map(([name, value]) => [name, cleaned(value)]);
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return typeof value === "object" && value !== null ? Object.fromEntries(withoutSecrets(value)) : value;
}
