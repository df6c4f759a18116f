import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../tools/sandbox/workspace.ts";

/** The environment of one of the example stacks, as it is written in its file. */
export function environmentOf(stack: string): Record<string, unknown> {
  const file = parse(readFileSync(join(projectRoot, `config/stacks/Pulumi.${stack}.yaml`), "utf8"));
  return file.config["windows365-network:environment"];
}
