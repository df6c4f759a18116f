import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import { allEndpoints } from "../../../catalogue/endpoints.ts";
import { digestOf } from "../../../catalogue/load-data.ts";
import { catalogueListSchema } from "../../../cli/catalogue/list-schema.ts";
import type { CommandIo } from "../../../cli/command-io.ts";
import { runCommandLine } from "../../../cli/run-command-line.ts";

const response = fileURLToPath(
  new URL("../../catalogue/fixtures/microsoft365-worldwide-2025-12.json", import.meta.url),
);
const catalogue = fileURLToPath(new URL("../../../catalogue/", import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function w365(...args: string[]) {
  return runWith({}, ...args);
}

async function runWith(io: Partial<CommandIo>, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(args, {
    report: (text) => void out.push(text),
    note: (text) => void err.push(text),
    today: () => "2026-11-21",
    fetchText: () => Promise.reject(new Error("no network in this test")),
    ...io,
  });
  return { code, out: out.join(""), err: err.join("") };
}

describe("w365", () => {
  test.each([
    { args: ["--help"], code: 0 },
    { args: ["--version"], code: 0 },
    { args: ["catalogue", "--help"], code: 0 },
    { args: ["catalogue", "list", "--help"], code: 0 },
    { args: ["bogus"], code: 2 },
    { args: ["catalogue", "bogus"], code: 2 },
    { args: ["catalogue", "list", "--format", "xml"], code: 2 },
    { args: ["catalogue", "list", "--service", "nosuch"], code: 2 },
    { args: ["catalogue", "stale", "--days", "soon"], code: 2 },
    { args: ["catalogue", "show", "nosuchrow"], code: 2 },
    { args: ["catalogue", "export", "--for", "firewall", "--format", "pac"], code: 2 },
    { args: ["catalogue", "export", "--feature", "nosuch"], code: 2 },
    { args: ["catalogue", "list", "--verbose"], code: 0 },
    { args: ["catalogue", "show", "rdp-turn", "--verbose"], code: 0 },
    { args: ["catalogue", "export", "--verbose"], code: 0 },
    { args: ["catalogue", "stale", "--verbose", "--days", "99999"], code: 0 },
    { args: ["catalogue", "export", "--for", "proxy", "--proxy", "proxy.contoso.com:8080"], code: 2 },
    { args: ["catalogue", "export", "--for", "pac", "--proxy", "proxy.contoso.com:70000"], code: 2 },
    { args: ["catalogue", "export", "--for", "pac", "--proxy", "-:8080"], code: 2 },
    { args: ["catalogue", "export", "--for", "pac", "--proxy", "10.0.0.256:8080"], code: 2 },
    { args: ["catalogue", "export", "--for", "pac", "--proxy", "10.0.0.4:8080"], code: 0 },
    { args: ["catalogue", "export", "--edition", "GCC"], code: 2 },
    { args: ["catalogue", "export", "--cloud", "usGov", "--feature", "microsoft365"], code: 2 },
  ])("$args exits with $code, and bad usage reports nothing", async ({ args, code }) => {
    const run = await w365(...args);
    expect(run.code).toBe(code);
    if (code === 2) expect(run.out).toBe("");
    if (code === 2) expect(run.err).not.toBe("");
  });

  test("a fault of its own ends with 3 and says how to report it", async () => {
    const run = await runWith(
      {
        today: () => {
          throw new Error("the clock stopped");
        },
      },
      "catalogue",
      "stale",
    );
    expect(run.code).toBe(3);
    expect(run.err).toMatch(
      /^w365 itself broke: this is a bug\. Please report .*\n {2}w365 \d.*arguments: \["catalogue","stale"\]\nError: the clock stopped\n/,
    );
  });
});

describe("catalogue list", () => {
  test("as JSON has every row with every field of the contract", async () => {
    const { code, out } = await w365("catalogue", "list", "--format", "json");
    const list: { schemaVersion: number; asOf: string; endpoints: Record<string, unknown>[] } = JSON.parse(out);
    expect(code).toBe(0);
    expect(list.schemaVersion).toBe(1);
    expect(catalogueListSchema.safeParse(list).error?.issues ?? []).toEqual([]);
    expect(list.asOf).toMatch(/^2026-\d\d-\d\d$/);
    expect(list.endpoints).toHaveLength(allEndpoints().length);
    expect(list.endpoints.find(({ id }) => id === "rdp-turn")).toMatchObject({
      service: "azureVirtualDesktop",
      side: "cloudPc",
      clouds: ["public"],
      destination: { kind: "prefix", value: "51.5.0.0/16" },
      protocol: "Udp",
      ports: ["3478"],
      requirement: "required",
      when: { joinTypes: ["azureADJoin", "hybridAzureADJoin"], intuneLocations: ["na", "eu", "ap"], features: [] },
      tlsInspection: "forbidden",
      proxy: "forbidden",
      healthCheck: "udp",
      errorType: "udpConnectivityCheckTurnUrlNotAllowListed",
      status: "disputed",
      source: { id: "w365-rdp-multipath-2025", title: "Use RDP Multipath with Windows 365", asOf: "2025-07-10" },
    });
  });

  test("filters add up", async () => {
    const { out } = await w365("catalogue", "list", "--cloud", "usGov", "--service", "activation", "--format", "csv");
    expect(out).toBe(
      "id,side,clouds,destination,protocol,ports,requirement,status,source,as of\r\nactivation-gov-kms,cloudPc,usGov,azkms.core.usgovcloudapi.net,Tcp,1688,required,current,avd-fqdn-2024,2024-11-21\r\n",
    );
  });

  test("as Markdown keeps names with an asterisk names", async () => {
    const { out } = await w365("catalogue", "list", "--service", "windows365", "--format", "markdown");
    expect(out.split("\n")[2]).toContain("| `*.infra.windows365.microsoft.com` |");
  });
});

describe("catalogue show", () => {
  test.each([
    {
      id: "RDP-turn",
      has: "Use RDP Multipath with Windows 365 <https://learn.microsoft.com/windows-365/enterprise/rdp-multipath>",
    },
    { id: "westeurope", has: "West Europe" },
    { id: "permissionCheckNoSubscriptionReaderRole", has: "Reader is missing on the subscription" },
    { id: "windows365-network-user", has: "7eabc9a4-85f7-4f71-b8ab-75daaccc1033" },
    { id: "turn-range", has: "51.5.0.0/16" },
    { id: "net-egress-order", has: "what carries Internet traffic" },
  ])("$id tells its row and where it was read", async ({ id, has }) => {
    const { code, out } = await w365("catalogue", "show", id);
    expect(code).toBe(0);
    expect(out).toContain(has);
  });

  test("long names of fields stand in a column of their own", async () => {
    const { out } = await w365("catalogue", "show", "windows365-network-user");
    expect(out).toContain("  roleDefinitionId  7eabc9a4-85f7-4f71-b8ab-75daaccc1033\n");
  });

  test.each([
    { id: "rdp-turm", meant: "rdp-turn" },
    { id: "westeurop", meant: "westeurope" },
    { id: "permissionCheckNoSubscriptionReadRole", meant: "permissionCheckNoSubscriptionReaderRole" },
  ])("$id was meant to be $meant", async ({ id, meant }) => {
    const { err } = await w365("catalogue", "show", id);
    expect(err).toContain(`the catalogue has no row "${id}"; did you mean "${meant}"`);
  });

  test("an unknown id suggests similar ones", async () => {
    const { err } = await w365("catalogue", "show", "turn");
    expect(err).toMatch(/^error: the catalogue has no row "turn"; did you mean "rdp-turn", /);
  });
});

describe("catalogue stale", () => {
  test.each([
    { days: "0", code: 1 },
    { days: "180", code: 1 },
    { days: "99999", code: 0 },
  ])("older than $days days exits with $code", async ({ days, code }) => {
    expect((await w365("catalogue", "stale", "--days", days)).code).toBe(code);
  });

  test("lists the oldest first, with its age", async () => {
    const { out } = await w365("catalogue", "stale", "--format", "json");
    const { endpoints }: { endpoints: { ageInDays: number }[] } = JSON.parse(out);
    const ages = endpoints.map(({ ageInDays }) => ageInDays);
    expect(ages).toEqual([...ages].sort((a, b) => b - a));
    expect(ages.every((age) => age > 180)).toBe(true);
  });
});

describe("catalogue export", () => {
  test("a PAC file sends RDP and Intune direct, and the rest to the proxy", async () => {
    const { out, err } = await w365("catalogue", "export", "--for", "pac", "--proxy", "proxy.contoso.com:3128");
    expect(err).toBe("");
    const shExpMatch = (text: string, pattern: string) =>
      new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(text);
    const find = (host: string): unknown =>
      runInNewContext(`${out}\nFindProxyForURL("https://${host}/", "${host}")`, { shExpMatch });
    expect(find("rdgateway.wvd.microsoft.com")).toBe("DIRECT");
    expect(find("Fef.MSUB05.manage.microsoft.com")).toBe("DIRECT");
    expect(find("168.63.129.16")).toBe("DIRECT");
    expect(find("rdgateway.wvd.microsoft.com.")).toBe("DIRECT");
    expect(find("www.example.com")).toBe("PROXY proxy.contoso.com:3128");
  });

  test.each([
    { cloud: "public", hosts: ["hm-iot-in-prod-preu01.azure-devices.net", "global.azure-devices-provisioning.net"] },
    { cloud: "usGov", hosts: ["hm-iot-in-ghp-ghp01.azure-devices.us", "global.azure-devices-provisioning.us"] },
  ])("registration hubs in $cloud are listed for a proxy, for they open 443 beside 5671", async ({ cloud, hosts }) => {
    const list = await w365("catalogue", "export", "--for", "proxy", "--cloud", cloud);
    const pac = await w365("catalogue", "export", "--for", "pac", "--cloud", cloud);
    for (const host of hosts) {
      expect(list.out).toContain(`${host},TCP,443 5671,required,"TLS inspection, proxy"`);
      expect(pac.out).toContain(`  "${host}"`);
    }
  });

  test("every row with a web port that must bypass a proxy is in the PAC file of its cloud", async () => {
    for (const cloud of ["public", "usGov"] as const) {
      const { out } = await w365("catalogue", "export", "--for", "pac", "--cloud", cloud);
      const names = allEndpoints().filter(
        (row) =>
          row.side === "cloudPc" &&
          row.clouds.includes(cloud) &&
          row.proxy === "forbidden" &&
          row.status !== "removed" &&
          row.when.features === undefined &&
          row.protocol === "Tcp" &&
          (row.ports.includes("443") || row.ports.includes("80")) &&
          row.destination.kind.toLowerCase().endsWith("fqdn"),
      );
      expect(names.length).toBeGreaterThan(10);
      for (const { destination } of names) expect(out).toContain(JSON.stringify(destination.value.toLowerCase()));
    }
  });

  test("without a proxy says that the file names a placeholder", async () => {
    expect((await w365("catalogue", "export", "--for", "pac")).err).toBe(
      'note: the file names "proxy.example.com:8080"; --proxy names yours\n',
    );
  });

  test("for clients has no row of the Cloud PC", async () => {
    const { out } = await w365("catalogue", "export", "--for", "client", "--format", "json");
    const { entries }: { entries: { endpoints: string[] }[] } = JSON.parse(out);
    expect(entries.length).toBeGreaterThan(20);
    expect(entries.every(({ endpoints }) => endpoints.every((id) => id.startsWith("client-")))).toBe(true);
  });

  test("for clients in US Government says that it is incomplete", async () => {
    const gap =
      "the list of the user's own machine in US Government is incomplete: addresses for RDP are all that is documented, names are not";
    const client = ["catalogue", "export", "--for", "client", "--cloud", "usGov", "--format"];
    expect((await w365(...client, "csv")).err).toBe(`note: ${gap}\n`);
    expect(JSON.parse((await w365(...client, "json")).out)).toMatchObject({ incomplete: gap });
    expect((await w365(...client, "markdown")).out).toMatch(/^Incomplete: the list of .*\.\n\n\| destination \|/);
    expect((await w365("catalogue", "list", "--cloud", "usGov", "--side", "client")).err).toBe(`note: ${gap}\n`);
  });

  test("for one government edition leaves the other's hubs out", async () => {
    const { out } = await w365("catalogue", "export", "--cloud", "usGov", "--edition", "GCC");
    expect(out).toContain("hm-iot-in-gcp-gcp01.azure-devices.us");
    expect(out).not.toContain("hm-iot-in-ghp-ghp01.azure-devices.us");
  });

  test("with --out writes the same to a file, and nothing to standard output", async () => {
    const folder = mkdtempSync(join(tmpdir(), "w365-export-"));
    folders.push(folder);
    const file = join(folder, "list.csv");
    const written = await w365("catalogue", "export", "--out", file);
    expect(written).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(file, "utf8")).toBe((await w365("catalogue", "export")).out);
    const refused = await w365("catalogue", "list", "--out", join(folder, "nosuch", "list.txt"));
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toMatch(/^error: the report cannot be written to ".*list\.txt": ENOENT\n$/);
  });

  test("as CSV is sorted and has a column on what must be bypassed", async () => {
    const { out } = await w365("catalogue", "export", "--intune-location", "eu", "--join-type", "azureADJoin");
    const [heading, ...rows] = out.trimEnd().split("\r\n");
    expect(heading).toBe(
      "destination,protocol,ports,requirement,must bypass,instead of,purpose,catalogue ids,status,sources,as of",
    );
    expect(rows.find((row) => row.startsWith("51.5.0.0/16,UDP,3478"))).toMatch(
      /,disputed,w365-rdp-multipath-2025,\d{4}-\d\d-\d\d$/,
    );
    expect(
      rows.some((row) => row.startsWith('*.wvd.microsoft.com,TCP,443,required,"TLS inspection, proxy, VPN",')),
    ).toBe(true);
    expect(rows.some((row) => row.startsWith("approdimedata"))).toBe(false);
  });
});

describe("catalogue refresh", () => {
  test("writes what changed, and the digests with it", async () => {
    const directory = copyOfCatalogue();
    const changed = readFileSync(response, "utf8").replace('"teams.microsoft.com"', '"teams.example.com"');
    const { code, out } = await w365(
      "catalogue",
      "refresh",
      "--directory",
      directory,
      "--microsoft365",
      fileWith(directory, changed),
      "--as-of",
      "2026-02-03",
    );
    expect(code).toBe(0);
    expect(out).toContain("names added: teams.example.com\n      names removed: teams.microsoft.com\n");
    const written = readFileSync(join(directory, "endpoints-microsoft365.json"), "utf8");
    expect(written).toContain("teams.example.com");
    expect(written).toContain('"asOf": "2026-02-03"');
    const digests: Record<string, string> = JSON.parse(readFileSync(join(directory, "digests.json"), "utf8"));
    expect(digests["endpoints-microsoft365"]).toBe(digestOf(written));
  });

  test("a dry run prints the same and writes nothing", async () => {
    const directory = copyOfCatalogue();
    const changed = readFileSync(response, "utf8").replace('"teams.microsoft.com"', '"teams.example.com"');
    const file = fileWith(directory, changed);
    const before = contentsOf(directory);
    const { code, out } = await w365(
      "catalogue",
      "refresh",
      "--dry-run",
      "--directory",
      directory,
      "--microsoft365",
      file,
      "--as-of",
      "2026-02-03",
    );
    expect(code).toBe(0);
    expect(out).toContain("names added: teams.example.com");
    expect(contentsOf(directory)).toEqual(before);
  });

  test.each([
    { case: "truncated JSON", text: "[{", because: "is not complete JSON" },
    { case: "a web page", text: "<html></html>", because: "answered a web page" },
    { case: "an empty list", text: "[]", because: "has another shape" },
  ])("$case from one source leaves every file as it was, also those of good sources", async ({ text, because }) => {
    const directory = copyOfCatalogue();
    const file = fileWith(directory, text);
    const before = contentsOf(directory);
    const { code, out, err } = await w365(
      "catalogue",
      "refresh",
      "--directory",
      directory,
      "--microsoft365",
      response,
      "--service-tags",
      file,
      "--as-of",
      "2026-02-03",
    );
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(because);
    expect(err).toContain("nothing was written");
    expect(contentsOf(directory)).toEqual(before);
  });

  test.each([
    {
      case: "a file without a date",
      args: ["--microsoft365", response],
      because: `"${response}" does not tell its date: give the day on which it was saved with --as-of`,
    },
    {
      case: "a date ahead",
      args: ["--microsoft365", response, "--as-of", "2026-11-22"],
      because: '--as-of "2026-11-22" lies after today, 2026-11-21',
    },
    {
      case: "a date for what is fetched",
      args: ["--as-of", "2026-02-03"],
      because: "--as-of dates files, and none was given; what is fetched is of today",
    },
    {
      case: "a day that is none",
      args: ["--microsoft365", response, "--as-of", "2026-02-30"],
      because: '"2026-02-30" is not a day such as "2026-08-22"',
    },
  ])("$case is refused", async ({ args, because }) => {
    const directory = copyOfCatalogue();
    const before = contentsOf(directory);
    const { code, err } = await w365("catalogue", "refresh", "--directory", directory, ...args);
    expect(code).toBe(2);
    expect(err).toContain(because);
    expect(contentsOf(directory)).toEqual(before);
  });

  test.each([
    { case: "the page of roles by its head", name: "roles.md", option: "--roles", text: () => rolesPage("09/12/2026") },
    {
      case: "a Service Tags file by its name",
      name: "ServiceTags_Public_20260912.json",
      option: "--service-tags",
      text: serviceTagsFile,
    },
  ])("$case is dated by itself", async ({ name, option, text }) => {
    const directory = copyOfCatalogue();
    const file = join(directory, name);
    writeFileSync(file, text());
    const { code } = await w365("catalogue", "refresh", "--directory", directory, option, file);
    expect(code).toBe(0);
    const written = option === "--roles" ? "roles.json" : "service-tag-prefixes.json";
    expect(readFileSync(join(directory, written), "utf8")).toContain('"asOf": "2026-09-12"');
  });

  test.each([
    { case: "a file cannot be staged", obstacle: "digests.json.new" },
    { case: "the first file cannot be staged", obstacle: "endpoints-microsoft365.json.new" },
  ])("where $case, every file stays as it was", async ({ obstacle }) => {
    const directory = copyOfCatalogue();
    const before = contentsOf(directory);
    mkdirSync(join(directory, obstacle));
    const source = join(directory, "..", `${basename(directory)}-source.json`);
    writeFileSync(source, readFileSync(response, "utf8").replace('"teams.microsoft.com"', '"teams.example.com"'));
    folders.push(source);
    const run = await w365(
      "catalogue",
      "refresh",
      "--directory",
      directory,
      "--microsoft365",
      source,
      "--as-of",
      "2026-02-03",
    );
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err).toMatch(/^error: the catalogue in ".*" cannot be written: EISDIR: .*\nnothing was written\n$/);
    rmSync(join(directory, obstacle), { recursive: true });
    expect(contentsOf(directory)).toEqual(before);
  });

  test("a file or address that cannot be read ends with 2 and changes nothing", async () => {
    const directory = copyOfCatalogue();
    const before = contentsOf(directory);
    expect(
      (await w365("catalogue", "refresh", "--directory", directory, "--roles", join(directory, "nosuch.json"))).code,
    ).toBe(2);
    const online = await w365("catalogue", "refresh", "--directory", directory);
    expect(online.code).toBe(2);
    expect(online.err).toMatch(
      /^error: "https:\/\/endpoints\.office\.com\/endpoints\/worldwide\?clientrequestid=[0-9a-f-]{36}" cannot be read: no network in this test\nnothing was written\n$/,
    );
    expect(contentsOf(directory)).toEqual(before);
  });

  test("without a source named, reads all three from where Microsoft publishes them", async () => {
    const asked: string[] = [];
    const fetchText = async (url: string) => {
      asked.push(url.replace(/clientrequestid=.*/, "clientrequestid=…"));
      if (url.startsWith("https://endpoints.office.com/")) return readFileSync(response, "utf8");
      if (url.includes("details.aspx"))
        return '<a href="https://download.microsoft.com/download/7/1/d/made/ServiceTags_Public_20261116.json">';
      return "<html>gone</html>";
    };
    const { code, err } = await runWith({ fetchText }, "catalogue", "refresh", "--directory", copyOfCatalogue());
    expect(code).toBe(2);
    expect(err).toContain("the Service Tags file answered a web page");
    expect(asked).toEqual([
      "https://endpoints.office.com/endpoints/worldwide?clientrequestid=…",
      "https://www.microsoft.com/download/details.aspx?id=56519",
      "https://download.microsoft.com/download/7/1/d/made/ServiceTags_Public_20261116.json",
    ]);
  });
});

