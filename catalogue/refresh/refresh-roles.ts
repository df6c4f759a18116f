import { z } from "zod";
import type { CatalogueData } from "../schemas/catalogue-data.ts";
import { rolesSchema } from "../schemas/roles.ts";
import { type Change, compareLists, listDetails, type RefreshPlan } from "./change.ts";
import {
  byHand,
  parseJson,
  problemsAsText,
  Refusal,
  refuseDuplicates,
  refuseOlder,
  withoutByteOrderMark,
} from "./refusal.ts";

type Roles = CatalogueData["roles"];
type Role = Roles["roles"][number];

const source = "the list of built-in roles";
const sourceId = "azure-builtin-roles-2026";

/** Azure has several hundred built-in roles; a list with fewer is half of one. */
const rolesMin = 100;
const rolesMax = 5_000;

interface ListedRole {
  readonly name: string;
  readonly roleDefinitionId: string;
  /** Absent where the list does not give permissions. */
  readonly actions?: readonly string[];
}

const fromCommandLine = z.object({
  roleName: z.string(),
  name: z.guid(),
  permissions: z.array(z.object({ actions: z.array(z.string()) })),
});
const fromRest = z.object({
  name: z.guid(),
  properties: z.object({ roleName: z.string(), permissions: z.array(z.object({ actions: z.array(z.string()) })) }),
});

/**
 * Plans what the list of Azure built-in roles changes for the roles that the catalogue names.
 *
 * Understands the page's Markdown (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles), the output of
 * `az role definition list`, and the REST answer. Throws `Refusal` for anything that is not the whole list, for two roles of one
 * name, and for a role with another id than the catalogue's: Azure never gives a built-in role a new one.
 *
 * @param readOn - the day of the list
 */
export function refreshRoles(text: string, before: Roles, readOn: string): RefreshPlan {
  const listed = isRolesPage(text) ? fromMarkdown(text) : fromJson(text);
  if (listed.length < rolesMin) throw new Refusal(`${source} has ${listed.length} roles: too few to be the whole list`);
  if (listed.length > rolesMax) throw new Refusal(`${source} has ${listed.length} roles: too many to be the list`);
  refuseDuplicates(
    source,
    "role definitions",
    listed.map(({ roleDefinitionId }) => roleDefinitionId),
  );
  refuseDuplicates(
    source,
    "role names",
    listed.map(({ name }) => name.toLowerCase()),
  );
  const byName = new Map(listed.map((role) => [role.name.toLowerCase(), role]));
  const missing = before.assignments
    .map(({ role }) => before.roles.find(({ id }) => id === role))
    .filter((role) => role && !byName.has(role.name.toLowerCase()));
  if (missing.length > 0) {
    throw new Refusal(
      `${source} lacks ${missing.map((role) => `"${role?.name}"`).join(", ")}, which a connection needs`,
    );
  }
  refuseOtherIds(before.roles, byName);
  for (const role of before.roles) if (role.source === sourceId) refuseOlder(source, readOn, role.asOf);
  const roles = before.roles.map((role): Role => refreshed(role, byName.get(role.name.toLowerCase()), readOn));
  const content = { ...before, roles };
  const checked = rolesSchema.safeParse(content);
  if (!checked.success) throw new Refusal(`${source} is not valid\n${problemsAsText(checked.error)}`);
  return { file: "roles", content, changes: changesOf(before.roles, roles, byName) };
}

/** Whether the text is the documentation's Markdown; everything else is read as JSON. */
export function isRolesPage(text: string): boolean {
  return withoutByteOrderMark(text).trimStart().startsWith("---") || text.includes("](./built-in-roles");
}

function refuseOtherIds(roles: readonly Role[], byName: ReadonlyMap<string, ListedRole>): void {
  for (const { name, roleDefinitionId } of roles) {
    const listed = byName.get(name.toLowerCase());
    if (listed === undefined || listed.roleDefinitionId === roleDefinitionId) continue;
    throw new Refusal(
      `${source} gives role "${name}" the id "${listed.roleDefinitionId}", the catalogue "${roleDefinitionId}": ids of built-in roles do not change; ${byHand}`,
    );
  }
}

function fromJson(text: string): readonly ListedRole[] {
  const parsed = parseJson(text, source);
  const rows = typeof parsed === "object" && parsed !== null && "value" in parsed ? parsed.value : parsed;
  const shape = z.union([z.array(fromCommandLine), z.array(fromRest)]).safeParse(rows);
  if (!shape.success)
    throw new Refusal(`${source} has another shape than "az role definition list" or the REST answer`);
  return shape.data.map((role): ListedRole => {
    const { roleName, permissions } = "properties" in role ? role.properties : role;
    return {
      name: roleName,
      roleDefinitionId: role.name.toLowerCase(),
      actions: permissions.flatMap(({ actions }) => actions),
    };
  });
}

/** Rows of the page's tables: `> | [Name](link) | description | id |`. */
function fromMarkdown(text: string): readonly ListedRole[] {
  const row = /^>? ?\|.*?\[([^\]]+)\]\([^)]*\) \|.*\| ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) \|\s*$/gim;
  return [...text.matchAll(row)].map(([, name = "", id = ""]) => ({ name, roleDefinitionId: id.toLowerCase() }));
}

function refreshed(role: Role, listed: ListedRole | undefined, readOn: string): Role {
  if (listed === undefined) return role;
  const { actions } = listed;
  return {
    ...role,
    ...(role.actions && actions && { actions }),
    source: sourceId,
    asOf: readOn,
  };
}

function changesOf(
  before: readonly Role[],
  after: readonly Role[],
  listed: ReadonlyMap<string, ListedRole>,
): readonly Change[] {
  return after.flatMap((role, index): readonly Change[] => {
    const old = before[index];
    if (!listed.has(role.name.toLowerCase())) {
      return [
        {
          kind: "removed",
          what: `role "${role.name}"`,
          details: ["kept in the catalogue with its old date"],
          meaning: "assignments of this role can no longer be made",
        },
      ];
    }
    const { added, removed } = compareLists(old?.actions, role.actions);
    const details = listDetails("actions", old?.actions, role.actions);
    if (details.length === 0) return [];
    const meaning = `the service principal may do ${added.length} things more and ${removed.length} less`;
    return [{ kind: "changed", what: `role "${role.name}"`, details, meaning }];
  });
}
