import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What somebody could call a resource so that a report runs, loads, links or mentions something. */
export const evilName = "<img src=x onerror=hacked=1>`**@admin** #1 [x](https://evil.example)|</details>\"'&lt;";

/** A network whose names are such, as arguments of the command. */
export function evilInput(folder: string): readonly string[] {
  const type = (kind: string) => `Microsoft.Network/${kind}`;
  const id = (kind: string, name: string) =>
    `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/${type(kind)}/${name}`;
  const subnet = {
    name: `snet ${evilName}`,
    properties: { addressPrefix: "10.0.0.0/24", defaultOutboundAccess: false },
  };
  const resources = [
    {
      type: type("virtualNetworks"),
      id: id("virtualNetworks", "vnet"),
      name: "vnet",
      location: `westeurope ${evilName}`,
      properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] }, subnets: [subnet] },
    },
  ];
  const file = join(folder, "evil.json");
  writeFileSync(file, JSON.stringify(resources));
  return ["--arm", file];
}
