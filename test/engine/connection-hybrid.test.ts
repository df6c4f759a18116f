import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { domainRecords } from "../../sandbox/walker/check-domain.ts";
import { parseAddress } from "../../sandbox/walker/ipv4.ts";
import { failed, openConnectionProject, plantNetwork, succeeded, virtualNetworkId } from "./connection-project.ts";

const first = "Correct-Horse-1";
const second = "Battery-Staple-2";
const controller = "10.20.5.4";

const program = `
const config = new pulumi.Config();
const connection = new AzureNetworkConnection("emea", {
  displayName: "anc-emea", connectionType: "hybridAzureADJoin", resourceGroupId, subnetId,
  adDomainName: "corp.contoso.com", adDomainUsername: "join@corp.contoso.com",
  organizationalUnit: "OU=Cloud PCs,DC=corp,DC=contoso,DC=com",
  adDomainPassword: config.requireSecret("password"),
});
const health = new AzureNetworkConnectionHealth("emea", {
  connectionId: connection.id, triggers: [connection.revision], pollSeconds: 0.1,
});
export const status = health.healthCheckStatus;
export const revision = connection.revision;
`;

/** A domain controller in a subnet beside the Cloud PCs, which is the network's DNS server too. */
async function openHybridProject() {
  const project = await openConnectionProject({
    walkerTables: { dnsServers: { [controller]: domainRecords("corp.contoso.com", [parseAddress(controller) ?? 0]) } },
  });
  const { azure } = project.sandbox;
  plantNetwork(project.sandbox);
  azure.plant(virtualNetworkId, { properties: { dhcpOptions: { dnsServers: [controller] } } });
  const natGateway = { id: `${virtualNetworkId.replace("virtualNetworks/vnet", "natGateways/ng")}` };
  azure.plant(`${virtualNetworkId}/subnets/snet-identity`, {
    properties: { addressPrefix: "10.20.5.0/24", natGateway, defaultOutboundAccess: false },
  });
  project.setProgram(program);
  const setPassword = async (password: string) =>
    succeeded(await project.run(["config", "set", "--secret", "password", password, "--stack", "dev"]));
  return { ...project, setPassword };
}

describe("a connection with hybrid join", () => {
  test("rotates its password in place, and no password stands anywhere but in the request that carries it", async () => {
    const project = await openHybridProject();
    const { graph } = project.sandbox;
    const said: string[] = [];
    await project.setPassword(first);
    said.push(succeeded(await project.run(["preview", "--diff", "--stack", "dev"])));
    said.push(succeeded(await project.up()));
    const id = project.idOf("windows365:index:AzureNetworkConnection");
    said.push(succeeded(await project.up("--expect-no-changes")));

    await project.setPassword(second);
    said.push(succeeded(await project.run(["preview", "--diff", "--stack", "dev"])));
    const before = graph.requests.length;
    said.push(succeeded(await project.up("--diff")));
    expect(project.idOf("windows365:index:AzureNetworkConnection")).toBe(id);
    const writes = graph.requests.slice(before).filter(({ method }) => method !== "GET");
    expect(writes.map(({ path, body }) => [path.split("/").at(-1), body])).toEqual([
      ["updateAdDomainPassword", { adDomainPassword: "[redacted]" }],
      ["runHealthChecks", undefined],
    ]);
    said.push(succeeded(await project.up("--expect-no-changes")));

    graph.setScenario({
      faults: [
        {
          on: { method: "POST" },
          effect: { kind: "refuse", status: 400, code: "BadRequest", message: `bad password '${first}'` },
        },
      ],
    });
    await project.setPassword(first);
    const refused = failed(await project.up());
    expect(refused).toContain("BadRequest: bad password '[secret]'");
    said.push(refused);

    const everything = [...said, project.stateText(), JSON.stringify(graph.requests), ...filesBelow(project.folder)];
    for (const text of everything) {
      expect(text).not.toContain(first);
      expect(text).not.toContain(second);
      expect(text).not.toContain("scrypt$");
    }
  });

  test("fails the check of the domain when the controller cannot be resolved", async () => {
    const project = await openHybridProject();
    await project.setPassword(first);
    // 168.63.129.16 does not know a domain of one's own.
    project.sandbox.azure.plant(virtualNetworkId, { properties: { dhcpOptions: { dnsServers: [] } } });
    const output = failed(await project.up());
    expect(output).toMatch(/failed: "DNS can resolve Active Directory domain": dnsCheck/);
  });
});

/** The content of every file that the engine left in the project, but the passwords' own configuration, which is encrypted. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/node_modules|compile-cache|\/provider/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
