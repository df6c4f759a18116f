import { z } from "zod";
import { type Immutable, ipAddress } from "./values.ts";

/** How Cloud PCs join a directory; `kind` decides the join type of every pool that does not say otherwise. */
export const profile = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("entra") }).describe("Cloud PCs join Microsoft Entra ID only."),
  z
    .strictObject({
      kind: z.literal("hybrid"),
      domain: z
        .strictObject({
          name: z
            .string()
            .regex(
              /^(?=.{1,255}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$/,
              {
                error: (issue) =>
                  `domain name ${JSON.stringify(issue.input)} is not a DNS name such as "corp.contoso.com"`,
              },
            )
            .describe("DNS name of the Active Directory domain."),
          organizationalUnit: z
            .string()
            .min(1)
            .exactOptional()
            .describe(
              "Distinguished name of the organizational unit of the computer accounts. Default: the domain's default container.",
            ),
        })
        .describe("The Active Directory domain."),
      domainControllers: z
        .array(ipAddress)
        .min(1)
        .describe("Addresses of the domain controllers that Cloud PCs must reach."),
    })
    .describe("Cloud PCs join Active Directory and are registered in Microsoft Entra ID."),
]);

/** How Cloud PCs join a directory. */
export type Profile = Immutable<z.output<typeof profile>>;

/** Join types as Microsoft Graph spells them. */
export const joinType = z.enum(["azureADJoin", "hybridAzureADJoin"]);

/** A join type as Microsoft Graph spells it. */
export type JoinType = z.output<typeof joinType>;

/** The join type that a profile gives to its pools. */
export function joinTypeOf({ kind }: Profile): JoinType {
  return kind === "hybrid" ? "hybridAzureADJoin" : "azureADJoin";
}
