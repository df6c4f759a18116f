import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderProblems } from "../../config/problem.ts";
import { valueAt } from "../../config/schema-issues.ts";
import {
  environment,
  hub,
  hubEnvironment,
  hybridEnvironment,
  hybridProfile,
  parse,
  parsed,
  pool,
  region,
  site,
  warningsOf,
} from "./input.ts";

describe("parseEnvironment on failure", () => {
  const everythingWrong = {
    profile: { kind: "entra" },
    intuneLocation: "uk",
    hubs: [
      null,
      {
        ...hub,
        network: { mode: "create", addressSpace: ["10.50.0.4/24"] },
        vpn: { sites: [{ ...site, sharedKeySecret: "nobodySetThis" }] },
      },
    ],
    regions: [
      { ...region, location: "westeurop", dsnServers: [], egress: { via: "firewall" }, hub: "weu" },
      { name: "broken" },
      {
        ...region,
        name: "neu",
        hub: "none",
        network: { mode: "create", addressSpace: ["10.60.2.0/24"] },
        egress: { via: "firewall" },
        pools: [{ ...pool, cloudPcCount: 200, subnet: { mode: "create", addressPrefix: "10.60.2.0/25" } }],
      },
    ],
  };

  test("every problem is reported at once, at its original place, schema and meaning alike, in the order of the schema", () => {
    const result = parse(everythingWrong);
    expect(result.ok).toBe(false);
    expect(result.ok ? "" : renderProblems(result.problems)).toBe(
      [
        "config windows365-network:environment is not valid",
        '✖ intuneLocation "uk" is not known; it must be "na", "eu" or "ap"',
        "  → at intuneLocation",
        "✖ hubs must be a mapping, not empty",
        "  → at hubs[0]",
        '✖ prefix "10.50.0.4/24" has host bits set; did you mean "10.50.0.0/24"?',
        "  → at hubs[1].network.addressSpace[0]",
        '✖ secret "nobodySetThis" of site "berlin" is not set; set it with "pulumi config set --secret nobodySetThis"',
        "  → at hubs[1].vpn.sites[0].sharedKeySecret",
        '✖ location "westeurop" of region "weu" is not a region of Windows 365; did you mean "westeurope"?',
        "  → at regions[0].location",
        '✖ key "dsnServers" is not known; did you mean "dnsServers"?',
        "  → at regions[0].dsnServers",
        "✖ location is missing; it must be a text",
        "  → at regions[1].location",
        "✖ network is missing; it must be a mapping",
        "  → at regions[1].network",
        "✖ egress is missing; it must be a mapping",
        "  → at regions[1].egress",
        "✖ pools is missing; it must be a list",
        "  → at regions[1].pools",
        '✖ prefix "10.60.2.0/24" of region "neu" overlaps prefix "10.60.0.0/22" of region "weu"; networks that are connected need ranges of their own',
        "  → at regions[2].network.addressSpace[0]",
        '✖ subnet "10.60.2.0/25" of pool "staff" is too small; it needs a /23: 485 addresses = 5 that Azure keeps + 2 × 240 (200 Cloud PCs and growth of 20%)',
        "  → at regions[2].pools[0].subnet.addressPrefix",
      ].join("\n"),
    );
  });

  test("what follows from a part that could not be read is not reported as missing", () => {
    const result = parse(hubEnvironment({ hubs: [{ ...hub, firewall: { sku: "Premum" } }] }));
    expect(result.ok ? [] : result.problems.map(({ message }) => message)).toEqual([
      'sku "Premum" is not known; it must be "Basic", "Standard" or "Premium"; did you mean "Premium"?',
    ]);
    const withoutHub = parse(hubEnvironment({ hubs: [{ ...hub, location: undefined, network: {} }] }));
    expect(withoutHub.ok ? [] : withoutHub.problems.map(({ path }) => path.join("."))).toEqual([
      "hubs.0.location",
      "hubs.0.network.mode",
    ]);
  });
});

