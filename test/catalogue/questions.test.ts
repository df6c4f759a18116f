import { describe, expect, test } from "vitest";
import { ageInDays, lastConfirmed } from "../../catalogue/age.ts";
import { allowList } from "../../catalogue/allow-list.ts";
import { zonesOf } from "../../catalogue/availability-zones.ts";
import { azureLimit, azureLimitNumber } from "../../catalogue/azure-limits.ts";
import { policiesAgainstConnection } from "../../catalogue/azure-policies.ts";
import { documentedRules } from "../../catalogue/documented-rules.ts";
import { endpointById } from "../../catalogue/endpoints.ts";
import { featuresFor } from "../../catalogue/features.ts";
import { healthChecksFor } from "../../catalogue/health-checks.ts";
import { hostsOfFqdnTag, serviceTagsOf } from "../../catalogue/reference-data.ts";
import { regionSupport } from "../../catalogue/regions.ts";
import { allowedEndpoints, type EndpointSelection, requiredEndpoints } from "../../catalogue/required-endpoints.ts";
import { application, builtInRole, rolesFor } from "../../catalogue/roles.ts";
import { isUsableIn, pinnedPrefixes } from "../../catalogue/service-tags.ts";
import { formatPrefix } from "../../model/prefix.ts";

const eu: EndpointSelection = { cloud: "public", joinType: "azureADJoin", intuneLocation: "eu", features: [] };
const idsOf = (selection: EndpointSelection) => requiredEndpoints(selection).map(({ id }) => id);

describe("regionSupport", () => {
  test.each([
    { region: "westeurope", support: "provisioning", provisioning: true, because: "it is listed without a flag" },
    { region: "WestEurope", support: "provisioning", provisioning: true, because: "ARM names compare without case" },
    { region: "westus2", support: "restricted", provisioning: true, because: "enabled tenants provision there" },
    { region: "westus", support: "disasterRecoveryOnly", provisioning: false, because: "it is an alternate region" },
    { region: "usgovtexas", support: "provisioning", provisioning: true, because: "the page of 2026 lists it" },
    { region: "northcentralus", support: "unsupported", provisioning: false, because: "the page does not list it" },
  ])("$region is $support: $because", ({ region, support, provisioning }) => {
    expect(regionSupport(region)).toMatchObject({ support, provisioning });
  });

  test.each([
    { written: "europewest", meant: ["westeurope"] },
    { written: "west europe", meant: ["westeurope"] },
    { written: "atlantis", meant: [] },
  ])("$written suggests $meant", ({ written, meant }) => {
    expect(regionSupport(written)).toMatchObject({ support: "unsupported", suggestions: meant });
  });
});

describe("rolesFor", () => {
  test("names the three roles, their scopes and the checks that look for them", () => {
    expect(rolesFor("windows365").map(({ scope, role, healthCheck }) => [scope, role.name, healthCheck])).toEqual([
      ["subscription", "Reader", "permSub"],
      ["resourceGroup", "Windows 365 Network Interface Contributor", "permRg"],
      ["virtualNetwork", "Windows 365 Network User", "permVnet"],
    ]);
  });

  test("fails for a role or application that is not in the catalogue", () => {
    expect(() => builtInRole("wizard")).toThrow('built-in role "wizard" is not in the catalogue');
    expect(() => application("paint")).toThrow('application "paint" is not in the catalogue');
  });
});

