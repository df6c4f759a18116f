import { loadData } from "./load-data.ts";
import { type Application, application } from "./roles.ts";

/** An application that Conditional Access policies for Cloud PCs target. */
export interface ConditionalAccessTarget {
  readonly application: Application;
  /** `singleSignOn`: it takes part only where users sign in to Cloud PCs with Entra ID. */
  readonly when: "always" | "singleSignOn";
}

/**
 * The applications that take part in signing in to a Cloud PC: all of them get the same controls, otherwise a step of the connection
 * fails.
 *
 * Source: https://learn.microsoft.com/windows-365/enterprise/set-conditional-access-policies (2024-07-26, read 2026-11-20).
 */
export function conditionalAccessTargets(): readonly ConditionalAccessTarget[] {
  return loadData("identity").conditionalAccessTargets.map((target) => ({
    application: application(target.application),
    when: target.when,
  }));
}
