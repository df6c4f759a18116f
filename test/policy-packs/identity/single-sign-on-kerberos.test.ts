import { describe, expect, test } from "vitest";
import { singleSignOnKerberos } from "../../../policy-packs/identity/rules/single-sign-on-kerberos.ts";
import { connection, hybrid, tenantFindings } from "../tenant.ts";

const words = {
  kinds: [hybrid],
  more: { azureNetworkConnections: [connection({ adDomainName: "corp.example.com" })] },
};
const server = { domainName: "Corp.example.com", exists: true, matchesEntra: true };

describe("single-sign-on-kerberos", () => {
  test.each([
    {
      case: "a domain without the object",
      servers: [{ domainName: "corp.example.com", exists: false }],
      finding:
        'fail [ssoCheckKerberosConfigurationError]: domain "corp.example.com" has no Kerberos server object of Entra ID',
    },
    {
      case: "an object with another key",
      servers: [{ ...server, matchesEntra: false }],
      finding:
        'fail [ssoCheckKerberosConfigurationError]: the Kerberos server object of domain "corp.example.com" is not the one that Entra ID holds',
    },
    {
      case: "an object whose key nobody compared, as undecided",
      servers: [{ domainName: "corp.example.com", exists: true }],
      finding:
        'undecided [ssoCheckKerberosConfigurationError]: whether the Kerberos server object of domain "corp.example.com" is the one that Entra ID holds is not among the facts',
    },
    {
      case: "a domain that nobody looked at, as undecided",
      servers: [{ ...server, domainName: "other.example.com" }],
      finding:
        'undecided [ssoCheckKerberosConfigurationError]: whether domain "corp.example.com" has a Kerberos server object of Entra ID is not among the facts',
    },
  ])("tells of $case", ({ servers, finding }) => {
    expect(tenantFindings(singleSignOnKerberos, { kerberosServers: servers }, words)).toEqual([finding]);
  });

  test("passes a domain whose object Entra ID knows", () => {
    expect(tenantFindings(singleSignOnKerberos, { kerberosServers: [server] }, words)).toEqual([]);
  });

  test("does not apply to Cloud PCs that join Entra ID, nor without the facts", () => {
    expect(tenantFindings(singleSignOnKerberos, { kerberosServers: [] }, { more: words.more })).toBeUndefined();
    expect(tenantFindings(singleSignOnKerberos, {}, words)).toBeUndefined();
  });
});
