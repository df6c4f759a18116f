import { describe, expect, test } from "vitest";
import type { Question } from "../../../sandbox/walker/packet.ts";
import { ref, resource, virtualNetwork } from "../../support/arm-resources.ts";
import { ask } from "./ask.ts";

const out: Question = { from: "10.0.0.4", to: "203.0.113.9", protocol: "Tcp", port: 443 };

describe("service endpoint policies", () => {
  const account = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/mine";
  const estate = (serviceResources: readonly string[]) => [
    virtualNetwork("vnet", ["10.0.0.0/16"], {
      default: {
        addressPrefix: "10.0.0.0/24",
        serviceEndpoints: [{ service: "Microsoft.Storage", locations: ["westeurope"] }],
        serviceEndpointPolicies: [ref("serviceEndpointPolicies", "policy")],
      },
    }),
    resource("serviceEndpointPolicies", "policy", {
      serviceEndpointPolicyDefinitions: [
        { name: "storage", properties: { service: "Microsoft.Storage", serviceResources } },
      ],
    }),
  ];
  const tables = {
    serviceTags: { "Storage.westeurope": ["198.51.100.0/24"] },
    dnsRecords: { "mine.blob.core.windows.net": ["198.51.100.9"], "yours.blob.core.windows.net": ["198.51.100.9"] },
  };

  test.each([
    {
      to: "mine.blob.core.windows.net",
      serviceResources: [account],
      verdict: "Allow",
      because: "the account is listed",
    },
    {
      to: "yours.blob.core.windows.net",
      serviceResources: [account],
      verdict: "Deny",
      because: "another account is not",
    },
    {
      to: "yours.blob.core.windows.net",
      serviceResources: ["/subscriptions/0"],
      verdict: "Unknown",
      because: "whose it is cannot be told",
    },
    { to: "198.51.100.9", serviceResources: [account], verdict: "Unknown", because: "an address names no account" },
  ])("$to: $verdict, $because", ({ to, serviceResources, verdict }) => {
    expect(ask({ ...tables, resources: estate(serviceResources) }, { ...out, to }).verdict).toBe(verdict);
  });
});