describe("parseEnvironment never throws", () => {
  const valid = JSON.parse(JSON.stringify(hybridEnvironment()));
  const paths: (string | number)[][] = [];
  const walk = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0) paths.push(path);
    if (typeof value !== "object" || value === null) return;
    for (const [key, part] of Object.entries(value)) walk(part, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(valid, []);
  const junk = fc.constantFrom<unknown>(undefined, null, "", "x", "10.0.0.1/8", 0, -1, 1.5, true, [], {}, [null], {
    mode: "use",
  });

  test("whatever is put or left out anywhere, there is an environment or a list of readable problems", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), junk), { minLength: 1, maxLength: 4 }), (edits) => {
        const draft: unknown = structuredClone(valid);
        for (const [path, value] of edits) {
          const parent = valueAt(draft, path.slice(0, -1));
          if (typeof parent === "object" && parent !== null)
            Reflect.set(parent, path.at(-1) ?? "", structuredClone(value));
        }
        const result = parse(draft);
        if (result.ok) return;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { message } of result.problems) expect(message).not.toMatch(/undefined|\[object|NaN|^$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe("warnings", () => {
  test.each([
    { case: "nothing to say about the smallest environment", input: environment(), warnings: [] },
    { case: "nothing to say about a hybrid environment", input: hybridEnvironment(), warnings: [] },
    {
      case: "a restricted region",
      input: environment({ regions: [{ ...region, location: "westus2" }] }),
      warnings: [
        'location "westus2" of region "weu" is restricted: Windows 365 provisions there only for tenants that Microsoft has enabled @ regions[0].location',
      ],
    },
    {
      case: "a hub in a region that Windows 365 does not list",
      input: hubEnvironment({ hubs: [{ ...hub, location: "swedensouth" }] }),
      warnings: ['location "swedensouth" of hub "weu" is not a region that Windows 365 lists @ hubs[0].location'],
    },
    {
      case: "public addresses inside",
      input: environment({ regions: [{ ...region, network: { mode: "create", addressSpace: ["198.51.100.0/24"] } }] }),
      warnings: [
        'prefix "198.51.100.0/24" of region "weu" is not in a private range (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10); what is behind these addresses on the Internet becomes unreachable from Cloud PCs @ regions[0].network.addressSpace[0]',
      ],
    },
    {
      case: "a summary route of on-premises that contains the networks",
      input: hybridEnvironment({ onPremises: { addressPrefixes: ["10.0.0.0/8"] } }),
      warnings: [
        'prefix "10.0.0.0/8" of on-premises contains prefix "10.50.0.0/24" of hub "weu"; that works only while nothing on-premises uses those addresses @ onPremises.addressPrefixes[0]',
      ],
    },
    {
      case: "a hub without regions",
      input: environment({ hubs: [hub], regions: [{ ...region, hub: "none" }] }),
      warnings: ['hub "weu" has no region; it is built and paid for without use @ hubs[0]'],
    },
    {
      case: "a peering with no hub",
      input: environment({ regions: [{ ...region, peering: "ours" }] }),
      warnings: ['peering "ours" of region "weu" has no effect without a hub @ regions[0].peering'],
    },
    {
      case: "RDP through the firewall",
      input: hubEnvironment({ regions: [{ ...region, egress: { via: "firewall" }, rdp: "egress", directEgress: {} }] }),
      warnings: [
        'RDP of region "weu" passes the firewall; Microsoft advises "direct", for latency and because scale-in cuts long sessions @ regions[0].rdp',
        'directEgress of region "weu" has no effect: rdp is "egress" @ regions[0].directEgress',
      ],
    },
    {
      case: "direct egress where all egress is direct",
      input: environment({ regions: [{ ...region, directEgress: {} }] }),
      warnings: [
        'directEgress of region "weu" has no effect: egress via "natGateway" carries RDP too @ regions[0].directEgress',
      ],
    },
    {
      case: "a firewall of the Basic tier",
      input: hubEnvironment({
        hubs: [{ ...hub, firewall: { sku: "Basic", acceptedLosses: ["time-time-windows-com"] } }],
      }),
      warnings: [
        'the firewall of hub "weu" is of the Basic tier: without a DNS proxy it cannot match names in network rules @ hubs[0].firewall.sku',
      ],
    },
    {
      case: "one DNS server with a hybrid join",
      input: hybridEnvironment({ regions: [{ ...region, egress: { via: "firewall" }, dnsServers: ["192.168.10.4"] }] }),
      warnings: [
        'region "weu" has one DNS server; with a hybrid join Microsoft asks for two or more @ regions[0].dnsServers',
      ],
    },
    {
      case: "a public DNS server with a hybrid join",
      input: hybridEnvironment({
        regions: [{ ...region, egress: { via: "firewall" }, dnsServers: ["192.168.10.4", "192.0.2.53"] }],
      }),
      warnings: [
        'region "weu" has hybrid-joined Cloud PCs, whose DNS must resolve the domain; "192.0.2.53" is a public address, which is unlikely to @ regions[0].dnsServers',
      ],
    },
    {
      case: "one key for two sites",
      input: hybridEnvironment({
        hubs: [
          {
            ...hub,
            vpn: {
              sites: [
                site,
                { ...site, name: "paris", gatewayIpAddress: "203.0.113.20", addressPrefixes: ["192.168.20.0/24"] },
              ],
            },
          },
        ],
      }),
      warnings: [
        'sites "berlin" and "paris" share the secret "sharedKeyBerlin"; each connection should have a key of its own @ hubs[0].vpn.sites[1].sharedKeySecret',
      ],
    },
    {
      case: "the route to a BGP peer",
      input: hybridEnvironment({
        hubs: [
          {
            ...hub,
            vpn: {
              sites: [
                {
                  ...site,
                  addressPrefixes: ["192.168.10.0/24", "192.168.30.1/32"],
                  bgp: { asn: 65010, bgpPeeringAddress: "192.168.30.1" },
                },
              ],
            },
          },
        ],
      }),
      warnings: [
        '"192.168.30.1/32" of site "berlin" is its BGP peer; Azure adds that route itself @ hubs[0].vpn.sites[0].addressPrefixes[1]',
      ],
    },
    {
      case: "more Cloud PCs than the gateway is made for",
      input: hybridEnvironment({
        profile: hybridProfile,
        regions: [
          {
            ...region,
            network: { mode: "create", addressSpace: ["10.64.0.0/16"] },
            egress: { via: "firewall" },
            pools: [{ ...pool, cloudPcCount: 1000 }],
          },
        ],
      }),
      warnings: [
        'gateway VpnGw1AZ of hub "weu" is made for 1000 machines behind it; its regions grow to 1200 Cloud PCs @ hubs[0].vpn.sku',
      ],
    },
  ])("$case", ({ input, warnings }) => {
    expect(warningsOf(input)).toEqual(warnings);
  });
});

describe("the digest", () => {
  const { digest } = parsed(environment());

  test("is the same for another order of keys and for a default that is spelt out", () => {
    const reordered = Object.fromEntries(Object.entries(environment()).reverse());
    expect(parsed(reordered).digest).toBe(digest);
    expect(parsed(environment({ protect: true, hubs: [] })).digest).toBe(digest);
    const tags = { team: "a", owner: "b" };
    const tagged = parsed(environment({ tags })).digest;
    expect(parsed(environment({ tags: { owner: tags.owner, team: tags.team } })).digest).toBe(tagged);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("differs for any other environment", () => {
    expect(parsed(environment({ protect: false })).digest).not.toBe(digest);
    expect(parsed(environment({ regions: [{ ...region, pools: [{ ...pool, cloudPcCount: 21 }] }] })).digest).not.toBe(
      digest,
    );
  });
});
