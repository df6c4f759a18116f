import type { EndpointSelection } from "../catalogue/required-endpoints.ts";
import { parseAddress } from "../model/prefix.ts";
import type { Directory } from "../model/reference-data.ts";
import type { CloudPcDemand } from "../model/subnet-size.ts";
import { type ArmValue, type Plain, plainOf } from "../readers/arm/arm-value.ts";
import type { PlannedConnection } from "./planned-connection.ts";

/** The component that says what a network is for (`components/cloud-pc-plan.ts`). */
export const cloudPcPlanType = "w365:network:CloudPcPlan";

/** What a network is for, as far as rules must know it. */
export interface CloudPcPlan {
  readonly pools: readonly PlannedPool[];
  /** Active Directory domains that Cloud PCs join. */
  readonly directories: readonly Directory[];
}

/** A pool of Cloud PCs, as far as its subnet must serve it. */
export interface PlannedPool extends CloudPcDemand {
  /** `vnet/subnet`, a unique name or a resource id. */
  readonly subnet: string;
  /** What its Cloud PCs must reach. */
  readonly kind: EndpointSelection;
  /**
   * The connection that the pool is to get.
   * @default - nothing is known of it
   */
  readonly connection?: PlannedConnection;
}

/** Several plans as one, without repeated directories. */
export function joinPlans(plans: readonly CloudPcPlan[]): CloudPcPlan {
  const directories = new Map(
    plans.flatMap((plan) => plan.directories).map((directory) => [directory.domainName.toLowerCase(), directory]),
  );
  return { pools: plans.flatMap(({ pools }) => pools), directories: [...directories.values()] };
}

/**
 * Reads the inputs of a plan component.
 *
 * @throws {PlanError} for a plan that this version does not understand; it is never read in part
 */
export function readCloudPcPlan(inputs: ArmValue): CloudPcPlan {
  const read = plainOf(inputs);
  if (!("plain" in read)) throw new PlanError(`${read.place.path} is not known: ${read.reason}`);
  const plan = objectOf(read.plain, "the plan");
  return {
    pools: listOf(plan.pools, "pools").map((pool, index) => readPool(pool, `pools[${index}]`)),
    directories: listOf(plan.directories, "directories").map((each, index) =>
      readDirectory(each, `directories[${index}]`),
    ),
  };
}

/** A plan component that cannot be read. */
export class PlanError extends Error {
  constructor(what: string) {
    super(`${cloudPcPlanType}: ${what}`);
    this.name = "PlanError";
  }
}

function readPool(value: Plain, path: string): PlannedPool {
  const pool = objectOf(value, path);
  const kind = readKind(objectOf(pool.kind ?? null, `${path}.kind`), `${path}.kind`);
  return {
    subnet: textOf(pool.subnet, `${path}.subnet`),
    kind,
    cloudPcCount: numberOf(pool.cloudPcCount, `${path}.cloudPcCount`),
    growth: numberOf(pool.growth, `${path}.growth`),
    ...(pool.connection !== undefined && {
      connection: readConnection(objectOf(pool.connection, `${path}.connection`), kind.joinType, `${path}.connection`),
    }),
  };
}

function readKind(kind: PlainFields, path: string): EndpointSelection {
  return {
    cloud: choiceOf(kind.cloud, ["public", "usGov"], `${path}.cloud`),
    joinType: choiceOf(kind.joinType, ["azureADJoin", "hybridAzureADJoin"], `${path}.joinType`),
    intuneLocation: choiceOf(kind.intuneLocation, ["na", "eu", "ap"], `${path}.intuneLocation`),
    features: listOf(kind.features, `${path}.features`).map((feature) => textOf(feature, `${path}.features`)),
    ...(kind.edition !== undefined && { edition: choiceOf(kind.edition, ["GCC", "GCCH"], `${path}.edition`) }),
  };
}

function readConnection(
  connection: PlainFields,
  joinType: PlannedConnection["joinType"],
  path: string,
): PlannedConnection {
  const { resourceGroupId, subscriptionRoleAssignment: grant, adDomainName, organizationalUnit } = connection;
  return {
    joinType,
    ...(resourceGroupId !== undefined && { resourceGroupId: textOf(resourceGroupId, `${path}.resourceGroupId`) }),
    ...(grant !== undefined && {
      subscriptionRoleAssignment: choiceOf(grant, ["create", "existing"], `${path}.subscriptionRoleAssignment`),
    }),
    ...(adDomainName !== undefined && { adDomainName: textOf(adDomainName, `${path}.adDomainName`) }),
    ...(organizationalUnit !== undefined && {
      organizationalUnit: textOf(organizationalUnit, `${path}.organizationalUnit`),
    }),
  };
}

function readDirectory(value: Plain, path: string): Directory {
  const directory = objectOf(value, path);
  return {
    domainName: textOf(directory.domainName, `${path}.domainName`),
    dnsServers: listOf(directory.dnsServers, `${path}.dnsServers`).map((server) => {
      const parsed = parseAddress(textOf(server, `${path}.dnsServers`));
      if (!parsed.ok) throw new PlanError(`${path}.dnsServers: ${parsed.message}`);
      return parsed.value;
    }),
  };
}

type PlainFields = { readonly [name: string]: Plain };

function objectOf(value: Plain, path: string): PlainFields {
  if (typeof value === "object" && value !== null && !isList(value)) return value;
  throw new PlanError(`${path} is ${JSON.stringify(value)}, expected an object`);
}

function listOf(value: Plain | undefined, path: string): readonly Plain[] {
  if (value === undefined) return [];
  if (isList(value)) return value;
  throw new PlanError(`${path} is ${JSON.stringify(value)}, expected a list`);
}

function textOf(value: Plain | undefined, path: string): string {
  if (typeof value === "string") return value;
  throw new PlanError(`${path} is ${JSON.stringify(value)}, expected a text`);
}

function numberOf(value: Plain | undefined, path: string): number {
  if (typeof value === "number") return value;
  throw new PlanError(`${path} is ${JSON.stringify(value)}, expected a number`);
}

function choiceOf<const T extends string>(value: Plain | undefined, choices: readonly T[], path: string): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const expected = choices.map((choice) => `"${choice}"`).join(" or ");
  throw new PlanError(`${path} is ${JSON.stringify(value)}, expected ${expected}`);
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