describe("requiredEndpoints", () => {
  test.each([
    {
      intuneLocation: "na",
      has: "intune-naprodimedatapri-azureedge-net",
      hasNot: "intune-euprodimedatapri-azureedge-net",
    },
    {
      intuneLocation: "eu",
      has: "intune-euprodimedatapri-azureedge-net",
      hasNot: "intune-approdimedatapri-azureedge-net",
    },
    {
      intuneLocation: "ap",
      has: "intune-approdimedatapri-azureedge-net",
      hasNot: "intune-naprodimedatapri-azureedge-net",
    },
  ] as const)(
    "a tenant in $intuneLocation needs the hosts of its own location only",
    ({ intuneLocation, has, hasNot }) => {
      const ids = idsOf({ ...eu, intuneLocation });
      expect(ids).toContain(has);
      expect(ids).not.toContain(hasNot);
    },
  );

  test("hybrid join adds the sign-in of the device itself, and nothing else", () => {
    const entra = new Set(idsOf(eu));
    const added = idsOf({ ...eu, joinType: "hybridAzureADJoin" }).filter((id) => !entra.has(id));
    expect(added).toEqual(["entra-device-sign-in"]);
  });

  test("US Government shares the platform addresses alone with the public cloud", () => {
    const publicIds = new Set(idsOf(eu));
    const shared = idsOf({ ...eu, cloud: "usGov" }).filter((id) => publicIds.has(id));
    expect(shared).toEqual(["platform-imds", "platform-health"]);
  });

  test("GCC and GCC High together are what is required without an edition", () => {
    const gov: EndpointSelection = { ...eu, cloud: "usGov" };
    const either = new Set([...idsOf({ ...gov, edition: "GCC" }), ...idsOf({ ...gov, edition: "GCCH" })]);
    expect([...either].sort()).toEqual([...idsOf(gov)].sort());
    expect(idsOf({ ...gov, edition: "GCC" })).not.toContain("entra-gov-sign-in");
  });

  test("the user's machine has rows of its own", () => {
    const rows = requiredEndpoints({ ...eu, side: "client" });
    expect(rows.every(({ side }) => side === "client")).toBe(true);
    expect(rows.map(({ id }) => id)).toContain("client-turn");
  });

  test("removed rows are never required, the older relay range only on request", () => {
    const ids = allowedEndpoints({ ...eu, features: ["legacyTurnRange"] }).map(({ id }) => id);
    expect(ids).toContain("rdp-turn-legacy");
    expect(allowedEndpoints(eu).map(({ id }) => id)).not.toContain("rdp-turn-legacy");
    expect(ids).not.toContain("activation-kms-removed");
  });

  test("an unknown feature and one without rows in the cloud fail together, each named", () => {
    expect(() => featuresFor(["autopilots", "microsoft365"], "usGov")).toThrow(
      /^feature "autopilots" does not exist; there are "microsoft365", .*\nfeature "microsoft365" has no documented endpoints in cloud "usGov"$/,
    );
  });
});

describe("service tags", () => {
  test("have pinned prefixes with a date, IPv4 only, without regard to case", () => {
    const tag = pinnedPrefixes("windowsvirtualdesktop");
    expect(tag?.asOf).toBe("2026-06-14");
    expect(tag?.prefixes.map(formatPrefix)).toEqual([
      "40.64.144.0/20",
      "51.5.0.0/16",
      "57.156.5.248/29",
      "57.156.73.192/28",
      "172.183.252.22/32",
    ]);
    expect(pinnedPrefixes("WindowsVirtualDesktop.WestEurope")?.prefixes.length).toBeGreaterThan(0);
  });

  test("without a table are unknown, not empty", () => {
    expect(pinnedPrefixes("Storage")).toBeUndefined();
  });

  test.each([
    { tag: "WindowsVirtualDesktop", use: "UDR", usable: true },
    { tag: "AzureCloud", use: "UDR", usable: false },
    { tag: "Internet", use: "FW", usable: false },
    { tag: "NoSuchTag", use: "NSG", usable: false },
  ] as const)("$tag in $use: $usable", ({ tag, use, usable }) => {
    expect(isUsableIn(tag, use)).toBe(usable);
  });
});

describe("reference data for the model", () => {
  test("an FQDN tag stands for the names that rows document for it", () => {
    expect(hostsOfFqdnTag("windows365")).toContain("*.infra.windows365.microsoft.com");
    expect(hostsOfFqdnTag("NoSuchTag")).toBeUndefined();
  });

  test.each([
    { host: "rdgateway-c1.wvd.microsoft.com", tags: ["WindowsVirtualDesktop"], because: "a wildcard row covers it" },
    { host: "LOGIN.microsoftonline.com", tags: ["AzureActiveDirectory"], because: "names compare without case" },
    { host: "www.example.com", tags: [], because: "no row names it" },
  ])("$host is in $tags: $because", ({ host, tags }) => {
    expect(serviceTagsOf(host)).toEqual(tags);
  });
});

