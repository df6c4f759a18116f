import { join } from "node:path";
import { readYamlFile } from "../../config/yaml-file.ts";
import { projectRoot } from "./workspace.ts";

const key = "windows365-network:environment";

/**
 * The configuration of an example, with a connection for each of its pools. The examples leave connections out, because only a person
 * may make them; the sandbox's sign-in is one.
 */
export function withConnections(stack: string): Readonly<Record<string, unknown>> {
  const file = `config/stacks/Pulumi.${stack}.yaml`;
  const read = readYamlFile(join(projectRoot, file));
  const environment = read.ok ? at(at(read.value, "config"), key) : undefined;
  if (!isObject(environment)) throw new Error(`${file} has no environment`);
  const domain = at(at(at(environment, "profile"), "domain"), "name");
  const connections =
    domain === undefined
      ? {}
      : { domainJoinAccount: { username: `join@${String(domain)}`, passwordSecret: "domainJoin" } };
  return { [key]: { ...environment, windows365: { connections } } };
}

function at(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
