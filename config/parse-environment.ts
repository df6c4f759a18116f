import { checkAddresses } from "./checks/addresses.ts";
import { checkDirectory } from "./checks/directory.ts";
import { checkEgress } from "./checks/egress.ts";
import { checkFeatures } from "./checks/features.ts";
import { checkFirewallLosses } from "./checks/firewall-losses.ts";
import { checkHubReferences, checkHubs } from "./checks/hubs.ts";
import { checkIdentities } from "./checks/identities.ts";
import { checkLocations } from "./checks/locations.ts";
import { checkNames } from "./checks/names.ts";
import { type ConfigKey, checkAccountSecret, checkSecrets } from "./checks/secrets.ts";
import { checkSubnets } from "./checks/subnets.ts";
import { checkTags } from "./checks/tags.ts";
import { checkVpn } from "./checks/vpn.ts";
import { checkWindows365 } from "./checks/windows365.ts";
import { environmentDigest } from "./digest.ts";
import { type Environment, type EnvironmentSettings, environmentSchema } from "./environment.ts";
import type { Finding } from "./finding.ts";
import { environmentKey, type Problem, type ProblemPath } from "./problem.ts";
import { type Repaired, repair } from "./repair.ts";
import { resolveEnvironment } from "./resolve.ts";
import { describeIssue, knownKeys } from "./schema-issues.ts";

/** What else than its text decides whether an environment is valid. */
export interface EnvironmentContext {
  /** Name of the stack, the token {stack} in names. */
  readonly stackName: string;
  /** Configuration keys of the stack, among them the secrets that the environment names. */
  readonly configKeys: readonly ConfigKey[];
  /** Whether the secrets must be set; false where nothing is deployed that needs them. */
  readonly secretsRequired: boolean;
  /** Whether the password of the account that joins computers must be set. @default - as the other secrets */
  readonly accountSecretRequired?: boolean;
}

/** A checked environment, or everything that is wrong with it. */
export type ParsedEnvironment =
  | {
      readonly ok: true;
      readonly environment: Environment;
      /** Equal for two spellings of one environment, whatever the stack. */
      readonly digest: string;
      /** What is legal but likely wrong. */
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Parses an environment and checks it; on failure every problem is listed, in the order of the schema. */
export function parseEnvironment(value: unknown, context: EnvironmentContext): ParsedEnvironment {
  const parsed = environmentSchema.safeParse(value, { reportInput: true });
  if (parsed.success) {
    const environment = resolveEnvironment(parsed.data, context.stackName);
    const findings = checksOf(parsed.data, environment, context).flatMap(({ run }) => [...run()]);
    const problems = findings.filter(({ severity }) => severity === "problem").map(toProblem);
    if (problems.length > 0) return { ok: false, problems: inOrder(problems, value) };
    return {
      ok: true,
      environment,
      digest: environmentDigest(parsed.data),
      warnings: inOrder(findings.map(toProblem), value),
    };
  }
  const refused = parsed.error.issues.flatMap((issue) => describeIssue(environmentSchema, value, issue)).map(toProblem);
  const repaired = repair<EnvironmentSettings>(environmentSchema, value, standIns);
  const further = repaired === undefined ? [] : furtherProblems(repaired, context);
  return { ok: false, problems: inOrder([...refused, ...further], value) };
}

/** What takes the place of a required value that is missing or wrong, to go on checking; nothing is said about it. */
const standIns = {
  profile: { kind: "entra" },
  intuneLocation: "eu",
  location: "westeurope",
  egress: { via: "natGateway" },
};

interface Check {
  /** Parts of the environment whose absence the check would report; it is not run when one had to be dropped. */
  readonly needs: readonly string[];
  readonly run: () => Iterable<Finding>;
}

function checksOf(
  settings: EnvironmentSettings,
  environment: Environment,
  { configKeys, secretsRequired, accountSecretRequired = secretsRequired }: EnvironmentContext,
): readonly Check[] {
  return [
    { needs: [], run: () => checkIdentities(environment) },
    { needs: [], run: () => checkFeatures(environment) },
    { needs: [], run: () => checkLocations(environment) },
    { needs: [], run: () => checkAddresses(environment) },
    { needs: [], run: () => checkSubnets(environment) },
    { needs: ["regions"], run: () => checkHubs(environment, settings) },
    { needs: ["hubs"], run: () => checkHubReferences(settings) },
    { needs: ["hubs"], run: () => checkEgress(environment, settings) },
    { needs: [], run: () => checkVpn(environment) },
    { needs: [], run: () => checkFirewallLosses(environment) },
    { needs: ["hubs", "profile", "onPremises"], run: () => checkDirectory(environment) },
    { needs: [], run: () => checkSecrets(environment, configKeys, secretsRequired) },
    { needs: ["hubs", "regions"], run: () => checkNames(environment) },
    { needs: ["regions"], run: () => checkWindows365(environment) },
    { needs: [], run: () => checkAccountSecret(environment, configKeys, accountSecretRequired) },
    { needs: [], run: () => checkTags(environment) },
  ];
}

/** Problems of what is left of an invalid environment, at their original places; those of stand-ins are left out. */
function furtherProblems(
  { value, originalPath, touched }: Repaired<EnvironmentSettings>,
  context: EnvironmentContext,
): readonly Problem[] {
  const dropped = touched.filter(({ length }) => length <= droppedDepthMax).map(([root]) => root);
  return checksOf(value, resolveEnvironment(value, context.stackName), context)
    .filter(({ needs }) => !needs.some((need) => dropped.includes(need)))
    .flatMap(({ run }) => [...run()])
    .filter(({ severity }) => severity === "problem")
    .map((finding) => toProblem({ ...finding, path: originalPath(finding.path) }))
    .filter(({ path }) => !touched.some((place) => startsWith(path, place)));
}

/** `hubs`, a hub, or its firewall as a whole: without these a check would call missing what is only misspelt. */
const droppedDepthMax = 3;

function startsWith(path: ProblemPath, start: ProblemPath): boolean {
  return start.every((part, depth) => path[depth] === part);
}

function toProblem({ path, message }: Pick<Problem, "path" | "message">): Problem {
  return { key: environmentKey, path, message };
}

/** In the order of the schema, which is that of the docs and examples; the engine hands keys over sorted by name. */
function inOrder(problems: readonly Problem[], value: unknown): readonly Problem[] {
  return problems
    .map((problem) => ({ problem, position: positionOf(problem.path, value) }))
    .sort((a, b) => comparePositions(a.position, b.position))
    .map(({ problem }) => problem);
}

function positionOf(path: ProblemPath, value: unknown): readonly number[] {
  return path.map((part, depth) => {
    if (typeof part === "number") return part;
    const index = knownKeys(environmentSchema, value, path.slice(0, depth)).indexOf(part);
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  });
}

function comparePositions(a: readonly number[], b: readonly number[]): number {
  const depth = a.findIndex((position, index) => position !== b[index]);
  return depth < 0 ? a.length - b.length : (a[depth] ?? 0) - (b[depth] ?? -1);
}
