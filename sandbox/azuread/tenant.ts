/**
 * The make-believe Entra tenant: who exists in it and who is signed in.
 * Real are only the application ids and names of Microsoft's own services; every other id is the sandbox's.
 */
export const tenant = {
  tenantId: "5a9db0c0-0000-4000-8000-0000000000aa",
  /** The subscription of a provider that names none. */
  defaultSubscriptionId: "5a9db0c0-0000-4000-8000-000000000001",
  /** Who deploys. */
  signedIn: {
    clientId: "5a9db0c0-0000-4000-8000-0000000000c1",
    objectId: "5a9db0c0-0000-4000-8000-0000000000c2",
  },
} as const;

/** A service principal of the tenant. */
export interface ServicePrincipal {
  /** Application id. */
  readonly clientId: string;
  /** Object id in this tenant; role assignments name it. */
  readonly objectId: string;
  readonly displayName: string;
}

/** Object id of the service principal of Windows 365 in this tenant. */
export const windows365ObjectId = "5a9db0c0-0000-4000-8000-000000000365";

/**
 * The service principals of the tenant. Windows 365 appears in a tenant with its first licence.
 * Source: https://learn.microsoft.com/windows-365/enterprise/requirements-network and the application list of first-party apps (read 2026-11-21).
 */
export const servicePrincipals: readonly ServicePrincipal[] = [
  {
    clientId: "0af06dc6-e4b5-4f28-818e-e78e62d137a5",
    objectId: windows365ObjectId,
    displayName: "Windows 365",
  },
  {
    clientId: "a4a365df-50f1-4397-bc59-1a1564b8bb9c",
    objectId: "5a9db0c0-0000-4000-8000-0000000000d1",
    displayName: "Microsoft Remote Desktop",
  },
  {
    clientId: "270efc09-cd0d-444b-a71f-39af4910ec45",
    objectId: "5a9db0c0-0000-4000-8000-0000000000d2",
    displayName: "Windows Cloud Login",
  },
  { clientId: tenant.signedIn.clientId, objectId: tenant.signedIn.objectId, displayName: "Sandbox deployment" },
];
