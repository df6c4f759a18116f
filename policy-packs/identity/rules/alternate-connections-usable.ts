import type { AzureNetworkConnection } from "../../../model/estate/governance.ts";
import type { DomainJoinConfiguration, ProvisioningPolicy } from "../../../model/estate/provisioning.ts";
import { isUnknown, knownOr } from "../../../model/read.ts";
import type { Network } from "../../../model/topology/network.ts";
import type { Check, Observation, Rule } from "../../rule.ts";

/** The next connection of a policy is used when the region of the one before it has no capacity left. */
export const alternateConnectionsUsable: Rule = {
  name: "alternate-connections-usable",
  pack: "identity",
  description:
    "The connections of every provisioning policy join as the policy says, and its alternates are in other regions.",
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/azure-network-connections",
  remediation: "Name connections of the join type of the policy, each in a region of its own.",
  judge: ({ network }) =>
    network.estate.provisioningPolicies.map((policy): Check => {
      const named = policy.domainJoinConfigurations.filter(
        ({ onPremisesConnectionId }) => onPremisesConnectionId !== undefined,
      );
      const found = named.map((configuration) => ({ configuration, connection: connectionOf(network, configuration) }));
      const open = found.filter(({ connection }) => connection === undefined).length;
      return {
        subject: { type: "cloudPcProvisioningPolicy", name: policy.name, id: policy.id },
        observations: [
          ...found.flatMap((each) => observeJoin(policy, each)),
          ...observeRegions(network, policy, found),
        ],
        ...(open > 0
          ? { assumptions: [`${open} of the connections of ${labelOf(policy)} are elsewhere, and usable`] }
          : {}),
      };
    }),
};

/** A connection that a policy names, as far as it is in the input. */
interface Named {
  readonly configuration: DomainJoinConfiguration;
  readonly connection: AzureNetworkConnection | undefined;
}

function labelOf({ name }: ProvisioningPolicy): string {
  return `provisioning policy "${name}"`;
}

function connectionOf({ estate }: Network, { onPremisesConnectionId }: DomainJoinConfiguration) {
  const id = knownOr(onPremisesConnectionId, undefined);
  return estate.azureNetworkConnections.find((connection) => connection.id === id);
}

function nameOf({ displayName, id }: AzureNetworkConnection): string {
  return `connection "${knownOr(displayName, id)}"`;
}

function observeJoin(policy: ProvisioningPolicy, { configuration, connection }: Named): readonly Observation[] {
  const { domainJoinType: wanted } = configuration;
  const joins = connection?.connectionType;
  if (connection === undefined || wanted === undefined || joins === undefined || wanted === joins) return [];
  const base = { about: `join type of ${connection.id}` } as const;
  const open = [wanted, joins].find(isUnknown);
  if (open !== undefined) {
    const message = `whether ${nameOf(connection)} joins as ${labelOf(policy)} says is not known: ${open.unknown}`;
    return [{ ...base, outcome: "undecided", message }];
  }
  const message = `${labelOf(policy)} has domainJoinType "${wanted}", but ${nameOf(connection)} has connectionType "${joins}"`;
  const remedy = `name a connection with connectionType "${wanted}" in ${labelOf(policy)}`;
  return [{ ...base, outcome: "fail", message, remedy }];
}

/** An alternate in the same region lacks the same capacity. */
function observeRegions(network: Network, policy: ProvisioningPolicy, found: readonly Named[]): readonly Observation[] {
  const seen = new Map<string, AzureNetworkConnection>();
  return found.flatMap(({ connection }): readonly Observation[] => {
    const home = network.virtualNetworks.find(knownOr(connection?.virtualNetworkId, ""));
    const location = knownOr(home?.location, undefined);
    if (connection === undefined || location === undefined) return [];
    const earlier = seen.get(location);
    if (earlier === undefined) {
      seen.set(location, connection);
      return [];
    }
    const what = earlier === connection ? "is named twice" : `is in "${location}", as ${nameOf(earlier)} is`;
    const message = `${nameOf(connection)} ${what}; an alternate of ${labelOf(policy)} helps only in another region`;
    const remedy = `name a connection in another region than "${location}" in ${labelOf(policy)}, or remove it`;
    return [{ outcome: "fail", about: `region of ${connection.id}`, message, remedy }];
  });
}
