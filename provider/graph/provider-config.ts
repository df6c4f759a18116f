import { z } from "zod";
import { type PropertyMap, plainMap } from "../protocol/property-values.ts";
import type { CheckFailure } from "../protocol/resource-type.ts";
import { globalEndpoint, parseGraphEndpoint } from "./graph-endpoint.ts";

/** How the provider gets its tokens. */
export const authentications = [
  "azureCli",
  "deviceCode",
  "workloadIdentity",
  "managedIdentity",
  "environment",
] as const;

/** One of `authentications`. */
export type Authentication = (typeof authentications)[number];

/** The provider's configuration, complete. */
export interface ProviderConfig {
  readonly endpoint: string;
  readonly authentication: Authentication;
  /** A token from elsewhere instead of a sign-in. */
  readonly token?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
}

const shape = {
  endpoint: z.string().refine(isEndpoint, { error: (issue) => endpointProblem(String(issue.input)) }),
  authentication: z.enum(authentications),
  token: z.string().min(1),
  tenantId: z.string().min(1),
  clientId: z.string().min(1),
};

/** Keys that the engine adds to every provider's configuration. */
const ofEngine = new Set(["version", "pluginDownloadURL", "__internal"]);

/** What is wrong with a configuration. Values are named, but never that of the token. */
export function providerConfigFailures(config: PropertyMap): readonly CheckFailure[] {
  return Object.entries(config).flatMap(([property, value]) => {
    if (ofEngine.has(property)) return [];
    const schema = Object.entries(shape).find(([name]) => name === property)?.[1];
    if (schema === undefined) {
      return [{ property, reason: `is no setting of provider windows365; there are ${Object.keys(shape).join(", ")}` }];
    }
    const parsed = schema.safeParse(value);
    return parsed.success ? [] : [{ property, reason: parsed.error.issues.map(({ message }) => message).join("; ") }];
  });
}

/** Reads a configuration. Settings that it lacks come from `WINDOWS365_GRAPH_…` of the environment. Throws if it is not valid. */
export function readProviderConfig(config: PropertyMap, env: NodeJS.ProcessEnv): ProviderConfig {
  const fromEnvironment = Object.fromEntries(
    Object.keys(shape).flatMap((name) => {
      const value = env[`WINDOWS365_GRAPH_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`];
      return value ? [[name, value]] : [];
    }),
  );
  const values = { ...fromEnvironment, ...plainMap(config) };
  const failures = providerConfigFailures(values);
  if (failures.length > 0) {
    throw new Error(
      `provider windows365: ${failures.map(({ property, reason }) => `${property}: ${reason}`).join("; ")}`,
    );
  }
  const { endpoint = globalEndpoint, authentication = "azureCli", ...rest } = z.object(shape).partial().parse(values);
  return {
    endpoint,
    authentication,
    ...(rest.token !== undefined && { token: rest.token }),
    ...(rest.tenantId !== undefined && { tenantId: rest.tenantId }),
    ...(rest.clientId !== undefined && { clientId: rest.clientId }),
  };
}

function isEndpoint(address: string): boolean {
  return endpointProblem(address) === undefined;
}

function endpointProblem(address: string): string | undefined {
  try {
    parseGraphEndpoint(address);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
