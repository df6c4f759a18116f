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
  serviceArea?: string;
  urls?: string[];
  ips?: string[];
  tcpPorts?: string;
  udpPorts?: string;
  required?: boolean;
}

/** The answer with something planted in it. */
function planted(plant: (sets: AnsweredSet[]) => AnsweredSet[]): string {
  const sets: AnsweredSet[] = JSON.parse(response);
  return JSON.stringify(plant(sets));
}

const setOf = (sets: AnsweredSet[], id: number): AnsweredSet => sets.find((set) => set.id === id) ?? { id };

/** The answer with one set changed. */
const withSet = (id: number, change: Partial<AnsweredSet>): string =>
  planted((sets) => sets.map((set) => (set.id === id ? { ...set, ...change } : set)));

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

test("a list older than the catalogue's is refused", () => {
  expect(() => refreshMicrosoft365(response, before, "2025-11-30")).toThrow(
    "the Microsoft 365 endpoints web service is of 2025-11-30, older than the catalogue's of 2025-12-01",
  );
});

test("a byte order mark before the answer is no part of it", () => {
  expect(refreshMicrosoft365(`\uFEFF${response}`, before, today).changes).toEqual([]);
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
    {
      case: "no ports at all",
      text: planted((sets) => sets.map(({ tcpPorts: _tcp, udpPorts: _udp, ...set }) => set)),
      because: /set 1 has no ports/,
    },
    {
      case: "no UDP ports for the set of media",
      text: withSet(11, { udpPorts: "", tcpPorts: "443" }),
      because: /set 11 Udp, keeps 0 of its 3 required destinations: too few; if Microsoft's page says the same/,
    },
    {
      case: "a sign-in set cut to one name",
      text: withSet(56, { urls: ["login.microsoftonline.com"] }),
      because: /set 56 Tcp, keeps 1 of its 25 required destinations: too few/,
    },
    {
      case: "ports moved altogether",
      text: withSet(84, { urls: ["one.example.com"], tcpPorts: "8443" }),
      because: /set 84 Tcp, moves from ports 80, 443 to 8443; if Microsoft's page says the same/,
    },
    {
      case: "sign-in without HTTPS",
      text: withSet(59, { tcpPorts: "80" }),
      because: /set 59 Tcp, moves from ports 80, 443 to 80/,
    },
    {
      case: "a port beyond the last",
      text: withSet(56, { tcpPorts: "80,99999" }),
      because: /port "99999" must be from 1 to 65535, or an ascending range such as "1024-65535"/,
    },
    {
      case: "a descending range of ports",
      text: withSet(56, { tcpPorts: "443-80" }),
      because: /port "443-80" must be from 1 to 65535/,
    },
    {
      case: "port 0",
      text: withSet(56, { tcpPorts: "0,443" }),
      because: /port "0" must be from 1 to 65535/,
    },
    {
      case: "the whole Internet as an address",
      text: withSet(11, { ips: ["0.0.0.0/0"] }),
      because: /"0\.0\.0\.0\/0" is too wide to be Microsoft's: a prefix of \/10 or longer is expected/,
    },
    {
      case: "a private range",
      text: withSet(11, { ips: ["192.168.0.0/24"] }),
      because: /"192\.168\.0\.0\/24" is not an address range of the Internet/,
    },
    {
      case: "every name",
      text: withSet(46, { urls: ["*"] }),
      because: /name "\*" must end in two labels without an asterisk, such as "\*\.example\.com"/,
    },
    {
      case: "every name of a top-level domain",
      text: withSet(46, { urls: ["*.com"] }),
      because: /name "\*\.com" must end in two labels/,
    },
    {
      case: "a name twice in a set, in another spelling",
      text: withSet(32, { urls: ["a.example.com", "A.example.com"] }),
      because: /"A\.example\.com" is given twice/,
    },
    {
      case: "an address twice in a set",
      text: withSet(11, { ips: ["203.0.113.0/24", "203.0.113.0/24"] }),
      because: /"203\.0\.113\.0\/24" is given twice/,
    },
    {
      case: "two names that would be one row",
      text: withSet(32, { urls: ["a-b.example.com", "a.b.example.com"] }),
      because: /gives rows m365-32-a-b-example-com-tcp more than once$/,
    },
    {
      case: "half of the required sets without effect",
      text: planted((sets) => sets.map((set) => (set.id < 100 ? { ...set, serviceArea: "MEM" } : set))),
      because: /required rows, the catalogue \d+: too few/,
    },
  ])("$case", ({ text, because }) => {
    expect(() => refreshMicrosoft365(text, before, today)).toThrow(because);
  });
});
