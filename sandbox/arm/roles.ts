/**
 * Built-in role definitions the sandbox knows, by GUID.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles (as of 2026-11-21) (text of 2026-09-10).
 */
const builtInRoles: Readonly<Record<string, string>> = {
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
  "4d97b98b-1d4f-4787-a291-c67834d212e7": "Network Contributor",
  "1f135831-5bbe-4924-9016-264044c00788": "Windows 365 Network Interface Contributor",
  "7eabc9a4-85f7-4f71-b8ab-75daaccc1033": "Windows 365 Network User",
  "3d55a8f6-4133-418d-8051-facdb1735758": "Windows365SubscriptionReader",
};

/** The name of a built-in role; undefined if there is none with this GUID. */
export function builtInRole(guid: string): string | undefined {
  return builtInRoles[guid.toLowerCase()];
}
