import type { Observation, Rule } from "../../rule.ts";
import { joinedDomains } from "../../tenant/connection-places.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { hybridChecks } from "../../tenant/hybrid-checks.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { domainSubject } from "../../tenant/tenant-subject.ts";
import type { KerberosServerFact, TenantFacts } from "../../tenant-facts.ts";

const kerberos = "ssoCheckKerberosConfigurationError";

/** Without the object, single sign-on gives a hybrid Cloud PC no Kerberos ticket, and the user is asked for a password. */
export const singleSignOnKerberos: Rule = {
  name: "single-sign-on-kerberos",
  pack: "identity",
  description: "Each domain that Cloud PCs join has the Kerberos server object of Entra ID.",
  severity: "low",
  errorTypes: [],
  tenantErrorTypes: [kerberos],
  url: "https://learn.microsoft.com/entra/identity/authentication/howto-authentication-passwordless-security-key-on-premises",
  remediation: "Make the Kerberos server object with Set-AzureADKerberosServer, or rotate its key.",
  judge: (design) => {
    const tenant = factsOf(design, "kerberosServers");
    const servers = tenant?.kerberosServers;
    if (tenant === undefined || servers === undefined) return [];
    return hybridChecks(design, () =>
      joinedDomains(design).map((domain) => {
        const server = servers.find(({ domainName }) => domainName.toLowerCase() === domain);
        return { subject: domainSubject(domain), observations: observe(domain, server, tenant) };
      }),
    );
  },
};

function observe(domain: string, server: KerberosServerFact | undefined, tenant: TenantFacts): readonly Observation[] {
  const tell = (outcome: "fail" | "undecided", message: string) => [
    tenantObservation(tenant, outcome, "kerberos server", [kerberos], message),
  ];
  if (server === undefined) {
    return tell(
      "undecided",
      `whether domain "${domain}" has a Kerberos server object of Entra ID is not among the facts`,
    );
  }
  if (!server.exists) return tell("fail", `domain "${domain}" has no Kerberos server object of Entra ID`);
  if (server.matchesEntra === false) {
    return tell("fail", `the Kerberos server object of domain "${domain}" is not the one that Entra ID holds`);
  }
  if (server.matchesEntra === true) return [];
  return tell(
    "undecided",
    `whether the Kerberos server object of domain "${domain}" is the one that Entra ID holds is not among the facts`,
  );
}
