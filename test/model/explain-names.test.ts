import { describe, expect, test } from "vitest";
import { ask, type Case, web } from "./support/ask.ts";
import { idOf, ip } from "./support/build.ts";

describe("explain", () => {
  test.each<Case & { case: string; says: string; because: string }>([
    {
      case: "Azure DNS resolves public names",
      to: "a.example.com",
      ...web,
      says: "Allow ExitsNetwork",
      because: "public DNS has the name",
    },
    {
      case: "a server that cannot be reached",
      to: "a.example.com",
      ...web,
      dns: ["192.168.9.9"],
      says: "Deny NameNotResolvable",
      because:
        '"a.example.com" cannot be resolved: DNS server 192.168.9.9 cannot be reached: default rule "DenyAllOutBound" denies it (network security group "nsg")',
    },
    {
      case: "a firewall whose proxy is off",
      to: "a.example.com",
      ...web,
      dns: ["10.0.0.4"],
      says: "Deny NameNotResolvable",
      because: '"a.example.com" cannot be resolved: firewall "fw" is the DNS server, but its DNS proxy is off',
    },
    {
      case: "Azure DNS does not know the domain",
      to: "dc1.corp.example.com",
      port: 389,
      reference: { directories: [{ domainName: "corp.example.com", dnsServers: [ip("10.0.2.4")] }] },
      says: "Deny NameNotResolvable",
      because:
        '"dc1.corp.example.com" cannot be resolved: Azure DNS of virtual network "spoke" does not know domain "corp.example.com"',
    },
    {
      case: "the domain's own server",
      to: "dc1.corp.example.com",
      port: 389,
      dns: ["10.0.2.4"],
      reference: { directories: [{ domainName: "corp.example.com", dnsServers: [ip("10.0.2.4")] }] },
      says: "Unknown InsufficientInfo",
      because: 'DNS server 10.0.2.4 answers for domain "corp.example.com"',
    },
  ])("names: $case", ({ says, because, ...asked }) => {
    const answer = ask(asked);
    expect(`${answer.verdict} ${answer.disposition}`).toBe(says);
    expect(answer.steps[0]?.because).toBe(because);
  });

  describe("a name that somebody's own server may have", () => {
    const server = { to: "intranet.corp.example", ...web, dns: ["10.0.2.4"] };
    const denyInternet = { rules: [{ name: "no", priority: 100, access: "Deny", to: "Internet" }] } as const;

    test.each<{ case: string; asked: Case; verdict: string }>([
      { case: "is not known", asked: server, verdict: "Unknown" },
      {
        case: "may be private where only the Internet is denied",
        asked: { ...server, ...denyInternet },
        verdict: "Unknown",
      },
      {
        case: "is denied where every address is",
        asked: {
          ...server,
          rules: [
            { name: "dns", priority: 100, access: "Allow", to: "10.0.2.4", ports: ["53"] } as const,
            { name: "no", priority: 200, access: "Deny" } as const,
          ],
        },
        verdict: "Deny",
      },
      {
        case: "is public when the catalogue lists it",
        asked: { ...server, reference: { isPublicName: () => true } },
        verdict: "Allow",
      },
      {
        case: "is public and denied with the Internet when the catalogue lists it",
        asked: { ...server, ...denyInternet, reference: { isPublicName: () => true } },
        verdict: "Deny",
      },
      { case: "is public when the server is", asked: { ...server, dns: ["198.51.100.53"] }, verdict: "Allow" },
    ])("$case", ({ asked, verdict }) => {
      expect(ask(asked).verdict).toBe(verdict);
    });
  });

  test("a private zone sends a name to its private endpoint", () => {
    const answer = ask({
      to: "store.example.com",
      ...web,
      more: {
        privateDnsZones: [
          {
            id: idOf("privateDnsZones", "privatelink.example.com"),
            name: "privatelink.example.com",
            virtualNetworkLinks: [{ id: "link", name: "link", virtualNetworkId: idOf("virtualNetworks", "spoke") }],
            recordSets: [{ name: "store", type: "A", addresses: [ip("10.1.2.9")] }],
          },
        ],
      },
    });
    expect([answer.verdict, answer.disposition, answer.steps[0]?.because]).toEqual([
      "Allow",
      "Delivered",
      'private zone "privatelink.example.com" has the name',
    ]);
  });

  describe("a name whose resource has a private endpoint, and the linked privatelink zone lacks it", () => {
    const suffix = "blob.core.windows.net";
    type Policy = "Default" | "NxDomainRedirect";
    const zone = (resolutionPolicy: Policy, name = suffix) => ({
      id: idOf("privateDnsZones", `privatelink.${name}`),
      name: `privatelink.${name}`,
      virtualNetworkLinks: [
        { id: "link", name: "link", virtualNetworkId: idOf("virtualNetworks", "spoke"), resolutionPolicy },
      ],
      recordSets: [{ name: "other", type: "A" as const, addresses: [ip("10.1.2.9")] }],
    });
    const privateEndpoint = (type: string, groupId: string, zones: readonly string[] = []) => ({
      id: idOf("privateEndpoints", "pe"),
      name: "pe",
      networkInterfaceIds: [],
      privateLinkServiceIds: [`/subscriptions/s/resourceGroups/rg/providers/${type}/store`],
      groupIds: [groupId],
      ipAddresses: [ip("10.1.2.8")],
      fqdns: [],
      privateDnsZoneIds: zones.map((name) => idOf("privateDnsZones", name)),
    });
    const storage = "Microsoft.Storage/storageAccounts";

    test.each<{
      case: string;
      endpoint: ReturnType<typeof privateEndpoint>;
      policy?: Policy;
      says: string;
      because: string;
    }>([
      {
        case: "does not exist for who asks there",
        endpoint: privateEndpoint(storage, "blob"),
        says: "Deny NameNotResolvable",
        because:
          '"store.blob.core.windows.net" cannot be resolved: private endpoint "pe" makes public DNS redirect it to "privatelink.blob.core.windows.net": ' +
          'private zone "privatelink.blob.core.windows.net" is responsible for "store.blob.core.windows.net" and does not have it',
      },
      {
        case: "is public when the link hands missing names on",
        endpoint: privateEndpoint(storage, "blob"),
        policy: "NxDomainRedirect",
        says: "Allow ExitsNetwork",
        because: "public DNS has the name",
      },
      {
        case: "is public when the endpoint leads to another service of the account",
        endpoint: privateEndpoint(storage, "file"),
        says: "Allow ExitsNetwork",
        because: "public DNS has the name",
      },
      {
        case: "is the endpoint's when the endpoint writes into the zone",
        endpoint: privateEndpoint(storage, "blob", [`privatelink.${suffix}`]),
        says: "Allow Delivered",
        because: 'private endpoint "pe" has the name',
      },
    ])("$case", ({ endpoint, policy = "Default", says, because }) => {
      const more = { privateDnsZones: [zone(policy)], privateEndpoints: [endpoint] };
      const answer = ask({ to: `store.${suffix}`, ...web, more });
      expect([`${answer.verdict} ${answer.disposition}`, answer.steps[0]?.because]).toEqual([says, because]);
    });

    test("is not known when the resource may be another service's of the same name", () => {
      const more = {
        privateDnsZones: [zone("Default", "database.windows.net")],
        privateEndpoints: [privateEndpoint("Microsoft.KeyVault/vaults", "vault")],
      };
      const answer = ask({ to: "store.database.windows.net", ...web, more });
      expect([answer.verdict, answer.steps[0]?.because]).toEqual([
        "Unknown",
        'whether private endpoint "pe" makes public DNS redirect it to "privatelink.database.windows.net": private zone "privatelink.database.windows.net" ' +
          'is responsible for "store.database.windows.net" and does not have it, is not in the input',
      ]);
    });
  });

  test.each([
    {
      case: "a link that says so hands a missing name to public DNS",
      resolutionPolicy: "NxDomainRedirect" as const,
      verdict: "Allow",
    },
    { case: "else a name that the zone lacks does not exist", resolutionPolicy: "Default" as const, verdict: "Deny" },
  ])("$case", ({ resolutionPolicy, verdict }) => {
    const link = { id: "link", name: "link", virtualNetworkId: idOf("virtualNetworks", "spoke"), resolutionPolicy };
    const recordSets = [{ name: "other", type: "A" as const, addresses: [ip("10.1.2.9")] }];
    const zone = {
      id: idOf("privateDnsZones", "example.com"),
      name: "example.com",
      virtualNetworkLinks: [link],
      recordSets,
    };
    expect(ask({ to: "a.example.com", ...web, more: { privateDnsZones: [zone] } }).verdict).toBe(verdict);
  });

  test("a name that may have a denied address is Unknown, and one whose every address is denied is Deny", () => {
    const some = ask({
      to: "a.example.com",
      ...web,
      rules: [{ name: "no", priority: 100, access: "Deny", to: "192.0.2.0/24" }],
    });
    const all = ask({
      to: "a.example.com",
      ...web,
      rules: [{ name: "no", priority: 100, access: "Deny", to: "Internet" }],
    });
    expect([some.verdict, some.disposition, all.verdict]).toEqual(["Unknown", "InsufficientInfo", "Deny"]);
  });
});
