import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadData } from "../../../catalogue/load-data.ts";
import { changesAsText } from "../../../catalogue/refresh/change.ts";
import { refreshMicrosoft365 } from "../../../catalogue/refresh/refresh-microsoft365.ts";

/** The worldwide answer of the web service, saved on 2025-12-01 by github.com/deploymenttheory/terraform-provider-microsoft365. */
const response = readFileSync(new URL("../fixtures/microsoft365-worldwide-2025-12.json", import.meta.url), "utf8");
const before = loadData("endpoints-microsoft365");
const today = "2026-11-21";

interface AnsweredSet {
  id: number;
  urls?: string[];
  ips?: string[];
  tcpPorts?: string;
  required?: boolean;
}

/** The answer with something planted in it. */
function planted(plant: (sets: AnsweredSet[]) => AnsweredSet[]): string {
  const sets: AnsweredSet[] = JSON.parse(response);
  return JSON.stringify(plant(sets));
}

const setOf = (sets: AnsweredSet[], id: number): AnsweredSet => sets.find((set) => set.id === id) ?? { id };

describe("the real answer", () => {
  test("changes nothing but the date", () => {
    const plan = refreshMicrosoft365(response, before, today);
    expect(plan.changes).toEqual([]);
    expect(plan.content).toEqual({ ...before, asOf: today });
    expect(changesAsText(plan)).toBe("endpoints-microsoft365.json: nothing changed\n");
  });

  test("with an added host, a removed set, a changed port and a new set is told in full", () => {
    const text = planted((sets) => {
      setOf(sets, 56).urls?.push("login.example.com");
      setOf(sets, 11).ips = ["203.0.113.0/24", ...(setOf(sets, 11).ips ?? [])];
      setOf(sets, 9).tcpPorts = "443,8443";
      sets.push({ ...setOf(sets, 9), id: 999, urls: ["new.example.com"], ips: [], tcpPorts: "443" });
      return sets.filter(({ id }) => id !== 124);
    });
    expect(
      changesAsText(refreshMicrosoft365(text, before, today)),
    ).toBe(`endpoints-microsoft365.json: 1 added, 1 removed, 3 changed
  + set 999 (Exchange, Allow)
      names added: new.example.com
      TCP ports added: 443
      means: rules with the feature "microsoft365" gain
  - set 124 (Common, Default)
      names removed: sway.com, www.sway.com
      TCP ports removed: 443
      means: rules with the feature "microsoft365" lose
  ~ set 9 (Exchange, Allow)
      TCP ports added: 8443
      means: rules with the feature "microsoft365" change
  ~ set 11 (Skype, Optimize)
      addresses added: 203.0.113.0/24
      means: rules with the feature "microsoft365" change
  ~ set 56 (Common, Allow)
      names added: login.example.com
      means: rules of every Cloud PC change, because all of them sign in with this set
`);
  });
});

describe("what is not the whole list is refused", () => {
  test.each([
    {
      case: "truncated JSON",
      text: response.slice(0, 5000),
      because: /^the Microsoft 365 endpoints web service is not complete JSON \(5000 characters\): /,
    },
    {
      case: "a web page",
      text: "<!DOCTYPE html><html></html>",
      because:
        /^the Microsoft 365 endpoints web service answered a web page instead of JSON: "<!DOCTYPE html><html><\/html>"$/,
    },
    { case: "nothing", text: "  ", because: /answered nothing$/ },
    {
      case: "an empty list",
      text: "[]",
      because: /has 0 endpoint sets, the catalogue 79: too few to be the whole list$/,
    },
    { case: "another shape", text: '{"message":"error"}', because: /answered something else than endpoint sets/ },
    {
      case: "half of the sets",
      text: planted((sets) => sets.slice(0, 40)),
      because: /has 40 endpoint sets, the catalogue 79: too few/,
    },
    {
      case: "a set twice",
      text: planted((sets) => [...sets, setOf(sets, 56)]),
      because: /gives sets 56 more than once$/,
    },
    {
      case: "a set without destinations",
      text: planted((sets) => sets.map((set) => (set.id === 32 ? { ...set, urls: [], ips: [] } : set))),
      because: /gives no destination for sets 32$/,
    },
    {
      case: "a prefix with host bits",
      text: planted((sets) => sets.map((set) => (set.id === 11 ? { ...set, ips: ["203.0.113.1/24"] } : set))),
      because: /prefix "203\.0\.113\.1\/24" has host bits set; did you mean "203\.0\.113\.0\/24"\?/,
    },
    {
      case: "50,000 rows",
      text: planted((sets) => Array.from({ length: 50_000 }, (_, id) => ({ ...setOf(sets, 32), id: id + 1 }))),
      because: /has 50000 endpoint sets, the catalogue 79: too many/,
    },
    {
      case: "50,000 addresses in a set",
      text: planted((sets) =>
        sets.map((set) =>
          set.id === 11
            ? { ...set, ips: Array.from({ length: 50_000 }, (_, n) => `10.${n >> 8}.${n & 255}.0/24`) }
            : set,
        ),
      ),
      because: /destinations, the catalogue \d+: too many/,
    },
    {
      case: "no set to sign in with",
      text: planted((sets) => sets.filter(({ id }) => id !== 59)),
      because: /lacks sets 59, which every Cloud PC needs to sign in$/,
    },
  ])("$case", ({ text, because }) => {
    expect(() => refreshMicrosoft365(text, before, today)).toThrow(because);
  });
});
