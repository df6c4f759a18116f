import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkFormats } from "../../cli/report/render-check.ts";
import { hubAndSpoke, w365 } from "./w365.ts";

const folder = mkdtempSync(join(tmpdir(), "w365-missing-subnet-"));
afterAll(() => rmSync(folder, { recursive: true }));

const group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net";

/** The hub and spoke of the fixtures, with connections to these subnets. */
function connectedTo(...subnets: readonly (readonly [network: string, subnet: string])[]): readonly string[] {
  const connections = subnets.map(([network, subnet], index) => ({
    id: `00000000-0000-0000-0000-00000000000${index}`,
    displayName: `anc-${subnet}`,
    connectionType: "azureADJoin",
    subscriptionId: group.split("/")[2],
    resourceGroupId: group,
    virtualNetworkId: `${group}/providers/Microsoft.Network/virtualNetworks/${network}`,
    subnetId: `${group}/providers/Microsoft.Network/virtualNetworks/${network}/subnets/${subnet}`,
  }));
  const file = join(folder, "connections.json");
  writeFileSync(
    file,
    JSON.stringify({
      "@odata.context":
        "https://graph.microsoft.com/v1.0/$metadata#deviceManagement/virtualEndpoint/onPremisesConnections",
      value: connections,
    }),
  );
  return [...hubAndSpoke, "--arm", file];
}

interface Report {
  readonly ready: boolean;
  readonly subnets: readonly { readonly subnet: string }[];
  readonly healthChecks: readonly { readonly id: string; readonly outcome: string }[];
  readonly findings: readonly { readonly rule: string; readonly outcome: string; readonly message: string }[];
}

async function check(input: readonly string[], ...options: readonly string[]) {
  const { code, out } = await w365(["check", ...input, "--format", "json", ...options]);
  const report: Report = JSON.parse(out);
  const found = report.findings
    .filter(({ rule }) => rule === "connection-references-exist")
    .map(({ outcome, message }) => `${outcome}: ${message}`);
  return { code, report, found };
}

const nope =
  'fail: virtual network "vnet-spoke" has no subnet "nope", which connection "anc-nope" names; it has "snet-cloudpc", "snet-direct", "snet-dark", "snet-appliance", "snet-apps"';

describe("a connection that names a subnet which is not there", () => {
  test("is a finding, and the other subnets are judged", async () => {
    const { code, report, found } = await check(connectedTo(["vnet-spoke", "nope"], ["vnet-spoke", "snet-cloudpc"]));
    expect(code).toBe(1);
    expect(found).toEqual([nope]);
    expect(report.subnets.map(({ subnet }) => subnet)).toEqual(["vnet-spoke/snet-cloudpc"]);
  });

  test("leaves nothing judged where it is the only one: no health check passes", async () => {
    const { code, report, found } = await check(connectedTo(["vnet-spoke", "nope"]));
    expect(code).toBe(1);
    expect(found).toEqual([nope]);
    expect(report.subnets).toEqual([]);
    const outcomes = new Map(report.healthChecks.map(({ id, outcome }) => [id, outcome]));
    expect(outcomes.get("vnetReady")).toBe("fail");
    expect(new Set(outcomes.values())).toEqual(new Set(["fail", "undecided"]));
  });

  test("is undecided where its virtual network is not in the input, and not ready even if that may be", async () => {
    const { code, report, found } = await check(connectedTo(["vnet-else", "nope"]), "--undecided", "warn");
    expect(found).toEqual([
      'undecided: whether virtual network "vnet-else" of connection "anc-nope" exists is not known: it is not in the input',
    ]);
    expect(report.ready).toBe(false);
    expect(code).toBe(1);
  });

  test.each(checkFormats)("is told in every form of the report: %s", async (format) => {
    const { code, out } = await w365(["check", ...connectedTo(["vnet-spoke", "nope"]), "--format", format]);
    expect(code).toBe(1);
    expect(out).toContain("nope");
  });

  test("is not the subnet of another question: explain wants one that is there", async () => {
    const asked = ["--to", "198.51.100.99", "--protocol", "tcp", "--port", "443"];
    const { code, err } = await w365(["routes", ...connectedTo(["vnet-spoke", "nope"])]);
    expect(code).toBe(2);
    expect(err).toContain("--subnet: the subnets that connections of the input name are not in the input");
    expect((await w365(["explain", ...connectedTo(["vnet-spoke", "nope"]), ...asked])).code).toBe(2);
  });
});
