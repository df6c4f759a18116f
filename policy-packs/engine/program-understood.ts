import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { connectionType } from "./connection-type.ts";
import { type ProgramConfig, programConfigSchema, unknownKeys } from "./policy-config.ts";
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
    configSchema: programConfigSchema,
    validateResource: (args, report) => {
      const { captured = [] } = args.getConfig<ProgramConfig>();
      judge.see(registeredResource(args), captured);
      if (args.type !== connectionType) return;
      const program = judge.connection(args.urn);
      if (program?.kind === "cannot be judged") report(program.because);
    },
    validateStack: ({ resources, getConfig }, report) => {
      for (const message of unknownKeys("program-understood", getConfig<ProgramConfig>(), programConfigSchema))
        report(message);
      const program = judge.whole(() =>
        resources.map((resource) => finishedResource(resource, judge.registered(resource.urn))),
      );
      if (program.kind === "cannot be judged") report(program.because);
    },
  };
}
