import type { Answer } from "../../model/explain.ts";
import type { Fix } from "../../model/fix/smallest-fix.ts";

/** An answer with the change that would turn it. */
export interface Explanation {
  readonly answer: Answer;
  /** The smallest change that turns a Deny into an Allow, where one is enough. */
  readonly fix?: Fix;
}
