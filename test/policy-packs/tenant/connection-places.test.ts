import { describe, expect, test } from "vitest";
import { builtInRole } from "../../../catalogue/roles.ts";
import { unknown } from "../../../model/read.ts";
import {
  connectionSubscriptions,
  joinedDomains,
  networkInterfaceGroups,
} from "../../../policy-packs/tenant/connection-places.ts";
import { design } from "../design.ts";
import { connection } from "../tenant.ts";

const role = (id: string, scope: string) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/a`,
  name: "a",
  scope,
  principalId: "p",
  roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${builtInRole(id).roleDefinitionId}`,
});
const contributor = "windows365-network-interface-contributor";

describe("where Windows 365 works", () => {
  test("are the groups that connections name, and those on which its role is assigned, once each", () => {
    const judged = design({
      more: {
        azureNetworkConnections: [connection(), connection({ resourceGroupId: unknown("nobody knows") })],
        roleAssignments: [
          role(contributor, "/subscriptions/s/resourceGroups/RG-nic"),
          role(contributor, "/subscriptions/s/resourceGroups/rg-more"),
          role(contributor, "/subscriptions/s"),
          role("reader", "/subscriptions/s/resourceGroups/rg-other"),
        ],
      },
    });
    expect(networkInterfaceGroups(judged)).toEqual([
      "/subscriptions/s/resourceGroups/rg-nic",
      "/subscriptions/s/resourceGroups/rg-more",
    ]);
  });

  test("are the subscriptions of connections, networks and groups", () => {
    const named = connection({ subscriptionId: "A", resourceGroupId: "/subscriptions/b/resourceGroups/rg-nic" });
    expect(connectionSubscriptions(design({ more: { azureNetworkConnections: [named] } }))).toEqual(["a", "s", "b"]);
    expect(connectionSubscriptions(design())).toEqual(["s"]);
  });

  test("are the domains that connections and directories name, whatever their case", () => {
    const named = connection({ adDomainName: "Corp.example.com" });
    const directories = [{ domainName: "corp.EXAMPLE.com", dnsServers: [] }];
    const judged = design({ more: { azureNetworkConnections: [named, connection()] }, reference: { directories } });
    expect(joinedDomains(judged)).toEqual(["corp.example.com"]);
  });
});
