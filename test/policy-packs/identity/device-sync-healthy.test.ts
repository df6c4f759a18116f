import { describe, expect, test } from "vitest";
import { deviceSyncHealthy } from "../../../policy-packs/identity/rules/device-sync-healthy.ts";
import type { DeviceSyncFact } from "../../../policy-packs/tenant-facts.ts";
import { entra } from "../design.ts";
import { hybrid, tenantFindings } from "../tenant.ts";

const healthy: DeviceSyncFact = {
  hybridJoinEnabled: true,
  serviceConnectionPointConfigured: true,
  organizationalUnitSynced: true,
  intervalMinutes: 60,
  lastDurationMinutes: 60,
};
const found = (fact: Partial<DeviceSyncFact>) =>
  tenantFindings(deviceSyncHealthy, { deviceSync: { ...healthy, ...fact } }, { kinds: [hybrid] });

describe("device-sync-healthy", () => {
  test.each([
    {
      case: "hybrid join that nobody set up",
      fact: { hybridJoinEnabled: false },
      finding:
        "fail [azureAdDeviceSyncCheckConnectDisabled]: Entra Connect is not set up for hybrid join; no computer gets to Entra ID",
    },
    {
      case: "a forest without a service connection point",
      fact: { serviceConnectionPointConfigured: false },
      finding:
        "fail [azureAdDeviceSyncCheckScpNotConfigured]: the forest has no service connection point; Cloud PCs do not find the tenant that they register with",
    },
    {
      case: "an organizational unit that is left out",
      fact: { organizationalUnitSynced: false },
      finding:
        "fail [azureAdDeviceSyncCheckDeviceNotFound]: the organizational unit of the Cloud PCs is not synchronised; their computer objects never get to Entra ID",
    },
    {
      case: "a cycle every 61 minutes",
      fact: { intervalMinutes: 61 },
      finding:
        "fail [azureAdDeviceSyncCheckLongSyncCircle]: devices are synchronised every 61 minutes; the most is 60, 30 are advised",
    },
    {
      case: "a cycle of 61 minutes",
      fact: { lastDurationMinutes: 61 },
      finding:
        "fail [azureAdDeviceSyncCheckDurationExceeded]: the last synchronisation took 61 minutes; the most is 60",
    },
  ])("fails $case", ({ fact, finding }) => {
    expect(found(fact)).toEqual([finding]);
  });

  test("passes cycles of an hour, which is the most", () => {
    expect(found({})).toEqual([]);
  });

  test("leaves undecided what matters only if Cloud PCs join Active Directory and the input does not tell", () => {
    const words = { kinds: [hybrid, entra], kindsAreCertain: false };
    expect(tenantFindings(deviceSyncHealthy, { deviceSync: { ...healthy, hybridJoinEnabled: false } }, words)).toEqual([
      "undecided [azureAdDeviceSyncCheckConnectDisabled]: Entra Connect is not set up for hybrid join; no computer gets to Entra ID; it matters only if Cloud PCs join Active Directory, which the input does not tell",
    ]);
  });

  test("does not apply to Cloud PCs that join Entra ID, nor without the facts", () => {
    expect(
      tenantFindings(deviceSyncHealthy, { deviceSync: { ...healthy, hybridJoinEnabled: false } }, {}),
    ).toBeUndefined();
    expect(tenantFindings(deviceSyncHealthy, {}, { kinds: [hybrid] })).toBeUndefined();
  });
});
