import type { Environment } from "../environment.ts";
import { type Finding, problem } from "../finding.ts";
import { didYouMean, oneOf } from "../suggest.ts";
import { poolReference } from "../windows365.ts";

/** What is made in Windows 365 fits the pools: an account where they join a domain, and policies that name pools there are. */
export function* checkWindows365({ windows365, regions }: Environment): Generator<Finding> {
  if (windows365 === undefined) return;
  const { connections, provisioningPolicies, userSettings } = windows365;
  const pools = regions.flatMap(({ name, pools: own }) => own.map((pool) => ({ ...pool, region: name })));
  if (connections !== undefined) {
    const hybrid = pools.find(({ joinType }) => joinType === "hybridAzureADJoin");
    const at = ["windows365", "connections", "domainJoinAccount"];
    if (hybrid !== undefined && connections.domainJoinAccount === undefined) {
      yield problem(
        at,
        `it is missing; pool "${poolReference(hybrid.region, hybrid.name)}" joins Active Directory, and its connection needs an account that may join computers`,
      );
    }
    if (hybrid === undefined && connections.domainJoinAccount !== undefined) {
      yield problem(at, "no pool joins Active Directory, so there is nothing that it could join; remove it");
    }
  }
  const names = pools.map(({ region, name }) => poolReference(region, name));
  for (const [index, policy] of provisioningPolicies.entries()) {
    const path = ["windows365", "provisioningPolicies", index];
    if (connections === undefined) {
      yield problem(
        path,
        `policy "${policy.name}" needs connections, and none are made; set windows365.connections: {}`,
      );
    }
    for (const [position, pool] of policy.pools.entries()) {
      if (!names.includes(pool)) {
        const suggestion = didYouMean(pool, names) || `; it must be ${oneOf(names)}`;
        yield problem([...path, "pools", position], `pool "${pool}" is not in the environment${suggestion}`);
      } else if (policy.pools.indexOf(pool) !== position) {
        yield problem([...path, "pools", position], `pool "${pool}" is named twice; remove one`);
      }
    }
  }
  yield* repeated("provisioningPolicies", provisioningPolicies);
  yield* repeated("userSettings", userSettings);
}

function* repeated(list: string, items: readonly { readonly name: string }[]): Generator<Finding> {
  for (const [index, { name }] of items.entries()) {
    if (items.findIndex((item) => item.name.toLowerCase() === name.toLowerCase()) !== index) {
      yield problem(["windows365", list, index, "name"], `name "${name}" is used twice; each needs one of its own`);
    }
  }
}
