import { describe, expect, test } from "vitest";
import type { GraphLogEntry } from "../../sandbox/graph/graph-log.ts";
import {
  entraInputs,
  hybridInputs,
  resourceGroupId,
  subnetId,
  subscriptionId,
  virtualNetworkId,
} from "./support/connection-inputs.ts";
import { connectProvider, type ProviderClient } from "./support/provider-client.ts";

/** A request as a page of Microsoft's documents it; "{id}" stands for any id. */
interface DocumentedRequest {
  readonly page: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: object;
  /** The documented status of success. */
  readonly status: number;
}

const endpoint = "/v1.0/deviceManagement/virtualEndpoint";
const servicePrincipalId = "5a9db0c0-0000-4000-8000-0000000000d2";
const connectionBody = { subscriptionId, resourceGroupId, virtualNetworkId, subnetId, displayName: "anc-emea" };

/** Read on 2026-11-21, v1.0, below https://learn.microsoft.com/graph/api/. */
const documented: Readonly<Record<string, readonly DocumentedRequest[]>> = {
  "creating a connection with Entra join": [
    {
      page: "virtualendpoint-list-onpremisesconnections",
      method: "GET",
      path: `${endpoint}/onPremisesConnections`,
      query: "$select=id,displayName",
      status: 200,
    },
    {
      page: "virtualendpoint-post-onpremisesconnections",
      method: "POST",
      path: `${endpoint}/onPremisesConnections`,
      body: {
        "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection",
        ...connectionBody,
        connectionType: "azureADJoin",
      },
      status: 201,
    },
    {
      page: "cloudpconpremisesconnection-get",
      method: "GET",
      path: `${endpoint}/onPremisesConnections/{id}`,
      status: 200,
    },
  ],
  "creating a connection with hybrid join": [
    {
      page: "virtualendpoint-list-onpremisesconnections",
      method: "GET",
      path: `${endpoint}/onPremisesConnections`,
      query: "$select=id,displayName",
      status: 200,
    },
    {
      page: "virtualendpoint-post-onpremisesconnections",
      method: "POST",
      path: `${endpoint}/onPremisesConnections`,
      body: {
        "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection",
        ...connectionBody,
        connectionType: "hybridAzureADJoin",
        adDomainName: "corp.contoso.com",
        adDomainUsername: "join@corp.contoso.com",
        adDomainPassword: "[redacted]",
        organizationalUnit: "OU=Cloud PCs,DC=corp,DC=contoso,DC=com",
      },
      status: 201,
    },
    {
      page: "cloudpconpremisesconnection-get",
      method: "GET",
      path: `${endpoint}/onPremisesConnections/{id}`,
      status: 200,
    },
  ],
  "renaming a connection": [
    {
      page: "cloudpconpremisesconnection-update",
      method: "PATCH",
      path: `${endpoint}/onPremisesConnections/{id}`,
      body: { "@odata.type": "#microsoft.graph.cloudPcOnPremisesConnection", displayName: "renamed" },
      status: 200,
    },
    {
      page: "cloudpconpremisesconnection-get",
      method: "GET",
      path: `${endpoint}/onPremisesConnections/{id}`,
      status: 200,
    },
  ],
  "rotating a password": [
    {
      page: "cloudpconpremisesconnection-updateaddomainpassword",
      method: "POST",
      path: `${endpoint}/onPremisesConnections/{id}/updateAdDomainPassword`,
      body: { adDomainPassword: "[redacted]" },
      status: 204,
    },
    {
      page: "cloudpconpremisesconnection-get",
      method: "GET",
      path: `${endpoint}/onPremisesConnections/{id}`,
      status: 200,
    },
  ],
  "waiting for health that had failed": [
    {
      page: "cloudpconpremisesconnection-get",
      method: "GET",
      path: `${endpoint}/onPremisesConnections/{id}`,
      query: "$select=id,displayName,healthCheckStatus,healthCheckStatusDetail,healthCheckPaused",
      status: 200,
    },
    {
      page: "cloudpconpremisesconnection-runhealthcheck",
      method: "POST",
      path: `${endpoint}/onPremisesConnections/{id}/runHealthChecks`,
      status: 204,
    },
  ],
  "removing a connection": [
    {
      page: "cloudpconpremisesconnection-get",
      method: "GET",
      path: `${endpoint}/onPremisesConnections/{id}`,
      query: "$select=id,displayName,inUse,inUseByCloudPc",
      status: 200,
    },
    {
      page: "cloudpconpremisesconnection-delete",
      method: "DELETE",
      path: `${endpoint}/onPremisesConnections/{id}`,
      status: 204,
    },
    {
      page: "cloudpconpremisesconnection-get",
      method: "GET",
      path: `${endpoint}/onPremisesConnections/{id}`,
      status: 404,
    },
  ],
  "creating a provisioning policy": [
    {
      page: "virtualendpoint-post-provisioningpolicies",
      method: "POST",
      path: `${endpoint}/provisioningPolicies`,
      body: {
        "@odata.type": "#microsoft.graph.cloudPcProvisioningPolicy",
        displayName: "EMEA",
        description: "Cloud PCs of EMEA",
        imageId: "MicrosoftWindowsDesktop_windows-ent-cpc_win11-24h2-ent-cpc",
        imageType: "gallery",
        imageDisplayName: "Windows 11 Enterprise",
        enableSingleSignOn: true,
        domainJoinConfigurations: [{ domainJoinType: "azureADJoin", regionName: "westeurope" }],
        windowsSetting: { locale: "en-US" },
        provisioningType: "dedicated",
      },
      status: 201,
    },
    {
      page: "cloudpcprovisioningpolicy-get",
      method: "GET",
      path: `${endpoint}/provisioningPolicies/{id}`,
      query: "$select=id",
      status: 200,
    },
    {
      page: "cloudpcprovisioningpolicy-assign",
      method: "POST",
      path: `${endpoint}/provisioningPolicies/{id}/assign`,
      body: {
        assignments: [
          { target: { "@odata.type": "microsoft.graph.cloudPcManagementGroupAssignmentTarget", groupId: "group-1" } },
        ],
      },
      status: 204,
    },
  ],
  "changing a provisioning policy": [
    {
      page: "cloudpcprovisioningpolicy-update",
      method: "PATCH",
      path: `${endpoint}/provisioningPolicies/{id}`,
      body: {
        "@odata.type": "#microsoft.graph.cloudPcProvisioningPolicy",
        displayName: "HR",
        description: "HR employees",
      },
      status: 204,
    },
  ],
  "removing a provisioning policy": [
    {
      page: "cloudpcprovisioningpolicy-get",
      method: "GET",
      path: `${endpoint}/provisioningPolicies/{id}`,
      query: "$expand=assignments",
      status: 200,
    },
    {
      page: "cloudpcprovisioningpolicy-delete",
      method: "DELETE",
      path: `${endpoint}/provisioningPolicies/{id}`,
      status: 204,
    },
  ],
  "creating a user setting": [
    {
      page: "virtualendpoint-post-usersettings",
      method: "POST",
      path: `${endpoint}/userSettings`,
      body: {
        "@odata.type": "#microsoft.graph.cloudPcUserSetting",
        displayName: "Example",
        localAdminEnabled: true,
        restorePointSetting: { frequencyType: "sixteenHours", userRestoreEnabled: true },
      },
      status: 201,
    },
    {
      page: "cloudpcusersetting-get",
      method: "GET",
      path: `${endpoint}/userSettings/{id}`,
      query: "$select=id",
      status: 200,
    },
    {
      page: "cloudpcusersetting-assign",
      method: "POST",
      path: `${endpoint}/userSettings/{id}/assign`,
      body: {
        assignments: [
          { target: { "@odata.type": "microsoft.graph.cloudPcManagementGroupAssignmentTarget", groupId: "group-1" } },
        ],
      },
      status: 204,
    },
  ],
  "switching single sign-on on": [
    {
      page: "remotedesktopsecurityconfiguration-get",
      method: "GET",
      path: "/v1.0/servicePrincipals/{id}/remoteDesktopSecurityConfiguration",
      status: 404,
    },
    {
      page: "remotedesktopsecurityconfiguration-update",
      method: "PATCH",
      path: "/v1.0/servicePrincipals/{id}/remoteDesktopSecurityConfiguration",
      body: {
        "@odata.type": "#microsoft.graph.remoteDesktopSecurityConfiguration",
        isRemoteDesktopProtocolEnabled: true,
      },
      status: 200,
    },
    {
      page: "remotedesktopsecurityconfiguration-post-targetdevicegroups",
      method: "POST",
      path: "/v1.0/servicePrincipals/{id}/remoteDesktopSecurityConfiguration/targetDeviceGroups",
      body: { "@odata.type": "#microsoft.graph.targetDeviceGroup", id: "group-1", displayName: "Device Group A" },
      status: 201,
    },
  ],
  "enabling passkeys": [
    {
      page: "fido2authenticationmethodconfiguration-get",
      method: "GET",
      path: "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2",
      status: 200,
    },
    {
      page: "fido2authenticationmethodconfiguration-update",
      method: "PATCH",
      path: "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2",
      body: {
        "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
        state: "enabled",
        isAttestationEnforced: true,
      },
      status: 204,
    },
  ],
};

