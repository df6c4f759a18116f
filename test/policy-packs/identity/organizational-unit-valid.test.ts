import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { organizationalUnitValid } from "../../../policy-packs/identity/rules/organizational-unit-valid.ts";
import { entra } from "../design.ts";
import { hybrid, identityFindings, predicted } from "./identity-design.ts";

const domain = { connectionType: "hybridAzureADJoin", adDomainName: "corp.example.com" } as const;
const unit = (organizationalUnit: string) => ({ kinds: [hybrid], connections: [{ ...domain, organizationalUnit }] });

describe("organizational-unit-valid", () => {
  test.each([
    { written: "Cloud PCs", because: 'part 1 of it, "Cloud PCs", is not of the form attribute=value' },
    {
      written: "corp.example.com/Cloud PCs",
      because: 'part 1 of it, "corp.example.com/Cloud PCs", is not of the form attribute=value',
    },
    { written: "OU=Cloud PCs", because: "it does not end in the domain, such as DC=corp,DC=example,DC=com" },
    { written: "OU=,DC=corp,DC=example,DC=com", because: 'part 1 of it, "OU=", has no value' },
    {
      written: "OU=Staff;OU=Cloud PCs,DC=corp,DC=example,DC=com",
      because: '";" in "OU=Staff;OU=Cloud PCs" is not escaped by a backslash',
    },
    {
      written: "OU=Cloud PCs,,DC=corp,DC=example,DC=com",
      because: 'part 2 of it, "", is not of the form attribute=value',
    },
    {
      written: "DC=corp,DC=example,DC=com,OU=Cloud PCs",
      because: "it names a domain, not a container in it",
    },
    {
      written: "OU=Cloud PCs,DC=corp,OU=Staff,DC=example,DC=com",
      because: '"OU=Staff" stands where OU=, CN= or DC= belongs',
    },
    {
      written: "LDAP://OU=Cloud PCs,DC=corp,DC=example,DC=com",
      because: "it is an LDAP address; leave out what is before the name",
    },
  ])("finds $written: $because", ({ written, because }) => {
    expect(identityFindings(organizationalUnitValid, unit(written))).toEqual([
      `fail: organizational unit "${written}" is no distinguished name: ${because}`,
    ]);
    expect(predicted(organizationalUnitValid, unit(written))).toEqual(["adJoinCheckOrganizationalUnitIncorrectFormat"]);
  });

  test("finds an organizational unit of another domain, which is another error", () => {
    const words = unit("OU=Cloud PCs,DC=emea,DC=example,DC=com");
    expect(identityFindings(organizationalUnitValid, words)).toEqual([
      'fail: organizational unit "OU=Cloud PCs,DC=emea,DC=example,DC=com" is in domain "emea.example.com", but Cloud PCs join "corp.example.com", where it cannot be found',
    ]);
    expect(predicted(organizationalUnitValid, words)).toEqual([]);
  });

  test("finds it in a plan as well", () => {
    const planned = [
      { joinType: "hybridAzureADJoin", adDomainName: "corp.example.com", organizationalUnit: "PCs" },
    ] as const;
    expect(identityFindings(organizationalUnitValid, { kinds: [hybrid], planned })).toEqual([
      'fail: organizational unit "PCs" is no distinguished name: part 1 of it, "PCs", is not of the form attribute=value',
    ]);
  });

  test("is undecided about one that nobody could read", () => {
    const connections = [{ ...domain, organizationalUnit: unknown("it is a parameter") }];
    expect(identityFindings(organizationalUnitValid, { kinds: [hybrid], connections })).toEqual([
      "undecided: how the organizational unit is written is not known: it is a parameter",
    ]);
  });

  test.each([
    { case: "an organizational unit", words: unit("OU=Cloud PCs,OU=Staff,DC=corp,DC=example,DC=com") },
    { case: "the default container by name, in any case", words: unit("cn=Computers,dc=CORP,dc=example,dc=com") },
    { case: "an escaped comma", words: unit("OU=Cloud PCs\\, Berlin,DC=corp,DC=example,DC=com") },
    { case: "spaces after commas", words: unit("OU=Cloud PCs, DC=corp, DC=example, DC=com") },
    { case: "none, for the default container", words: { kinds: [hybrid], connections: [domain] } },
    { case: "an empty text, which Graph takes for none", words: unit("") },
    { case: "anything with Entra join", words: { ...unit("PCs"), kinds: [entra] } },
    { case: "a hybrid join that names no domain, on which other rules are undecided", words: { kinds: [hybrid] } },
  ])("passes $case", ({ words }) => {
    expect(identityFindings(organizationalUnitValid, words)).toEqual([]);
  });
});
