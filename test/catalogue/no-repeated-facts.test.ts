import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { allEndpoints } from "../../catalogue/endpoints.ts";
import { loadData } from "../../catalogue/load-data.ts";

const root = resolve(import.meta.dirname, "../..");

/** Product code: the sandbox must be able to disagree, and tests say what they expect. */
const folders = [
  "catalogue",
  "cli",
  "components",
  "config",
  "model",
  "policy-packs",
  "provider",
  "readers",
  "stacks",
  "tools",
];

/** Hosts that code talks to, or that documentation is at: not endpoints of a Cloud PC that are being repeated. */
const exceptedHosts = [
  "graph.microsoft.com",
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "learn.microsoft.com",
  "www.microsoft.com",
];

/** Platform addresses are a rule of Azure, not a row that could change. */
const exceptedPrefixes = ["168.63.129.16/32", "169.254.169.254/32"];

const hosts = allEndpoints()
  .filter(({ destination }) => destination.kind === "fqdn" || destination.kind === "wildcardFqdn")
  .map(({ destination }) => destination.value.toLowerCase().replace(/^\*\.?/, ""))
  .filter((host) => !exceptedHosts.includes(host) && host.split(".").length > 1 && host !== "microsoft.com");
const prefixes = [
  ...allEndpoints().flatMap(({ destination, addresses }) => [
    ...(destination.kind === "prefix" ? [destination.value] : []),
    ...(addresses?.prefixes ?? []),
  ]),
  ...loadData("service-tag-prefixes").tags.flatMap((tag) => tag.prefixes),
].filter((prefix) => !exceptedPrefixes.includes(prefix));
const { roles, applications, entraRoles } = loadData("roles");
const guids = [
  ...roles.map((role) => role.roleDefinitionId),
  ...applications.map((application) => application.applicationId),
  ...entraRoles.map((role) => role.templateId),
  ...loadData("azure-policies").policies.map((policy) => policy.id),
];

const facts = new Set([...hosts, ...prefixes, ...guids].map((fact) => fact.toLowerCase()));

/** Whatever looks like a host, a prefix or a GUID. */
const candidates =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:\d{1,3}\.){3}\d{1,3}\/\d+|[0-9a-f:]+::\/\d+|(?:[a-z0-9-]+\.)+[a-z0-9-]+/gi;

test("no product code repeats a host, prefix or GUID of the catalogue", () => {
  const files = folders.flatMap((folder) => sourceFiles(join(root, folder)));
  expect(files.length).toBeGreaterThan(50);
  const found = files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, index) => factsIn(line).map((fact) => `${relative(root, file)}:${index + 1} repeats "${fact}"`)),
  );
  expect(found).toEqual([]);
});

test.each([
  { line: 'const host = "login.live.com";', because: "a host", finds: ["login.live.com"] },
  { line: 'const host = "*.wvd.microsoft.com";', because: "a wildcard", finds: ["wvd.microsoft.com"] },
  { line: 'const turn = "51.5.0.0/16";', because: "a prefix", finds: ["51.5.0.0/16"] },
  {
    line: 'const role = "ACDD72A7-3385-48EF-BD42-F606FBA81AE7";',
    because: "a role in capitals",
    finds: ["ACDD72A7-3385-48EF-BD42-F606FBA81AE7"],
  },
  { line: 'const graph = "https://graph.microsoft.com/v1.0";', because: "Graph is excepted", finds: [] },
  { line: 'const address = "168.63.129.16";', because: "a platform address is excepted", finds: [] },
  { line: "// https://aka.ms/w365 says so", because: "a link in a comment is documentation", finds: [] },
])("$because: $line", ({ line, finds }) => {
  expect(factsIn(line)).toEqual(finds);
});

/** Facts in a line, apart from links in comments and from where the catalogue's own sources are published. */
function factsIn(line: string): readonly string[] {
  const comment = /^\s*(?:\/\/|\/?\*)/.test(line);
  const text = comment ? line.replaceAll(/https?:\/\/\S+/g, "") : line;
  return [...text.matchAll(candidates)]
    .map(([candidate]) => candidate)
    .filter((candidate) => facts.has(candidate.toLowerCase()));
}

function sourceFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
