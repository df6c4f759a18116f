import { tenant } from "../azuread/tenant.ts";
import { isJson } from "./json.ts";

/**
 * What the sandbox reads of an access token. `scp` stands in delegated tokens only, `roles` in those of applications.
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference (read 2026-11-21)
 */
export interface TokenClaims {
  readonly scp?: string;
  readonly roles?: readonly string[];
  readonly idtyp?: string;
}

/** A token of a person who has been granted these permissions. Unsigned: it opens nothing but a sandbox. */
export function delegatedToken(permissions: readonly string[] = allPermissions): string {
  return tokenOf({ scp: permissions.join(" "), oid: tenant.signedIn.objectId, upn: "admin@sandbox.example" });
}

/** A token of an application that has been granted these permissions. */
export function applicationToken(permissions: readonly string[] = allPermissions): string {
  return tokenOf({ roles: permissions, idtyp: "app", oid: tenant.signedIn.objectId, appid: tenant.signedIn.clientId });
}

/** Every permission that the imitated requests ask for. */
export const allPermissions: readonly string[] = [
  "CloudPC.ReadWrite.All",
  "Application-RemoteDesktopConfig.ReadWrite.All",
  "Application.Read.All",
  "Policy.ReadWrite.AuthenticationMethod",
];

/** The claims of an `Authorization` header; undefined where it holds no token that can be read. */
export function readClaims(authorization: string | undefined): TokenClaims | undefined {
  const payload = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(authorization ?? "")?.[1];
  if (payload === undefined) return undefined;
  const claims = parsed(Buffer.from(payload, "base64url").toString("utf8"));
  if (!isJson(claims)) return undefined;
  return {
    ...(typeof claims.scp === "string" && { scp: claims.scp }),
    ...(typeof claims.idtyp === "string" && { idtyp: claims.idtyp }),
    ...(Array.isArray(claims.roles) && { roles: claims.roles.filter((role) => typeof role === "string") }),
  };
}

/** Whether the token is an application's, which the requests that change a connection refuse. */
export function isApplication(claims: TokenClaims): boolean {
  return claims.idtyp === "app" || claims.scp === undefined;
}

/** Whether the token carries one of the permissions. */
export function carries(claims: TokenClaims, permissions: readonly string[]): boolean {
  const granted = isApplication(claims) ? (claims.roles ?? []) : (claims.scp ?? "").split(" ");
  return permissions.some((permission) => granted.includes(permission));
}

function tokenOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const issued = Math.floor(Date.now() / 1000);
  const common = { aud: "https://graph.microsoft.com", tid: tenant.tenantId, iat: issued, exp: issued + 3600 };
  return `${part({ alg: "none", typ: "JWT" })}.${part({ ...common, ...claims })}.sandbox`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
