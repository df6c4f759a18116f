import { normalizeId } from "../../../model/resource-id.ts";
import type { Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";

/** What Azure refuses never comes to be, so every other answer about it would be about a network that cannot exist. */
export const azureAccepts: Rule = {
  name: "azure-accepts",
  pack: "network",
  description: "Azure itself accepts every resource of the input: addresses, priorities, references.",
  severity: "critical",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits",
  remediation: "Mend the property that the message names.",
  judge: ({ network, cloudPcSubnets }) => {
    const problems = Map.groupBy(network.estate.problems, ({ id }) => normalizeId(id));
    const ids = new Map(
      [...network.estate.problems, ...cloudPcSubnets.map(({ place }) => place)].map(({ id }) => [normalizeId(id), id]),
    );
    return [...ids].map(([key, id]) => ({
      subject: subjectOf(id),
      observations: (problems.get(key) ?? []).map(({ message, place }) => ({
        outcome: "fail",
        about: message,
        message: `Azure would refuse "${subjectOf(id).name}": ${message}`,
        ...(place === undefined ? {} : { place }),
      })),
    }));
  },
};
