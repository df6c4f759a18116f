import { describe, expect, test } from "vitest";
import { unknown } from "../../../model/read.ts";
import { connectionNamesUnique } from "../../../policy-packs/identity/rules/connection-names-unique.ts";
import { identityFindings } from "./identity-design.ts";

const names = (...displayNames: readonly string[]) => ({
  connections: displayNames.map((displayName) => ({ displayName })),
});

describe("connection-names-unique", () => {
  test.each([
    {
      case: "the second of two connections with one name",
      words: names("weu", "weu", "neu"),
      findings: ['fail: connection "weu" has the same displayName as another connection; names are unique in a tenant'],
    },
    {
      case: "a connection without a name",
      words: names(" "),
      findings: ['fail: connection "connection-0" has no displayName, which Graph asks for'],
    },
    {
      case: "a name that nobody could read, as undecided",
      words: { connections: [{ displayName: unknown("it is an output") }] },
      findings: ['undecided: the name of connection "connection-0" is not known: it is an output'],
    },
  ])("finds $case", ({ words, findings }) => {
    expect(identityFindings(connectionNamesUnique, words)).toEqual(findings);
  });

  test.each([
    { case: "names of their own", words: names("weu", "weu-2") },
    { case: "names that differ in case, which no page forbids", words: names("weu", "WEU") },
    { case: "a design without connections", words: {} },
  ])("passes $case", ({ words }) => {
    expect(identityFindings(connectionNamesUnique, words)).toEqual([]);
  });
});
