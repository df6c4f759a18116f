import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "..");

/** The page of every component, by file name below `docs/components`, made from the source's own documentation. */
export function componentPages(): ReadonlyMap<string, string> {
  const pages = readdirSync(join(root, "components"))
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const page = pageOf(join(root, "components", file));
      return page === undefined ? [] : [[`${basename(file, ".ts")}.md`, page] as const];
    });
  return new Map([...pages, ["README.md", indexPage(new Map(pages))]]);
}

function indexPage(pages: ReadonlyMap<string, string>): string {
  const rows = [...pages].map(([file, page]) => {
    const [, title = "", summary = ""] = /^# (\w+)\n\n([\s\S]*?)(?:\n\n|$)/.exec(page) ?? [];
    return `| [${title}](${file}) | ${summary.replaceAll("\n", " ")} |`;
  });
  return [
    "# Components",
    "",
    "Pulumi component resources in `components/`. These pages are generated from the source: `npm run generate`.",
    "",
    "| component | what it is |",
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** The page of the component that a file defines; undefined for a file without one. */
function pageOf(file: string): string | undefined {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const component = source.statements.filter(ts.isClassDeclaration).find(isComponent);
  const name = component?.name?.text;
  if (component === undefined || name === undefined) return undefined;
  const args = source.statements.filter(ts.isInterfaceDeclaration).find(({ name: { text } }) => text === `${name}Args`);
  const { description } = documentation(component);
  const [text = "", cost = ""] = description.split(/\n*(?=.*Cost to run:)/);
  const token = /super\("([^"]+)"/.exec(component.getText())?.[1] ?? "";
  return [
    `# ${name}`,
    "",
    text.trim(),
    "",
    `Token \`${token}\`, source \`components/${basename(file)}\`.`,
    "",
    "## Arguments",
    "",
    "| argument | type | default | meaning |",
    "| --- | --- | --- | --- |",
    ...[...(args?.members ?? [])].filter(ts.isPropertySignature).map(argumentRow),
    "",
    "## Outputs",
    "",
    ...outputs(component),
    "",
    "## What it costs to run",
    "",
    cost
      .replace(/^[\s\S]*?Cost to run: /, "")
      .trim()
      .replace(/^./, (letter) => letter.toUpperCase()),
    "",
    "Prices differ by region and date: https://azure.microsoft.com/pricing/calculator",
    "",
  ].join("\n");
}

function isComponent({ heritageClauses }: ts.ClassDeclaration): boolean {
  return heritageClauses?.some((clause) => clause.getText().includes("pulumi.ComponentResource")) ?? false;
}

function outputs(component: ts.ClassDeclaration): readonly string[] {
  const properties = component.members.filter(ts.isPropertyDeclaration);
  if (properties.length === 0) return ["None."];
  return [
    "| output | type | meaning |",
    "| --- | --- | --- |",
    ...properties.map((property) =>
      row([code(property.name.getText()), code(property.type?.getText() ?? ""), documentation(property).description]),
    ),
  ];
}

function argumentRow(member: ts.PropertySignature): string {
  const { description, byDefault } = documentation(member);
  const fallback = member.questionToken === undefined ? "required" : byDefault;
  return row([code(member.name.getText()), code(typeText(member.type)), fallback, description]);
}

/** The type without the noise that a reader of a table does not need. */
function typeText(type: ts.TypeNode | undefined): string {
  return (type?.getText() ?? "")
    .replaceAll(/\/\*\*[\s\S]*?\*\//g, "")
    .replaceAll(/\breadonly /g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function documentation(node: ts.Node): { readonly description: string; readonly byDefault: string } {
  const [jsDoc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tag = jsDoc?.tags?.find(({ tagName }) => tagName.text === "default");
  return {
    description: ts.getTextOfJSDocComment(jsDoc?.comment) ?? "",
    byDefault: (ts.getTextOfJSDocComment(tag?.comment) ?? "").replace(/^- /, ""),
  };
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("\n", " ").replaceAll("|", "\\|")).join(" | ")} |`;
}

if (import.meta.main) {
  const folder = join(root, "docs", "components");
  mkdirSync(folder, { recursive: true });
  for (const [file, page] of componentPages()) writeFileSync(join(folder, file), page);
}
