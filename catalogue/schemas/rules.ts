import { z } from "zod";
import { asOf, choice, citation, confirmation, identifier, provenance, rowsOf } from "./provenance.ts";

/** A documented rule of Azure or Windows 365, in our words, with its figures. */
const ruleStatement = z.strictObject({
  id: identifier,
  statement: z.string().min(1),
  level: z.enum(["must", "should", "fact"]),
  /** The figures or names, as a program reads them. */
  value: z.json().exactOptional(),
  /** Follows from documented rules, without being printed itself. */
  basis: z.literal("derived").exactOptional(),
  ...provenance,
  confirmedBy: z.array(confirmation).exactOptional(),
});

/** Rules of one topic, and what no page says. */
export const rulesSchema = z.strictObject({
  statements: rowsOf(ruleStatement),
  notDocumented: z.array(z.string()).exactOptional(),
});

/** What is documented of Cloud PCs for agents. */
export const agentsSchema = z.strictObject({
  statements: rowsOf(
    z.strictObject({
      id: identifier,
      topic: z.string(),
      statement: z.string(),
      choice: choice.exactOptional(),
      ...citation,
    }),
  ),
  notDocumented: z.array(z.string()),
});

/** Limits and naming rules of Azure resources. */
export const azureLimitsSchema = z.strictObject({
  limits: rowsOf(
    z.strictObject({
      id: identifier,
      resource: z.string(),
      rule: z.string(),
      value: z.json().exactOptional(),
      note: z.string().exactOptional(),
      ...provenance,
      previous: z.strictObject({ value: z.json(), ...citation }).exactOptional(),
    }),
  ),
});

/** Built-in Azure Policies and what they do to a connection. */
export const azurePoliciesSchema = z.strictObject({
  policies: rowsOf(
    z.strictObject({
      id: z.guid(),
      name: z.string(),
      impact: z.enum(["blocks", "conflictsWithDirectRdp", "harmless", "helpful", "informational", "resourceGroupOnly"]),
      advice: z.string().exactOptional(),
      ...provenance,
    }),
  ),
});

/** Where sources disagree, what is used and why. */
export const contradictionsSchema = z.strictObject({
  contradictions: rowsOf(
    z.strictObject({
      id: identifier,
      topic: z.string(),
      claims: z.array(z.strictObject({ claim: z.string(), ...citation })).min(2),
      decision: z.string(),
      reason: z.string(),
      comparedOn: asOf,
    }),
  ),
});
