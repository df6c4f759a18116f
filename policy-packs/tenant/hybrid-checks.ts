import type { Check, Design } from "../rule.ts";

/** Whether Cloud PCs of the design join Active Directory: certainly, possibly because the input does not tell, or not. */
export function hybridJoin({ cloudPcSubnets }: Design): "certain" | "possible" | "none" {
  const subnets = cloudPcSubnets.filter(({ kinds }) => kinds.some(({ joinType }) => joinType === "hybridAzureADJoin"));
  if (subnets.length === 0) return "none";
  const certain = subnets.some(
    ({ kinds, kindsAreCertain }) => kindsAreCertain || kinds.every(({ joinType }) => joinType === "hybridAzureADJoin"),
  );
  return certain ? "certain" : "possible";
}

/**
 * Checks that concern only Cloud PCs that join Active Directory. Where the input does not tell whether any does, what fails is
 * undecided.
 */
export function hybridChecks(design: Design, judge: () => readonly Check[]): readonly Check[] {
  switch (hybridJoin(design)) {
    case "none":
      return [];
    case "certain":
      return judge();
    case "possible":
      return judge().map((check) => ({
        ...check,
        observations: check.observations.map((observation) => ({
          ...observation,
          outcome: "undecided",
          message: `${observation.message}; it matters only if Cloud PCs join Active Directory, which the input does not tell`,
        })),
      }));
  }
}
