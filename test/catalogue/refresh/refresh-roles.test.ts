import { describe, expect, test } from "vitest";
import { loadData } from "../../../catalogue/load-data.ts";
import { changesAsText } from "../../../catalogue/refresh/change.ts";
import { refreshRoles } from "../../../catalogue/refresh/refresh-roles.ts";

const before = loadData("roles");
const today = "2026-11-21";

interface MadeRole {
  roleName: string;
  name: string;
  permissions: { actions: string[] }[];
}

/** `az role definition list` in its documented shape, made by us: the catalogue's roles among 120 others. */
function madeRoles(plant: (roles: MadeRole[]) => MadeRole[] = (roles) => roles): readonly MadeRole[] {
  const ours = before.roles.map(({ name, roleDefinitionId, actions = ["*/read"] }) => ({
    roleName: name,
    name: roleDefinitionId,
    permissions: [{ actions: [...actions] }],
  }));
  const others = Array.from({ length: 120 }, (_, n) => ({
    roleName: `Made Role ${n}`,
    name: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    permissions: [{ actions: [] }],
  }));
  return plant([...ours, ...others]);
}

const json = (plant?: (roles: MadeRole[]) => MadeRole[]) => JSON.stringify(madeRoles(plant));
const rest = () =>
  JSON.stringify({
    value: madeRoles().map(({ roleName, name, permissions }) => ({ name, properties: { roleName, permissions } })),
  });
const markdown = () =>
  `---\ntitle: Azure built-in roles\n---\n${madeRoles()
    .map(
      ({ roleName, name }) =>
        `> | <a name='x'></a>[${roleName}](./built-in-roles/networking.md#x) | Does something. | ${name} |`,
    )
    .join("\n")}\n`;

describe("the same roles", () => {
  test.each([
    { form: "the output of az", text: json() },
    { form: "the REST answer", text: rest() },
    { form: "the page's Markdown", text: markdown() },
    { form: "a file that begins with a byte order mark", text: `\uFEFF${json()}` },
  ])("as $form change nothing", ({ text }) => {
    const plan = refreshRoles(text, before, today);
    expect(plan.changes).toEqual([]);
    expect(JSON.stringify(plan.content)).toContain(`"asOf":"${today}"`);
  });
});

test("a list older than the catalogue's is refused", () => {
  expect(() => refreshRoles(json(), before, "2025-01-01")).toThrow(
    "the list of built-in roles is of 2025-01-01, older than the catalogue's of 2026-09-10",
  );
});

test("a new action and a missing role are told in full", () => {
  const text = json((roles) =>
    roles
      .filter(({ roleName }) => roleName !== "Network Contributor")
      .map((role) => {
        if (role.roleName === "Windows 365 Network User")
          return {
            ...role,
            permissions: [
              { actions: [...(role.permissions[0]?.actions ?? []), "Microsoft.Network/virtualNetworks/made/action"] },
            ],
          };
        return role;
      }),
  );
  expect(changesAsText(refreshRoles(text, before, today))).toBe(`roles.json: 0 added, 1 removed, 1 changed
  ~ role "Windows 365 Network User"
      actions added: Microsoft.Network/virtualNetworks/made/action
      means: the service principal may do 1 things more and 0 less
  - role "Network Contributor"
      kept in the catalogue with its old date
      means: assignments of this role can no longer be made
`);
});

describe("what is not the whole list is refused", () => {
  test.each([
    { case: "truncated JSON", text: json().slice(0, 900), because: /is not complete JSON \(900 characters\)/ },
    { case: "a web page", text: "<html></html>", because: /answered a web page instead of JSON/ },
    { case: "an empty list", text: "[]", because: /has 0 roles: too few to be the whole list$/ },
    { case: "half a list", text: json((roles) => roles.slice(0, 60)), because: /has 60 roles: too few/ },
    {
      case: "a role twice",
      text: json((roles) => [...roles, ...roles.slice(0, 1)]),
      because: /gives role definitions acdd72a7-.* more than once$/,
    },
    {
      case: "50,000 roles",
      text: json((roles) => Array.from({ length: 50_000 }, () => roles[0]).flatMap((role) => role ?? [])),
      because: /has 50000 roles: too many/,
    },
    {
      case: "a list without a role that a connection needs",
      text: json((roles) => roles.filter(({ roleName }) => roleName !== "Windows 365 Network User")),
      because: /lacks "Windows 365 Network User", which a connection needs$/,
    },
    {
      case: "another shape",
      text: '{"roles":[]}',
      because: /has another shape than "az role definition list" or the REST answer$/,
    },
    {
      case: "another id of a role that the catalogue names",
      text: json((roles) =>
        roles.map((role) =>
          role.roleName === "Owner" ? { ...role, name: "00000000-0000-4000-8000-0000000000ff" } : role,
        ),
      ),
      because:
        /gives role "Owner" the id "00000000-0000-4000-8000-0000000000ff", the catalogue "8e3af657-.*": ids of built-in roles do not change; if Microsoft's page says the same, edit the data file by hand$/,
    },
    {
      case: "two roles of one name",
      text: json((roles) => [
        ...roles,
        { ...roles[0], roleName: "READER", name: "00000000-0000-4000-8000-0000000000ff", permissions: [] },
      ]),
      because: /gives role names reader more than once$/,
    },
    { case: "a page without tables", text: "---\ntitle: Azure built-in roles\n---\n", because: /has 0 roles: too few/ },
  ])("$case", ({ text, because }) => {
    expect(() => refreshRoles(text, before, today)).toThrow(because);
  });
});
