import type { ClearSecret } from "../../../model/estate/clear-secret.ts";
import type { Check, Rule } from "../../rule.ts";
import { type Subject, subjectOf } from "../../subject.ts";
import { connectionSubject } from "../connection-subject.ts";

/** A secret that was written down is known to everyone who has the file, and stays in its history. */
export const secretsNotInClear: Rule = {
  name: "secrets-not-in-clear",
  pack: "identity",
  description: "No password and no key of the network stands in clear in a file.",
  severity: "critical",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices",
  remediation:
    "Take the secret out of the file, give it as a secure parameter or a secret of the stack, and change it where it is used.",
  judge: ({ network: { estate } }) =>
    estate.clearSecrets.map((secret) => {
      const connection = estate.azureNetworkConnections.find(({ id }) => id === secret.id);
      return check(secret, connection === undefined ? subjectOf(secret.id) : connectionSubject(connection));
    }),
};

function check({ property, place }: ClearSecret, subject: Subject): Check {
  const message = `${property} of "${subject.name}" stands in clear in the file; whoever has the file has the secret`;
  const remedy = `give ${property} of "${subject.name}" as a secure parameter or a secret of the stack, and change the secret itself`;
  return {
    subject,
    observations: [{ outcome: "fail", about: `${property} ${place.path ?? ""}`, message, place, remedy }],
  };
}
