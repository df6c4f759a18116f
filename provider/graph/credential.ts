import type { TokenCredential } from "@azure/identity";
import type { GraphEndpoint } from "./graph-endpoint.ts";
import type { ProviderConfig } from "./provider-config.ts";

/** Who signs in, and where what a person must do is said. */
export interface CredentialOptions {
  readonly config: ProviderConfig;
  readonly endpoint: GraphEndpoint;
  /** Told how to enter the code of a device sign-in. */
  readonly prompt: (message: string) => void;
}

/**
 * Makes the credential that the configuration asks for, by `@azure/identity`, which is loaded only then. Exactly the one that is
 * named: a chain of guesses would sign in as somebody nobody meant. Throws for a stand-in on this machine, which gets no real token.
 */
export async function createCredential({ config, endpoint, prompt }: CredentialOptions): Promise<TokenCredential> {
  if (config.token !== undefined) return givenToken(config.token);
  const { authorityHost } = endpoint;
  if (authorityHost === undefined) {
    throw new Error(
      `endpoint "${endpoint.origin}" is this machine and gets no real token; set "token", or WINDOWS365_GRAPH_TOKEN, to one of the sandbox`,
    );
  }
  const identity = await import("@azure/identity");
  const { tenantId, clientId } = config;
  const options = { authorityHost, ...(tenantId !== undefined && { tenantId }) };
  const client = clientId === undefined ? {} : { clientId };
  switch (config.authentication) {
    case "azureCli":
      return new identity.AzureCliCredential(options);
    case "deviceCode":
      return new identity.DeviceCodeCredential({
        ...options,
        ...client,
        userPromptCallback: ({ message }) => prompt(message),
      });
    case "workloadIdentity":
      return new identity.WorkloadIdentityCredential({ ...options, ...client });
    case "managedIdentity":
      return new identity.ManagedIdentityCredential({ ...client });
    case "environment":
      return new identity.EnvironmentCredential(options);
  }
}

/** A token that somebody else got. How long it lasts is not looked at: Graph says when it is over. */
function givenToken(token: string): TokenCredential {
  return { getToken: async () => ({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
}
