/** What the options common to `explain`, `routes` and `rules` say about the input. */
export interface InputOptions {
  readonly stack?: string;
  readonly arm?: readonly string[];
  readonly state?: string;
  readonly serviceTags?: string;
  readonly learnedRoutes?: string;
  readonly gateway?: string;
  readonly attest?: string;
  readonly subnet?: string;
  readonly verbose?: boolean;
}