/** The page of built-in roles in its documented shape, made by us: the catalogue's roles among 120 others. */
function rolesPage(date: string): string {
  const { roles }: { roles: { name: string; roleDefinitionId: string }[] } = JSON.parse(
    readFileSync(join(catalogue, "roles.json"), "utf8"),
  );
  const others = Array.from({ length: 120 }, (_, n) => ({
    name: `Made Role ${n}`,
    roleDefinitionId: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
  }));
  const rows = [...roles, ...others].map(
    ({ name, roleDefinitionId }) => `> | [${name}](./built-in-roles/x.md) | Made. | ${roleDefinitionId} |`,
  );
  return `---\ntitle: Azure built-in roles\nms.date: ${date}\n---\n${rows.join("\n")}\n`;
}

/** The Service Tags file in its documented shape, made by us from the pinned prefixes. */
function serviceTagsFile(): string {
  const pinned: { changeNumber: number; tags: { name: string; region?: string; prefixes: string[] }[] } = JSON.parse(
    readFileSync(join(catalogue, "service-tag-prefixes.json"), "utf8"),
  );
  const values = pinned.tags.map(({ name, region = "", prefixes }) => ({
    name,
    properties: { changeNumber: 40, region, addressPrefixes: prefixes },
  }));
  return JSON.stringify({ changeNumber: pinned.changeNumber + 40, cloud: "Public", values });
}

function copyOfCatalogue(): string {
  const folder = mkdtempSync(join(tmpdir(), "w365-catalogue-"));
  folders.push(folder);
  for (const file of readdirSync(catalogue).filter((name) => name.endsWith(".json")))
    cpSync(join(catalogue, file), join(folder, file));
  return folder;
}

function fileWith(folder: string, text: string): string {
  const file = join(folder, "source.txt");
  writeFileSync(file, text);
  return file;
}

function contentsOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}
