import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { ProgramJudge } from "./program-judge.ts";
import { finishedResource, registeredResource } from "./program-resource.ts";

/**
 * The policy that the others rest on: it takes in every resource of the program, and says so where they amount to nothing that
 * can be judged. Without it no other policy of the pack would know what is there.
 */
export function programUnderstoodPolicy(judge: ProgramJudge): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: "program-understood",
    description: "The program says which of its subnets are for Cloud PCs, so that the other policies can judge them.",
    enforcementLevel: "mandatory",
    severity: "critical",
    validateResource: (args) => judge.see(registeredResource(args)),
    validateStack: ({ resources }, report) => {
      const reason = judge.whyNotJudged(() =>
        resources.map((resource) => finishedResource(resource, judge.registered(resource.urn))),
      );
      if (reason !== undefined) report(reason);
    },
  };
}
