import { describe, expect, test } from "vitest";
import { fixture, readGood } from "./read.ts";

const reading = readGood(fixture("every-type.json"));
const { estate } = reading;
const subscription = "/subscriptions/00000000-0000-0000-0000-000000000001";
const group = `${subscription}/resourceGroups/rg-net`;
const id = (path: string) => `${group}/providers/Microsoft.Network/${path}`;
const place = expect.objectContaining({ file: "every-type.json" });

/** A resource with its envelope, of which the values are given. */
const child = (path: string) => ({ id: id(path), name: path.slice(path.lastIndexOf("/") + 1), place });
const resource = (path: string, location = "westeurope") => ({ ...child(path), location });

describe("names and governance", () => {
  test("names", () => {
    expect(estate.dnsResolvers).toEqual([
      {
        ...resource("dnsResolvers/dnspr"),
        virtualNetworkId: id("virtualNetworks/vnet-hub"),
        inboundEndpoints: [
          {
            ...child("dnsResolvers/dnspr/inboundEndpoints/in"),
            subnetId: id("virtualNetworks/vnet-hub/subnets/snet-in"),
            privateIpAddress: 0x0a0a0304,
          },
        ],
        outboundEndpoints: [
          {
            ...child("dnsResolvers/dnspr/outboundEndpoints/out"),
            subnetId: id("virtualNetworks/vnet-hub/subnets/snet-out"),
          },
        ],
      },
    ]);
    expect(estate.dnsForwardingRulesets).toEqual([
      {
        ...resource("dnsForwardingRulesets/dnsfrs"),
        outboundEndpointIds: [id("dnsResolvers/dnspr/outboundEndpoints/out")],
        forwardingRules: [
          {
            name: "corp",
            domainName: "corp.example.com.",
            forwardingRuleState: "Enabled",
            targetDnsServers: [{ ipAddress: 0xc0a8000a, port: 53 }],
          },
        ],
        virtualNetworkIds: [id("virtualNetworks/vnet-spoke")],
      },
    ]);
    expect(estate.privateDnsZones).toEqual([
      {
        ...resource("privateDnsZones/privatelink.example.com", "global"),
        virtualNetworkLinks: [
          {
            ...resource("privateDnsZones/privatelink.example.com/virtualNetworkLinks/spoke", "global"),
            virtualNetworkId: id("virtualNetworks/vnet-spoke"),
            registrationEnabled: false,
            resolutionPolicy: "NxDomainRedirect",
          },
        ],
        recordSets: [
          { name: "store", type: "A", addresses: [0x0a140214] },
          { name: "alias", type: "CNAME", addresses: [], cname: "store.example.com" },
        ],
      },
    ]);
    expect(estate.privateEndpoints).toEqual([
      {
        ...resource("privateEndpoints/pe-store"),
        subnetId: id("virtualNetworks/vnet-spoke/subnets/snet-web"),
        networkInterfaceIds: [id("networkInterfaces/nic-pe")],
        privateLinkServiceIds: [`${group}/providers/Microsoft.Storage/storageAccounts/store`],
        groupIds: ["blob"],
        ipAddresses: [0x0a140214],
        fqdns: ["store.example.com"],
        privateDnsZoneIds: [id("privateDnsZones/privatelink.example.com")],
      },
    ]);
  });

  test("governance, with scopes from the properties or from the id", () => {
    expect(estate.roleAssignments[0]).toMatchObject({
      scope: group,
      principalId: "22222222-2222-2222-2222-222222222222",
      principalType: "ServicePrincipal",
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/33333333-3333-3333-3333-333333333333`,
    });
    expect(estate.locks[0]).toMatchObject({
      name: "keep",
      scope: id("virtualNetworks/vnet-spoke"),
      level: "CanNotDelete",
    });
    expect(estate.policyAssignments[0]).toMatchObject({
      scope: subscription,
      notScopes: [group],
      policyDefinitionId: `${subscription}/providers/Microsoft.Authorization/policyDefinitions/no-nic`,
      parameters: { effect: { value: "Deny" } },
      enforcementMode: "Default",
    });
    // In an answer of the REST API nothing is an expression of a template.
    const [definition] = estate.policyDefinitions;
    expect(definition).toMatchObject({ mode: "All", parameters: { effect: { type: "String" } } });
    expect(JSON.stringify(definition?.policyRule)).toBe(
      '{"if":{"field":"type","equals":"Microsoft.Network/networkInterfaces"},"then":{"effect":"[parameters(\'effect\')]"}}',
    );
    expect(estate.policySetDefinitions[0]?.policyDefinitions).toMatchObject([
      { policyDefinitionReferenceId: "r1", parameters: { effect: { value: "Audit" } } },
    ]);
    expect(estate.policyExemptions[0]).toMatchObject({
      scope: group,
      policyAssignmentId: `${subscription}/providers/Microsoft.Authorization/policyAssignments/deny-nic`,
      policyDefinitionReferenceIds: ["r1"],
      expiresOn: "2027-01-01T00:00:00Z",
    });
    expect(estate.resourceGroups).toEqual([{ id: group, name: "rg-net", location: "westeurope", place }]);
  });

  test("Windows 365 connection in Graph's form", () => {
    expect(estate.azureNetworkConnections).toEqual([
      {
        id: "44444444-4444-4444-4444-444444444444",
        displayName: "anc-weu",
        connectionType: "hybridAzureADJoin",
        subscriptionId: "00000000-0000-0000-0000-000000000001",
        resourceGroupId: group,
        virtualNetworkId: id("virtualNetworks/vnet-spoke"),
        subnetId: id("virtualNetworks/vnet-spoke/subnets/snet-cloudpc"),
        virtualNetworkLocation: "westeurope",
        adDomainName: "corp.example.com",
        adDomainUsername: "join@corp.example.com",
        organizationalUnit: "OU=CloudPC,DC=corp,DC=example,DC=com",
        healthCheckStatus: "passed",
      },
    ]);
  });
});
