import { describe, expect, test } from "vitest";
import { noReferenceData } from "../../../model/reference-data.ts";
import { networkOf } from "../../../model/topology/network.ts";
import { secretsNotInClear } from "../../../policy-packs/identity/rules/secrets-not-in-clear.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import { readArmInput } from "../../../readers/arm-input.ts";

const secret = "correct horse battery staple";

describe("secrets-not-in-clear", () => {
  test.each([
    {
      case: "the password of the account that joins a domain",
      resource: { id: "c1", displayName: "weu", subnetId: "x", adDomainPassword: secret },
      message: 'adDomainPassword of "weu" stands in clear in the file; whoever has the file has the secret',
    },
    {
      case: "the shared key of a VPN connection",
      resource: vpnConnection(secret),
      message: 'sharedKey of "to-berlin" stands in clear in the file; whoever has the file has the secret',
    },
    {
      case: "the password of a machine in a template",
      resource: {
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        resources: [
          {
            type: "Microsoft.Compute/virtualMachines",
            name: "dns",
            properties: { osProfile: { adminUsername: "admin", adminPassword: secret } },
          },
        ],
      },
      message: 'adminPassword of "dns" stands in clear in the file; whoever has the file has the secret',
    },
  ])("finds $case, and never says what it is", ({ resource, message }) => {
    const findings = findingsIn(resource);
    expect(findings.map((finding) => finding.message)).toEqual([message]);
    expect(findings[0]?.place).toMatchObject({ file: "a.json" });
    expect(findings[0]?.remedy).toContain("change the secret itself");
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  test.each([
    { case: "a mask", resource: vpnConnection("********") },
    { case: "a stand-in", resource: vpnConnection("<shared key>") },
    {
      case: "a secure parameter",
      resource: {
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        parameters: { key: { type: "securestring" } },
        resources: [
          { type: "Microsoft.Network/connections", name: "vpn", properties: { sharedKey: "[parameters('key')]" } },
        ],
      },
    },
    { case: "a connection without its password", resource: { id: "c1", displayName: "weu", subnetId: "x" } },
  ])("passes $case", ({ resource }) => {
    expect(findingsIn(resource)).toEqual([]);
  });
});

function vpnConnection(sharedKey: string) {
  const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/connections/to-berlin";
  return { id, type: "Microsoft.Network/connections", name: "to-berlin", properties: { sharedKey } };
}

function findingsIn(document: unknown) {
  const reading = readArmInput([{ name: "a.json", text: JSON.stringify(document) }]);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return runRules([secretsNotInClear], { network: networkOf(reading.estate, noReferenceData), cloudPcSubnets: [] })
    .findings;
}
