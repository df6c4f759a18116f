import { contradictions } from "../../catalogue/contradictions.ts";
import { allEndpoints } from "../../catalogue/endpoints.ts";
import { features } from "../../catalogue/features.ts";
import { loadData } from "../../catalogue/load-data.ts";
import { cited, code, escaped, type Page, statementTable, table } from "./markdown.ts";

/** The pages of everything that is neither an endpoint nor a rule. */
export function referencePages(): readonly Page[] {
  return [
    regionsPage(),
    rolesPage(),
    healthChecksPage(),
    connectionPage(),
    identityPage(),
    domainControllersPage(),
    tagsPage(),
    featuresPage(),
    policiesPage(),
    limitsPage(),
    agentsPage(),
    contradictionsPage(),
    sourcesPage(),
  ];
}

function regionsPage(): Page {
  const { regions, statements } = loadData("regions");
  const cells = regions.map((row) => [
    row.displayName,
    code(row.id),
    row.geography,
    row.support,
    row.gpu,
    row.status,
    cited(row),
  ]);
  const body = table(["region", "ARM name", "geography", "Cloud PCs", "GPU", "status", "source"], cells);
  return { file: "regions.md", title: "Regions", body: `${body}\n${statementTable(statements)}` };
}

function rolesPage(): Page {
  const { assignments, roles, applications, entraRoles, graphPermissions, statements } = loadData("roles");
  const parts = [
    "## What Windows 365 needs\n",
    table(
      ["scope", "role", "error without it", "source"],
      assignments.map((row) => [row.scope, row.role, code(row.errorType), cited(row)]),
    ),
    "## Azure roles\n",
    table(
      ["role", "definition id", "status", "source"],
      roles.map((row) => [row.name, code(row.roleDefinitionId), row.status, cited(row)]),
    ),
    "## Applications\n",
    table(
      ["application", "id", "for", "source"],
      applications.map((row) => [row.name, code(row.applicationId), row.use, cited(row)]),
    ),
    "## Entra roles\n",
    table(
      ["role", "template id", "for", "source"],
      entraRoles.map((row) => [row.name, code(row.templateId), row.use, cited(row)]),
    ),
    "## Graph permissions\n",
    table(
      ["use", "delegated", "application", "source"],
      graphPermissions.map((row) => [
        row.use,
        row.delegated.join(", "),
        row.application.join(", ") || "not supported",
        cited(row),
      ]),
    ),
    statementTable(statements),
  ];
  return { file: "roles.md", title: "Roles, applications and permissions", body: parts.join("\n") };
}

function healthChecksPage(): Page {
  const { checks, errorTypes, statements } = loadData("health-checks");
  const parts = [
    table(
      ["health check", "id", "join types", "verifies", "at worst", "source"],
      checks.map((row) => [
        row.name,
        code(row.id),
        row.joinTypes.join(", "),
        row.verifies,
        row.worstStatus,
        cited(row),
      ]),
    ),
    "## Error types\n",
    table(
      ["error type", "health check", "means", "severity", "source"],
      errorTypes.map((row) => [code(row.id), code(row.check), row.meaning, row.severity, cited(row)]),
    ),
    statementTable(statements),
  ];
  return { file: "health-checks.md", title: "Health checks and error types", body: parts.join("\n") };
}

function connectionPage(): Page {
  const { properties, operations, healthCheckStatuses, limits, statements } = loadData("anc");
  const parts = [
    table(
      ["property", "type", "at creation", "note", "source"],
      properties.map((row) => [code(row.id), row.type, row.create, row.note, cited(row)]),
    ),
    "## Operations\n",
    table(
      ["operation", "request", "delegated", "application", "source"],
      operations.map((row) => [
        row.id,
        code(`${row.method} ${row.path}`),
        row.delegated.join(", "),
        row.application.join(", ") || "not supported",
        cited(row),
      ]),
    ),
    "## Statuses and limits\n",
    table(
      ["status", "portal", "can provision", "source"],
      healthCheckStatuses.map((row) => [row.id, row.portal, row.usableForProvisioning ? "yes" : "no", cited(row)]),
    ),
    table(
      ["limit", "value", "source"],
      limits.map((row) => [row.id, String(row.value), cited(row)]),
    ),
    statementTable(statements),
  ];
  return { file: "connection.md", title: "The Azure network connection", body: parts.join("\n") };
}

