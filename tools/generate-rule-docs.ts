import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { allRules } from "../policy-packs/all-rules.ts";
import { packNames, type Rule } from "../policy-packs/rule.ts";

const file = resolve(import.meta.dirname, "../docs/rules.md");

/** The index of all rules, `docs/rules.md`: a table for each pack, and the error types of Windows 365 that rules predict. */
export function rulesPage(): string {
  return [
    "# The rules",
    "",
    "Made from `policy-packs/*/rules/*.ts` by `npm run generate`; edit the rules, not this page.",
    "",
    `${allRules.length} rules say whether Cloud PCs will provision on a network and work there: in \`pulumi preview\` and \`up\`, and in [\`w365 check\`](check.md). Each has a page.`,
    "An error type is what Windows 365 would report in a health check. Those in *italics* are predicted only with facts read from the tenant.",
    ...packNames.flatMap((pack) =>
      packTable(
        pack,
        allRules.filter((rule) => rule.pack === pack),
      ),
    ),
    "",
    "## Error types that are predicted",
    "",
    "| error type | rules |",
    "|---|---|",
    ...errorTypeRows(allRules),
    "",
  ].join("\n");
}

function packTable(pack: string, rules: readonly Rule[]): readonly string[] {
  if (rules.length === 0) return [];
  return [
    "",
    `## Pack \`${pack}\``,
    "",
    "| rule | severity | holds when | error types |",
    "|---|---|---|---|",
    ...rules.map((rule) => {
      const { severity, description, errorTypes, tenantErrorTypes = [] } = rule;
      const types = [...errorTypes, ...tenantErrorTypes.map((type) => `*${type}*`)].join(", ");
      return `| ${link(rule)} | ${severity} | ${description} | ${types} |`;
    }),
  ];
}

function errorTypeRows(rules: readonly Rule[]): readonly string[] {
  const types = new Set(rules.flatMap(({ errorTypes, tenantErrorTypes = [] }) => [...errorTypes, ...tenantErrorTypes]));
  return [...types].sort().map((type) => {
    const fromDesign = rules.filter(({ errorTypes }) => errorTypes.includes(type)).map(link);
    const fromTenant = rules.filter(({ tenantErrorTypes = [] }) => tenantErrorTypes.includes(type));
    return `| ${type} | ${[...fromDesign, ...fromTenant.map((rule) => `*${link(rule)}*`)].join(", ")} |`;
  });
}

function link({ name, pack }: Rule): string {
  return `[${name}](../policy-packs/${pack}/docs/${name}.md)`;
}

/** Writes the page. With --check, says whether it is out of date. */
function main(check: boolean): void {
  if (!check) {
    writeFileSync(file, rulesPage());
  } else if (readFileSync(file, "utf8") !== rulesPage()) {
    process.stderr.write(`${file} is out of date: npm run generate\n`);
    process.exitCode = 1;
  }
}

if (import.meta.main) main(process.argv.includes("--check"));
