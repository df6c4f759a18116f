import { compileFirewallRules } from "../../catalogue/compile-firewall-rules.ts";
import { endpointById } from "../../catalogue/endpoints.ts";
import { features as knownFeatures } from "../../catalogue/features.ts";
import { prefix } from "../../model/prefix.ts";
import type { Environment } from "../environment.ts";
import { type Finding, problem, warning } from "../finding.ts";
import type { Firewall } from "../firewall.ts";
import type { Hub } from "../hub.ts";
import type { ProblemPath } from "../problem.ts";
import type { JoinType } from "../profile.ts";

/** What the tier of a firewall cannot let through is said here, before anything is deployed, or accepted in writing. */
export function* checkFirewallLosses(environment: Environment): Generator<Finding> {
  for (const [index, hub] of environment.hubs.entries()) {
    if (hub.firewall === undefined) continue;
    const path = ["hubs", index, "firewall"];
    yield* checkAccepted(hub.firewall, path);
    if (hub.firewall.policy.mode === "create") yield* checkTier(environment, hub, hub.firewall, path);
  }
}

function* checkAccepted({ acceptedLosses }: Firewall, path: ProblemPath): Generator<Finding> {
  for (const [index, id] of acceptedLosses.entries()) {
    if (endpointById(id) === undefined) {
      yield problem(
        [...path, "acceptedLosses", index],
        `endpoint "${id}" is not in the catalogue; "w365 catalogue list" names every endpoint`,
      );
    }
  }
}

function* checkTier(environment: Environment, hub: Hub, firewall: Firewall, path: ProblemPath): Generator<Finding> {
  const lost = lostEndpoints(environment, hub, firewall);
  for (const [id, sentence] of lost) {
    if (!firewall.acceptedLosses.includes(id)) {
      yield problem(
        [...path, "sku"],
        `sku "${firewall.sku}" cannot let everything through: ${sentence}; choose "Standard", or accept the loss with acceptedLosses: [${id}]`,
      );
    }
  }
  for (const [index, id] of firewall.acceptedLosses.entries()) {
    if (endpointById(id) !== undefined && !lost.has(id)) {
      yield warning([...path, "acceptedLosses", index], `endpoint "${id}" is not lost; remove it from the list`);
    }
  }
}

/** Sentences by endpoint id: what the Cloud PCs behind this firewall require and its tier has no rule for. */
function lostEndpoints(environment: Environment, hub: Hub, { sku, dnsProxy }: Firewall): ReadonlyMap<string, string> {
  // With a DNS proxy, rules can name hosts, and nothing that is required is lost: a test of the compiler holds that.
  if (dnsProxy) return new Map();
  const { cloud, intuneLocation } = environment;
  const features = knownFeatures()
    .filter((feature) => environment.features.includes(feature.id) && feature.clouds.includes(cloud))
    .map(({ id }) => id);
  const behind = environment.regions.filter((region) => region.hub === hub.name && region.egress.via === "firewall");
  const joinTypes = new Set<JoinType>(behind.flatMap(({ pools }) => pools.map(({ joinType }) => joinType)));
  const lost = [...joinTypes].flatMap((joinType) => {
    const selection = { cloud, joinType, intuneLocation, features };
    const rules = compileFirewallRules({ selection, sku, sources: anySource });
    return rules.lost.filter(({ endpoint }) => endpoint.requirement === "required");
  });
  return new Map(
    lost.map(({ endpoint, because }) => [endpoint.id, `endpoint "${endpoint.id}" (${endpoint.purpose}): ${because}`]),
  );
}

/** What is lost does not depend on who asks. */
const anySource = [prefix("10.0.0.0/8")];
