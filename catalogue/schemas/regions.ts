import { z } from "zod";
import { citation, provenance, rowsOf, statement } from "./provenance.ts";

/** Azure regions and what Windows 365 Enterprise does there. */
export const regionsSchema = z.strictObject({
  regions: rowsOf(
    z.strictObject({
      /** ARM name. */
      id: z.string().regex(/^[a-z0-9]+$/),
      displayName: z.string(),
      geography: z.string(),
      regionGroup: z.string(),
      cloud: z.enum(["public", "usGov"]),
      support: z.enum(["provisioning", "restricted", "disasterRecoveryOnly"]),
      gpu: z.enum(["yes", "no", "restricted", "notStated"]),
      geographicLocationType: z.string(),
      editions: z.array(z.enum(["GCC", "GCCH"])).exactOptional(),
      fedRamp: z.literal(true).exactOptional(),
      ...provenance,
    }),
  ),
  statements: rowsOf(statement),
  graph: z.strictObject({
    ...citation,
    regionStatus: z.array(z.string()),
    regionGroup: z.array(z.string()),
    geographicLocationType: z.array(z.string()),
    supportedSolution: z.array(z.string()),
    regionRestrictionDetail: z.array(z.string()),
  }),
});
