import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The properties of a resource class of `@pulumi/azure-native`: what its program may set, and what it gets back. */
export interface SdkClass {
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
}

/**
 * Reads the source of the class with this token, such as "azure-native:network:Subnet".
 * The package has no schema, but each generated class gives its inputs a value and, where it was made by `get`, its outputs none.
 */
export function readSdkClass(token: string): SdkClass {
  const [, module = "", className = ""] = token.split(":");
  const file = join(packageFolder, module, `${className.charAt(0).toLowerCase()}${className.slice(1)}.js`);
  const source = readFileSync(file, "utf8");
  const [created = "", gotten = ""] = source.split(/\n {8}else \{/);
  const inputs = matches(created, /resourceInputs\["(\w+)"\] = (?!undefined)/g);
  const outputs = matches(gotten, /resourceInputs\["(\w+)"\] = undefined/g);
  if (outputs.size === 0) throw new Error(`"${file}" does not look like a class of azure-native`);
  return { inputs, outputs };
}

const packageFolder = dirname(createRequire(import.meta.url).resolve("@pulumi/azure-native/package.json"));

function matches(source: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...source.matchAll(pattern)].map((match) => match[1] ?? ""));
}
