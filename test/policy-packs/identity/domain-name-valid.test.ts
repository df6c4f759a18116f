import { describe, expect, test } from "vitest";
import { domainNameValid } from "../../../policy-packs/identity/rules/domain-name-valid.ts";
import { entra } from "../design.ts";
import { hybrid, identityFindings, predicted } from "./identity-design.ts";

const named = (adDomainName: string) => ({
  kinds: [hybrid],
  connections: [{ connectionType: "hybridAzureADJoin", adDomainName }] as const,
});

describe("domain-name-valid", () => {
  test.each([
    { name: "corp example.com", has: " " },
    { name: "corp.example.com/cloud", has: "/" },
    { name: "CORP\\joiner", has: "\\" },
    { name: "zürich.example.com", has: "ü" },
  ])("finds the character $has, which DNS does not allow", ({ name, has }) => {
    expect(identityFindings(domainNameValid, named(name))).toEqual([
      `fail: domain "${name}" has "${has}", which no DNS name has; give its DNS name, such as "corp.contoso.com"`,
    ]);
    expect(predicted(domainNameValid, named(name))).toEqual(["dnsCheckNameWithInvalidCharacter"]);
  });

  test.each([
    { name: "CORP", because: 'it has no dot; give it whole, such as "corp.contoso.com"' },
    { name: "corp..example.com", because: "a part of it is empty" },
    { name: "corp.example.com.", because: "a part of it is empty" },
    { name: "-corp.example.com", because: '"-corp" begins or ends with a hyphen, or has more than 63 characters' },
    { name: `${"corp.".repeat(51)}com`, because: "it has 258 characters, and 255 are the most" },
  ])("finds the wrong shape of $name, which is another error", ({ name, because }) => {
    expect(identityFindings(domainNameValid, named(name))).toEqual([
      `fail: domain "${name}" is no full DNS name: ${because}`,
    ]);
    expect(predicted(domainNameValid, named(name))).toEqual([]);
  });

  test("is undecided about an underscore, on which Windows and the standards differ", () => {
    expect(identityFindings(domainNameValid, named("corp_1.example.com"))).toEqual([
      'undecided: whether Windows 365 takes domain "corp_1.example.com" is not known: DNS servers of Windows allow "_", the rules for host names do not',
    ]);
  });

  test.each([
    { case: "a full DNS name in any case", words: named("Corp.Example.COM") },
    { case: "digits and hyphens", words: named("corp-1.example.com") },
    { case: "a name of 255 characters", words: named(`${"corp.".repeat(50)}local`) },
    { case: "Entra join, which names no domain", words: { ...named("CORP\\joiner"), kinds: [entra] } },
    { case: "a hybrid join that names no domain, on which other rules are undecided", words: { kinds: [hybrid] } },
  ])("passes $case", ({ words }) => {
    expect(identityFindings(domainNameValid, words)).toEqual([]);
  });
});