const policy = {
  displayName: "EMEA",
  description: "Cloud PCs of EMEA",
  imageId: "MicrosoftWindowsDesktop_windows-ent-cpc_win11-24h2-ent-cpc",
  imageType: "gallery",
  imageDisplayName: "Windows 11 Enterprise",
  enableSingleSignOn: true,
  domainJoinConfigurations: [{ domainJoinType: "azureADJoin", regionName: "westeurope" }],
  windowsSetting: { locale: "en-US" },
  provisioningType: "dedicated",
};

/** What the provider is asked to do; what comes before `begin` is not compared. */
const actions: Readonly<Record<string, (client: ProviderClient, begin: () => void) => Promise<unknown>>> = {
  "creating a connection with Entra join": (client, begin) => make(client, entraInputs, begin),
  "creating a connection with hybrid join": (client, begin) => make(client, hybridInputs(), begin),
  "renaming a connection": async (client, begin) => {
    const { id, inputs: oldInputs } = await make(client, entraInputs);
    begin();
    await client.update("AzureNetworkConnection", { id, oldInputs, inputs: { ...oldInputs, displayName: "renamed" } });
  },
  "rotating a password": async (client, begin) => {
    const { id, inputs: oldInputs } = await make(client, hybridInputs());
    const { inputs } = await client.check("AzureNetworkConnection", hybridInputs("second"), oldInputs);
    begin();
    await client.update("AzureNetworkConnection", { id, oldInputs, inputs });
  },
  "waiting for health that had failed": async (client, begin) => {
    const { id } = await make(client, entraInputs);
    await expect.poll(() => client.sandbox.graph.connections()[0]?.healthCheckStatus).toBe("failed");
    begin();
    await client.create("AzureNetworkConnectionHealth", { connectionId: id }).catch(() => undefined);
  },
  "removing a connection": async (client, begin) => {
    const { id } = await make(client, entraInputs);
    begin();
    await client.delete("AzureNetworkConnection", id);
  },
  "creating a provisioning policy": async (client, begin) => {
    begin();
    await client.create("CloudPcProvisioningPolicy", { ...policy, groupIds: ["group-1"] });
  },
  "changing a provisioning policy": async (client, begin) => {
    const { id } = await client.create("CloudPcProvisioningPolicy", policy);
    begin();
    const inputs = { ...policy, displayName: "HR", description: "HR employees" };
    await client.update("CloudPcProvisioningPolicy", { id, inputs, oldInputs: policy });
  },
  "removing a provisioning policy": async (client, begin) => {
    const { id } = await client.create("CloudPcProvisioningPolicy", policy);
    begin();
    await client.delete("CloudPcProvisioningPolicy", id);
  },
  "creating a user setting": async (client, begin) => {
    begin();
    const restorePointSetting = { frequencyType: "sixteenHours", userRestoreEnabled: true };
    const inputs = { displayName: "Example", localAdminEnabled: true, restorePointSetting, groupIds: ["group-1"] };
    await client.create("CloudPcUserSetting", inputs);
  },
  "switching single sign-on on": async (client, begin) => {
    begin();
    const targetDeviceGroups = [{ id: "group-1", displayName: "Device Group A" }];
    const inputs = { servicePrincipalId, isRemoteDesktopProtocolEnabled: true, targetDeviceGroups };
    await client.create("RemoteDesktopSecurityConfiguration", inputs);
  },
  "enabling passkeys": async (client, begin) => {
    begin();
    await client.create("AuthenticationMethodFido2", { state: "enabled", isAttestationEnforced: true });
  },
};

describe("the requests to Graph are the documented ones", () => {
  test.each(Object.keys(documented))("%s", async (name) => {
    const client = await connectProvider();
    let from = 0;
    await actions[name]?.(client, () => {
      from = client.sandbox.graph.requests.length;
    });
    const wanted = documented[name] ?? [];
    // Waiting repeats its look.
    const sent = client.sandbox.graph.requests.slice(from, from + wanted.length).map(asDocumented);
    expect(sent).toEqual(wanted.map(({ page: _, ...request }) => request));
  });

  test("every action has its requests written out, and the other way round", () => {
    expect(Object.keys(actions)).toEqual(Object.keys(documented));
  });
});

async function make(client: ProviderClient, news: typeof entraInputs, begin: () => void = () => undefined) {
  const { inputs } = await client.check("AzureNetworkConnection", news);
  begin();
  return { inputs, ...(await client.create("AzureNetworkConnection", inputs)) };
}

function asDocumented({ method, path, query, body, status }: GraphLogEntry): Omit<DocumentedRequest, "page"> {
  return {
    method,
    path: path.replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/, "/{id}"),
    ...(query !== "" && { query: decodeURIComponent(query) }),
    ...(body && { body }),
    status,
  };
}