function identityPage(): Page {
  const { identityTypes, conditionalAccessTargets, singleSignOnSteps, statements } = loadData("identity");
  const parts = [
    table(
      ["identity", "support", "source"],
      identityTypes.map((row) => [row.id, row.support, cited(row)]),
    ),
    "## Conditional Access\n",
    table(
      ["application", "when", "source"],
      conditionalAccessTargets.map((row) => [row.application, row.when, cited(row)]),
    ),
    "## Single sign-on\n",
    table(
      ["step", "what", "request", "source"],
      singleSignOnSteps.map((row) => [String(row.order), row.step, row.request && code(row.request), cited(row)]),
    ),
    statementTable(statements),
  ];
  return { file: "identity.md", title: "Identity, Conditional Access, single sign-on", body: parts.join("\n") };
}

function domainControllersPage(): Page {
  const { flows, statements } = loadData("domain-controllers");
  const cells = flows.map((row) => [
    row.protocol,
    row.ports.join(", "),
    row.purpose,
    row.requirement,
    row.status,
    cited(row),
  ]);
  const body = table(["protocol", "ports", "for", "requirement", "status", "source"], cells);
  return { file: "domain-controllers.md", title: "Domain controllers", body: `${body}\n${statementTable(statements)}` };
}

function tagsPage(): Page {
  const { serviceTags, statements } = loadData("service-tags");
  const pinned = loadData("service-tag-prefixes");
  const parts = [
    `Prefixes are pinned from change number ${pinned.changeNumber} of the Service Tags file (${pinned.asOf}).\n`,
    table(
      ["service tag", "for", "usable in", "prefixes pinned", "source"],
      serviceTags.map((row) => [
        code(row.id),
        row.purpose,
        row.usableIn.join(", "),
        row.pinned ? "yes" : "no",
        cited(row),
      ]),
    ),
    "## FQDN tags of Azure Firewall\n",
    table(
      ["FQDN tag", "covers", "not", "source"],
      loadData("fqdn-tags").fqdnTags.map((row) => [code(row.id), row.covers, row.excludes, cited(row)]),
    ),
    statementTable(statements),
  ];
  return { file: "tags.md", title: "Service tags and FQDN tags", body: parts.join("\n") };
}

function featuresPage(): Page {
  const count = (id: string) => String(allEndpoints().filter(({ when }) => when.features?.includes(id)).length);
  const cells = features().map((row) => [code(row.id), row.title, row.clouds.join(", "), count(row.id), cited(row)]);
  return {
    file: "features.md",
    title: "Optional features",
    body: table(["feature", "endpoints of", "clouds", "rows", "source"], cells),
  };
}

function policiesPage(): Page {
  const cells = loadData("azure-policies").policies.map((row) => [
    row.name,
    code(row.id),
    row.impact,
    row.advice,
    cited(row),
  ]);
  return {
    file: "azure-policies.md",
    title: "Azure Policies around a connection",
    body: table(["policy", "definition", "impact", "advice", "source"], cells),
  };
}

function limitsPage(): Page {
  const cells = loadData("azure-limits").limits.map((row) => [
    row.resource,
    row.rule,
    row.value === undefined ? row.note : code(JSON.stringify(row.value)),
    row.previous && `before: ${code(JSON.stringify(row.previous.value))}`,
    cited(row),
  ]);
  return {
    file: "azure-limits.md",
    title: "Limits and names of Azure",
    body: table(["resource", "rule", "value", "older value", "source"], cells),
  };
}

function agentsPage(): Page {
  const data = loadData("agents");
  const missing = data.notDocumented.map((text) => `- ${escaped(text)}\n`).join("");
  return {
    file: "agents.md",
    title: "Cloud PCs for agents",
    body: `${statementTable(data.statements)}\n## Not documented\n\n${missing}`,
  };
}

function contradictionsPage(): Page {
  const body = contradictions().map(({ id, topic, claims, decision, reason, comparedOn }) => {
    const list = claims.map((claim) => `- ${escaped(claim.claim)} (${cited(claim)})\n`).join("");
    return `<a id="${id}"></a>\n\n## ${escaped(topic)}\n\n${list}\nUsed: **${escaped(decision)}**, because ${escaped(reason)}. Compared on ${comparedOn}.\n`;
  });
  return { file: "contradictions.md", title: "Contradictions and choices", body: body.join("\n") };
}

function sourcesPage(): Page {
  const cells = loadData("sources").sources.map((row) => [
    code(row.id),
    row.url ? `[${row.title}](${row.url})` : row.title,
    row.dating ? `about ${row.asOf}` : row.asOf,
    row.read,
    row.tier,
  ]);
  return { file: "sources.md", title: "Sources", body: table(["id", "source", "dated", "read", "kind"], cells) };
}
