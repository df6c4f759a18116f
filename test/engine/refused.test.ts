import { beforeAll, describe, expect, test } from "vitest";
import type { Workspace } from "../../tools/sandbox/workspace.ts";
import { commands, testWorkspace } from "../support/engine.ts";

const region = {
  name: "weu",
  location: "westeurope",
  network: { mode: "create", addressSpace: ["10.60.0.0/20"] },
  egress: { via: "natGateway" },
  pools: [{ name: "staff", cloudPcCount: 100 }],
};
const environment = { profile: { kind: "entra" }, intuneLocation: "eu", protect: false, regions: [region] };
const hub = { name: "weu", location: "westeurope", network: { mode: "create", addressSpace: ["10.50.0.0/24"] } };

describe("a bad configuration", () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await testWorkspace();
  });

  test.each([
    {
      case: "a misspelt key",
      given: { ...environment, regions: [{ ...region, dsnServers: ["10.0.0.4"] }] },
      says: ['key "dsnServers" is not known; did you mean "dnsServers"?', "at regions[0].dsnServers"],
    },
    {
      case: "host bits",
      given: { ...environment, regions: [{ ...region, network: { mode: "create", addressSpace: ["10.60.0.4/20"] } }] },
      says: [
        'prefix "10.60.0.4/20" has host bits set; did you mean "10.60.0.0/20"?',
        "at regions[0].network.addressSpace[0]",
      ],
    },
    {
      case: "an overlap",
      given: { ...environment, hubs: [{ ...hub, network: { mode: "create", addressSpace: ["10.60.8.0/24"] } }] },
      says: ["10.60.8.0/24", "10.60.0.0/20", "overlap"],
    },
    {
      case: "a subnet that is too small",
      given: {
        ...environment,
        regions: [
          {
            ...region,
            pools: [{ name: "staff", cloudPcCount: 100, subnet: { mode: "create", addressPrefix: "10.60.0.0/26" } }],
          },
        ],
      },
      says: ["10.60.0.0/26", "100"],
    },
    {
      case: "an unknown region",
      given: { ...environment, regions: [{ ...region, location: "westeurop" }] },
      says: ['"westeurop"', 'did you mean "westeurope"?'],
    },
    {
      case: "no egress on a private subnet",
      given: { ...environment, regions: [{ ...region, egress: { via: "firewall" } }] },
      says: ["firewall", "hub"],
    },
    {
      case: "a secret that is not there",
      given: {
        ...environment,
        hubs: [
          {
            ...hub,
            vpn: {
              sites: [
                {
                  name: "hq",
                  gatewayIpAddress: "203.0.113.1",
                  addressPrefixes: ["192.168.0.0/24"],
                  sharedKeySecret: "missing",
                },
              ],
            },
          },
        ],
      },
      says: ["missing", "pulumi config set --secret"],
      keepSecretsUnset: true,
    },
    {
      case: "several at once, all of them told",
      given: {
        ...environment,
        regions: [
          { ...region, location: "nowhere", network: { mode: "create", addressSpace: ["10.60.0.4/20"] }, typo: 1 },
        ],
      },
      says: ['"nowhere"', '"10.60.0.4/20" has host bits set', '"typo"'],
    },
  ])(
    "with $case is refused with every problem, no stack trace and nothing deployed",
    async ({ given, says, keepSecretsUnset = false }) => {
      await workspace.prepareStack("bad", { "windows365-network:environment": given }, { secrets: !keepSecretsUnset });
      const { exitCode, output } = await workspace.pulumi(commands.up("bad"));
      expect(exitCode).not.toBe(0);
      expect(output).toContain("config windows365-network:environment is not valid");
      for (const part of says) expect(output).toContain(part);
      expect(output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
      expect(workspace.sandbox.azure.count()).toBe(0);
    },
  );
});
