import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { joinTypeAgrees } from "../../../policy-packs/identity/rules/join-type-agrees.ts";
import { entra } from "../design.ts";
import { connection, hybrid, identityDesign, identityFindings } from "./identity-design.ts";

const domain = {
  connectionType: "hybridAzureADJoin",
  adDomainName: "corp.example.com",
  adDomainUsername: "joiner@corp.example.com",
} as const;

describe("join-type-agrees", () => {
  test.each([
    {
      case: "a domain and an organizational unit on an Entra join",
      words: { connections: [{ adDomainName: "corp.example.com", organizationalUnit: "OU=PCs,DC=corp" }] },
      findings: [
        'fail: connection "connection 0" has adDomainName, but connectionType "azureADJoin", which uses no domain',
        'fail: connection "connection 0" has organizationalUnit, but connectionType "azureADJoin", which uses no domain',
      ],
    },
    {
      case: "a hybrid join without domain and user name",
      words: { kinds: [hybrid], connections: [{ connectionType: "hybridAzureADJoin" }] as const },
      findings: [
        'fail: connection "connection 0" has connectionType "hybridAzureADJoin", but no adDomainName',
        'fail: connection "connection 0" has connectionType "hybridAzureADJoin", but no adDomainUsername',
      ],
    },
    {
      case: "a user name of the older form",
      words: { kinds: [hybrid], connections: [{ ...domain, adDomainUsername: "CORP\\joiner" }] },
      findings: [
        'fail: adDomainUsername "CORP\\joiner" of connection "connection 0" is no user principal name such as "joiner@corp.contoso.com"',
      ],
    },
    {
      case: "a connection that joins otherwise than the pool is planned to",
      words: { kinds: [hybrid], connections: [{}] },
      findings: [
        'fail: connection "connection 0" has connectionType "azureADJoin", but the Cloud PCs of subnet spoke/cpc are planned for hybrid join',
      ],
    },
    {
      case: "a join type that nobody could read, as undecided",
      words: { connections: [{ connectionType: unknown("it is an output") }] },
      findings: ['undecided: how connection "connection 0" joins a directory is not known: it is an output'],
    },
  ])("finds $case", ({ words, findings }) => {
    expect(identityFindings(joinTypeAgrees, words)).toEqual(findings);
  });

  test("is undecided about a connection without a join type", () => {
    const { connectionType: _, ...untold } = connection();
    const made = identityDesign();
    const network = { ...made.network, estate: { ...made.network.estate, azureNetworkConnections: [untold] } };
    const [check] = joinTypeAgrees.judge({ ...made, network });
    expect(check?.observations.map(({ outcome, message }) => `${outcome}: ${message}`)).toEqual([
      'undecided: how connection "connection 0" joins a directory is not known: connectionType is not given',
    ]);
  });

  test.each([
    { case: "an Entra join without a domain", words: { connections: [{}] } },
    { case: "a hybrid join with all of it", words: { kinds: [hybrid], connections: [domain] } },
    {
      case: "a hybrid join whose user name nobody could read",
      words: { kinds: [hybrid], connections: [{ ...domain, adDomainUsername: unknown("it is a secret") }] },
    },
    {
      case: "one connection for each of two kinds of pools",
      words: { kinds: [entra, hybrid], connections: [{}, domain] },
    },
  ])("passes $case", ({ words }) => {
    expect(identityFindings(joinTypeAgrees, words)).toEqual([]);
  });
});
