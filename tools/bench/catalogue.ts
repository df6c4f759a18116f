import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type BenchResult, benchResult } from "./result.ts";

const root = resolve(import.meta.dirname, "../..");
const runs = 11;

const reference = 'await import("@pulumi/pulumi");';

const loading = `
  const { allEndpoints } = await import("${module("endpoints.ts")}");
  const { regions } = await import("${module("regions.ts")}");
  const { rolesFor } = await import("${module("roles.ts")}");
  allEndpoints(); regions(); rolesFor("windows365");
`;

const compiling = `
  const { compileFirewallRules } = await import("${module("compile-firewall-rules.ts")}");
  const { compileNsgRules } = await import("${module("compile-nsg-rules.ts")}");
  const { compileRoutes } = await import("${module("compile-routes.ts")}");
  const selection = { cloud: "public", joinType: "azureADJoin", intuneLocation: "eu", features: ["microsoft365"] };
  const sources = [{ base: 167772160, length: 24 }];
  compileFirewallRules({ selection, sku: "Standard", sources });
  compileNsgRules({ selection, sources });
  compileRoutes({ selection, explicitEgress: true });
`;

/**
 * What the catalogue costs a program beside importing @pulumi/pulumi, each in a fresh process, in turns.
 *
 * Processor time, because a busy machine stretches the clock. Node's reader of TypeScript is started beforehand: whoever loads
 * the catalogue from source runs TypeScript already, and a release has none.
 */
export async function measure(): Promise<BenchResult[]> {
  return [
    compare("catalogue-load", "reading every endpoint, region and role / importing @pulumi/pulumi", 0.1, loading),
    compare(
      "catalogue-compile",
      "reading the catalogue and compiling firewall rules, security rules and routes / importing @pulumi/pulumi",
      0.25,
      compiling,
    ),
  ];
}

function compare(name: string, what: string, goal: number, program: string): BenchResult {
  for (const warmUp of [reference, program]) milliseconds(warmUp);
  const pairs = Array.from({ length: runs }, () => [milliseconds(program), milliseconds(reference)] as const);
  return benchResult({ name, what, goal }, pairs);
}

/** Processor time of a program's body in a process of its own, without the start of Node. */
function milliseconds(body: string): number {
  const program = `
    await import("${module("age.ts")}");
    const start = process.cpuUsage();
    ${body}
    const { user, system } = process.cpuUsage(start);
    process.stdout.write(String((user + system) / 1000));
  `;
  return Number(
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: root, encoding: "utf8" }),
  );
}

function module(file: string): string {
  return pathToFileURL(resolve(root, "catalogue", file)).href;
}
