import { member } from "../../readers/arm/arm-value.ts";
import { parseJson } from "../../readers/arm/parse-json.ts";
import type { InputOptions } from "./input-options.ts";
import { readTextFile } from "./read-text-file.ts";

/**
 * An input in one word: `stack:NAME`, else files with commas between them. One file that holds the state of a Pulumi stack is read as
 * such, everything else as ARM. A file that cannot be read is told when the input is.
 */
export function inputOfSpec(spec: string): Pick<InputOptions, "stack" | "arm" | "state"> {
  if (spec.startsWith("stack:")) return { stack: spec.slice("stack:".length) };
  const files = spec.split(",").filter((file) => file !== "");
  const [only = spec, second] = files;
  return second === undefined && isState(only) ? { state: only } : { arm: files };
}

/** What `pulumi stack export` prints has its resources under `deployment`, a checkpoint under `checkpoint`. */
function isState(name: string): boolean {
  const file = readTextFile(name, []);
  const parsed = file === undefined ? undefined : parseJson(file.text, file.name);
  if (parsed === undefined || !("value" in parsed) || parsed.value.kind !== "object") return false;
  const { value } = parsed;
  return ["deployment", "checkpoint"].some((name) => member(value, name)?.kind === "object");
}
