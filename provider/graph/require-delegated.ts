import type { TokenClaims } from "./token-claims.ts";

/** The permission that changing a connection takes. */
const permission = "CloudPC.ReadWrite.All";

const howToSignIn =
  'let an administrator deploy it with a sign-in of their own: windows365:authentication "azureCli", or "deviceCode" with windows365:clientId of an application that was granted the permission';

/**
 * Why a token may not change an Azure network connection, or nothing. Microsoft documents creating and changing one, and running its
 * health checks, for delegated permissions only; a token that cannot be read is let through to Graph.
 *
 * Source: https://learn.microsoft.com/graph/api/virtualendpoint-post-onpremisesconnections and cloudpconpremisesconnection-update, v1.0
 * and beta: "Application: Not supported" (read 2026-11-20). Deleting is listed for applications too, but a connection that one
 * identity manages must be manageable by it throughout.
 */
export function refusalForConnections(claims: TokenClaims | undefined): string | undefined {
  if (claims?.kind === "application") {
    return `an Azure network connection can be created, changed and removed by a person only, and the provider is signed in as an application: Microsoft documents no application permission for it; ${howToSignIn}`;
  }
  if (claims !== undefined && !claims.permissions.includes(permission)) {
    return `the sign-in lacks the delegated permission "${permission}", which an Azure network connection takes; it has ${claims.permissions.map((one) => `"${one}"`).join(", ") || "none"}; ${howToSignIn}`;
  }
  return undefined;
}