describe("the other questions", () => {
  test("hybrid join has three checks more than Entra join, and group policy", () => {
    const entra = new Set(healthChecksFor("azureADJoin").map(({ id }) => id));
    expect(
      healthChecksFor("hybridAzureADJoin")
        .map(({ id }) => id)
        .filter((id) => !entra.has(id)),
    ).toEqual(["dns", "adJoin", "deviceSync", "sso", "groupPolicy"]);
  });

  test("policies that stand in the way are told from harmless ones", () => {
    expect(policiesAgainstConnection().map(({ impact }) => impact)).toEqual([
      ...Array(8).fill("blocks"),
      "conflictsWithDirectRdp",
    ]);
  });

  test("zones are empty where a region has none, and where it is unknown", () => {
    expect(zonesOf("WestEurope")).toEqual(["1", "2", "3"]);
    expect(zonesOf("westus")).toEqual([]);
    expect(zonesOf("atlantis")).toEqual([]);
  });

  test("a limit that is not a number, or not there, fails", () => {
    expect(azureLimitNumber("route-table-routes-using-service-tags")).toBe(25);
    expect(() => azureLimitNumber("security-rule-name")).toThrow(/is \{"min":1.*, not a number/);
    expect(() => azureLimit("moon-phase")).toThrow('limit "moon-phase" is not in the catalogue');
  });

  test("a rule is found by its topic", () => {
    expect(documentedRules("network-semantics").map(({ id }) => id)).toContain("net-sel-lpm");
  });

  test.each([
    { date: "2026-11-01", today: "2026-11-21", days: 20 },
    { date: "2026", today: "2026-02-01", days: 31 },
    { date: "2026-02", today: "2026-03-01", days: 28 },
  ])("$date is $days days before $today", ({ date, today, days }) => {
    expect(ageInDays(date, today)).toBe(days);
  });

  test("a row is as fresh as the newest source that lists it", () => {
    const row = endpointById("w365-infrastructure");
    expect(row && lastConfirmed(row)).toBe("2026-08-22");
    expect(lastConfirmed({ asOf: "2024", confirmedBy: [] })).toBe("2024-01-01");
  });
});

describe("allowList", () => {
  const everywhere = {
    joinTypes: ["azureADJoin", "hybridAzureADJoin"],
    intuneLocations: ["na", "eu", "ap"],
    features: [],
  } as const;

  test.each(["firewall", "proxy", "client"] as const)(
    "for a %s gives each destination and protocol once",
    (audience) => {
      const entries = allowList({ audience, cloud: "public", ...everywhere });
      const keys = entries.map(({ destination, protocol }) => `${destination.toLowerCase()} ${protocol}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(entries.length).toBeGreaterThan(20);
    },
  );

  test("is sorted: names by their domain, then addresses by number", () => {
    const entries = allowList({ audience: "firewall", cloud: "public", ...everywhere }).map(
      ({ destination }) => destination,
    );
    const firstAddress = entries.findIndex((destination) => /^[0-9a-f.:]+\/\d+$/.test(destination));
    const domains = entries.slice(0, firstAddress).map((name) => name.toLowerCase().split(".").reverse().join("."));
    expect(domains).toEqual([...domains].sort());
    expect(entries.slice(firstAddress).every((destination) => destination.includes("/"))).toBe(true);
    expect(entries.indexOf("4.145.74.224/27")).toBeLessThan(entries.indexOf("20.91.147.72/29"));
  });

  test("for a firewall has every required row, and the addresses beside names", () => {
    const ids = new Set(
      allowList({ audience: "firewall", cloud: "public", ...everywhere }).flatMap(({ endpoints }) => endpoints),
    );
    for (const { id, routable } of requiredEndpoints(eu)) expect(ids.has(id) || routable === false, id).toBe(true);
    expect(ids).toContain("intune-address-4-145-74-224-27");
  });

  test("says what must pass neither TLS inspection, proxy nor VPN", () => {
    const entries = allowList({ audience: "firewall", cloud: "public", ...everywhere });
    const of = (destination: string) => entries.find((entry) => entry.destination === destination);
    expect(of("*.wvd.microsoft.com")?.mustBypass).toEqual(["TLS inspection", "proxy", "VPN"]);
    expect(of("*.manage.microsoft.com")?.mustBypass).toEqual(["TLS inspection", "proxy"]);
    expect(of("www.msftconnecttest.com")?.mustBypass).toEqual([]);
    expect(of("4.145.74.224/27")?.insteadOf).toBe("intune-any-manage-microsoft-com");
  });

  test("for a proxy has names over HTTP and HTTPS, and the platform addresses it must leave alone", () => {
    const entries = allowList({ audience: "proxy", cloud: "public", ...everywhere });
    const addresses = entries
      .filter(({ destination }) => /^\d/.test(destination))
      .map(({ destination }) => destination);
    expect([...new Set(addresses)]).toEqual(["168.63.129.16/32", "169.254.169.254/32"]);
  });
});
