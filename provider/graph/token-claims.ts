import { isMap } from "../protocol/property-values.ts";

/** What an access token for Graph says about who carries it. */
export interface TokenClaims {
  readonly kind: "delegated" | "application";
  /** Granted permissions: the claim `scp` of a delegated token, `roles` of an application's. */
  readonly permissions: readonly string[];
}

/**
 * Reads the claims of a token; undefined where it is no JWT, or says neither who carries it nor what for. Microsoft calls tokens for
 * Graph opaque, so what cannot be read decides nothing: Graph itself then does.
 *
 * Source: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference (read 2026-11-21): `scp` stands in
 * delegated tokens only, `roles` without it in those of applications, and `idtyp` is "app" there where the optional claim is issued.
 */
export function readTokenClaims(token: string): TokenClaims | undefined {
  const claims = jsonOf(token.split(".")[1] ?? "");
  if (!isMap(claims)) return undefined;
  const { scp, roles, idtyp } = claims;
  if (idtyp !== "app" && typeof scp === "string" && scp !== "") {
    return { kind: "delegated", permissions: scp.split(" ") };
  }
  if (idtyp !== "app" && !Array.isArray(roles)) return undefined;
  const granted = Array.isArray(roles) ? roles : [];
  return { kind: "application", permissions: granted.filter((role): role is string => typeof role === "string") };
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
