import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Which folders each folder may import from, besides itself; "*" is every folder. */
const mayImport: Readonly<Record<string, readonly string[] | "*">> = {
  model: [],
  catalogue: ["model"],
  config: ["model", "catalogue"],
  components: ["model", "catalogue", "provider"],
  provider: ["model", "catalogue"],
  stacks: ["config", "components", "provider", "readers", "policy-packs"],
  readers: ["model"],
  "policy-packs": ["model", "readers", "catalogue"],
  cli: ["model", "catalogue", "config", "components", "provider", "stacks", "readers", "policy-packs", "tools"],
  sandbox: [],
  tools: "*",
  test: "*",
};

const files = Object.keys(mayImport).flatMap((folder) => sourceFiles(join(root, folder)));
const imports = files.flatMap((file) =>
  importedFiles(file).map(({ target, isType }) => ({ from: relative(root, file), to: relative(root, target), isType })),
);

describe("the folders", () => {
  test("import only what the architecture lets them", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [folder = "", target = ""] = [topFolder(from), topFolder(to)];
      const allowed = mayImport[folder] ?? [];
      return folder !== target && allowed !== "*" && !allowed.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  test("import nothing in a circle; a type that two files share is none", () => {
    expect(circles(imports.filter(({ isType }) => !isType))).toEqual([]);
  });

  test("import files that exist", () => {
    expect(imports.filter(({ to }) => !existsSync(join(root, to)))).toEqual([]);
  });

  test("keep the model free of Pulumi, files and the clock", () => {
    const impure = files
      .filter((file) => topFolder(relative(root, file)) === "model")
      .filter((file) =>
        /@pulumi\/|from "node:|Date\.now|new Date\(\)|Math\.random|performance\.now/.test(readFileSync(file, "utf8")),
      );
    expect(impure.map((file) => relative(root, file))).toEqual([]);
  });
});

function topFolder(path: string): string {
  return path.split(/[\\/]/)[0] ?? "";
}

function sourceFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes("node_modules") && !file.includes(`${join("test", "")}fixtures`));
}

/** Files that a source imports by a relative path, statically or lazily, and whether only for their types. */
function importedFiles(file: string): readonly { readonly target: string; readonly isType: boolean }[] {
  const source = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const statements = source.matchAll(
    /(?:\bimport( type)?\b[^;"]*?\bfrom\s+|\bexport[^;"]*?\bfrom\s+|\bimport\s+|\bimport\(\s*)"(\.{1,2}\/[^"]+)"/g,
  );
  return [...statements].map(([, type, specifier = ""]) => ({
    target: resolve(dirname(file), specifier),
    isType: type !== undefined,
  }));
}

/** Every file that can be reached from itself, each circle once, as a path. */
function circles(edges: readonly { readonly from: string; readonly to: string }[]): readonly string[] {
  const graph = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(" → "));
    if (at >= 0 || done.has(file)) return;
    for (const { to } of graph.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
