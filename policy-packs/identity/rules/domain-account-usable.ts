import { isUnknown } from "../../../model/read.ts";
import type { Check, Design, Observation, Rule } from "../../rule.ts";
import { joinedDomains } from "../../tenant/connection-places.ts";
import { factsOf } from "../../tenant/facts-of.ts";
import { hybridChecks } from "../../tenant/hybrid-checks.ts";
import { tenantObservation } from "../../tenant/tenant-observation.ts";
import { domainSubject } from "../../tenant/tenant-subject.ts";
import type { DomainAccountFact, TenantFacts } from "../../tenant-facts.ts";

/** What an administrator can tell of the account, what is right, and what Windows 365 reports where it is not. */
const questions: readonly {
  readonly about: keyof DomainAccountFact;
  readonly errorType: string;
  readonly what: string;
  readonly isRight: (value: unknown) => boolean;
  readonly wrong: (value: unknown) => string;
}[] = [
  {
    about: "enabled",
    errorType: "adJoinCheckAccountLockedOrDisabled",
    what: "is enabled",
    isRight: (value) => value === true,
    wrong: () => "is disabled",
  },
  {
    about: "locked",
    errorType: "adJoinCheckAccountLockedOrDisabled",
    what: "is locked",
    isRight: (value) => value === false,
    wrong: () => "is locked",
  },
  {
    about: "passwordExpired",
    errorType: "adJoinCheckCredentialsExpired",
    what: "has a password that expired",
    isRight: (value) => value === false,
    wrong: () => "has a password that expired",
  },
  {
    about: "passwordAccepted",
    errorType: "adJoinCheckIncorrectCredentials",
    what: "signs in with the password of the connection",
    isRight: (value) => value === true,
    wrong: () => "cannot sign in with the password of the connection",
  },
  {
    about: "mayManageComputers",
    errorType: "adJoinCheckAccessDenied",
    what: "may create and delete computer objects in the organizational unit",
    isRight: (value) => value === true,
    wrong: () => "may not create and delete computer objects in the organizational unit",
  },
  {
    about: "computersLeft",
    errorType: "adJoinCheckAccountQuotaExceeded",
    what: "may join more computers",
    isRight: (value) => value === "unlimited" || (typeof value === "number" && value > 0),
    wrong: () => "has joined as many computers as its quota lets it (ms-DS-MachineAccountQuota, 10 by default)",
  },
  {
    about: "organizationalUnitExists",
    errorType: "adJoinCheckOrganizationalUnitNotFound",
    what: "joins computers to an organizational unit that exists",
    isRight: (value) => value === true,
    wrong: () => "joins computers to an organizational unit that does not exist",
  },
  {
    about: "conflictingComputers",
    errorType: "adJoinCheckComputerObjectAlreadyExists",
    what: "meets computer objects of the names that Cloud PCs get",
    isRight: (value) => Array.isArray(value) && value.length === 0,
    wrong: (value) =>
      `meets computer objects of the names that Cloud PCs get: ${(Array.isArray(value) ? value : []).map((name) => `"${name}"`).join(", ")}`,
  },
];

const errorTypes = [...new Set(questions.map(({ errorType }) => errorType))];

/** Windows 365 joins a test computer with the account before it provisions anything. */
export const domainAccountUsable: Rule = {
  name: "domain-account-usable",
  pack: "identity",
  description: "The account that joins Cloud PCs to the domain works, and may make computer objects where they belong.",
  severity: "high",
  errorTypes: [],
  tenantErrorTypes: errorTypes,
  url: "https://learn.microsoft.com/troubleshoot/windows-365/troubleshoot-azure-network-connection",
  remediation: "Mend the account as the message says, or give the connection another one.",
  judge: (design) => {
    const tenant = factsOf(design, "domainAccounts");
    const accounts = tenant?.domainAccounts;
    if (tenant === undefined || accounts === undefined) return [];
    return hybridChecks(design, () =>
      joinedDomains(design).map((domain) => judgeDomain(domain, accounts, tenant, design)),
    );
  },
};

function judgeDomain(
  domain: string,
  accounts: readonly DomainAccountFact[],
  tenant: TenantFacts,
  design: Design,
): Check {
  const names = usernames(design, domain);
  const wanted = accounts.filter(
    ({ domainName, username }) =>
      domainName.toLowerCase() === domain && (names.length === 0 || names.includes(username.toLowerCase())),
  );
  const absent = names.filter((name) => !wanted.some(({ username }) => username.toLowerCase() === name));
  const unread =
    wanted.length === 0 && absent.length === 0
      ? [`that joins Cloud PCs to "${domain}"`]
      : absent.map((name) => `"${name}"`);
  return {
    subject: domainSubject(domain),
    observations: [
      ...wanted.flatMap((account) => observe(account, tenant)),
      ...unread.map((which) =>
        tenantObservation(
          tenant,
          "undecided",
          `account ${which}`,
          errorTypes,
          `the account ${which} is not among the facts`,
        ),
      ),
    ],
  };
}

/** The accounts that connections of the domain name. */
function usernames({ network }: Design, domain: string): readonly string[] {
  return network.estate.azureNetworkConnections.flatMap(({ adDomainName, adDomainUsername }) => {
    if (adDomainName === undefined || isUnknown(adDomainName) || adDomainName.toLowerCase() !== domain) return [];
    return adDomainUsername === undefined || isUnknown(adDomainUsername) ? [] : [adDomainUsername.toLowerCase()];
  });
}

function observe(account: DomainAccountFact, tenant: TenantFacts): readonly Observation[] {
  const which = `account "${account.username}"`;
  const seen = `(${account.owner}, ${account.attestedOn})`;
  return questions.flatMap(({ about, errorType, what, isRight, wrong }) => {
    const value = account[about];
    if (value === undefined) {
      const message = `whether ${which} ${what} is not among the facts`;
      return [tenantObservation(tenant, "undecided", `${account.username} ${about}`, [errorType], message)];
    }
    if (isRight(value)) return [];
    return [
      tenantObservation(
        tenant,
        "fail",
        `${account.username} ${about}`,
        [errorType],
        `${which} ${wrong(value)} ${seen}`,
      ),
    ];
  });
}
