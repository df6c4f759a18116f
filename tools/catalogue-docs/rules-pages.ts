import {
  type DocumentedRule,
  documentedRules,
  notDocumented,
  type RuleTopic,
} from "../../catalogue/documented-rules.ts";
import { cited, code, escaped, type Page, table } from "./markdown.ts";

/** One page for each topic of documented rules. */
export function rulesPages(): readonly Page[] {
  return topics.map(rulesPage);
}

const topics: readonly { readonly topic: RuleTopic; readonly title: string }[] = [
  { topic: "subnet-requirements", title: "Network, subnet and resource group" },
  { topic: "network-semantics", title: "Routes, tags, security rules, egress, Azure Firewall" },
  { topic: "hybrid-connectivity", title: "Gateways and peerings" },
  { topic: "virtual-wan", title: "Virtual WAN" },
  { topic: "dns", title: "DNS" },
];

function rulesPage({ topic, title }: (typeof topics)[number]): Page {
  const cells = documentedRules(topic).map((row: DocumentedRule) => [
    row.basis ? `${row.statement} (derived)` : row.statement,
    row.value === undefined ? "" : code(JSON.stringify(row.value)),
    row.level,
    row.choice ? `${row.status}: [${row.choice.decision}](contradictions.md#${row.choice.contradiction})` : row.status,
    cited(row),
    code(row.id),
  ]);
  const missing = notDocumented(topic).map((text) => `- ${escaped(text)}\n`);
  const tail = missing.length > 0 ? `\n## Not documented\n\n${missing.join("")}` : "";
  return {
    file: `${topic}.md`,
    title,
    body: table(["rule", "figures", "level", "status", "source", "id"], cells) + tail,
  };
}
