import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { loadSettings } from "../../config/load.ts";
import { environment, hybridEnvironment } from "./input.ts";

const environmentKey = "windows365-network:environment";
const secretKey = "windows365-network:sharedKeyBerlin";

function configure(values: Readonly<Record<string, string>>, secretKeys: readonly string[] = []): void {
  pulumi.runtime.setAllConfig({ ...values }, [...secretKeys]);
}

/** What the engine would print: the message of a RunError, which has no stack trace. */
function refusal(): string {
  try {
    loadSettings();
  } catch (error) {
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    return error instanceof Error ? error.message : "";
  }
  return "";
}

beforeEach(async () => {
  vi.restoreAllMocks();
  await pulumi.runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "windows365-network",
    "test",
  );
});

describe("loadSettings", () => {
  test("reads the environment of the running stack, and its secrets as secrets", async () => {
    configure({ [environmentKey]: JSON.stringify(hybridEnvironment()), [secretKey]: "p@ss" }, [secretKey]);
    const settings = loadSettings();
    expect(settings.layer).toEqual({ layer: "all" });
    expect(settings.environment.naming.stackName).toBe("test");
    const secret = settings.secret("sharedKeyBerlin");
    expect(await pulumi.isSecret(secret)).toBe(true);
    expect(await new Promise((resolve) => secret.apply(resolve))).toBe("p@ss");
  });

  test("a secret that is not there is refused", () => {
    configure({ [environmentKey]: JSON.stringify(hybridEnvironment()) });
    expect(refusal()).toBe(
      [
        "config windows365-network:environment is not valid",
        '✖ secret "sharedKeyBerlin" of site "berlin" is not set; set it with "pulumi config set --secret sharedKeyBerlin"',
        "  → at hubs[0].vpn.sites[0].sharedKeySecret",
      ].join("\n"),
    );
  });

  test("a secret that was set without --secret is refused, and not printed", () => {
    configure({ [environmentKey]: JSON.stringify(hybridEnvironment()), [secretKey]: "p@ss" });
    expect(refusal()).toContain("is set in clear");
    expect(refusal()).not.toContain("p@ss");
  });

  test("an environment that is no mapping is refused", () => {
    configure({ [environmentKey]: "prod" });
    expect(refusal()).toBe(
      'config windows365-network:environment is not valid\n✖ the value must be a mapping, not "prod"',
    );
  });

  test("a shared file that is not there is refused", () => {
    configure({ "windows365-network:environmentFile": "nowhere.yaml" });
    expect(refusal()).toMatch(
      /^config windows365-network:environmentFile is not valid\n✖ file ".*nowhere\.yaml" does not exist$/,
    );
  });

  test("a warning goes to the log, and the settings are returned", () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
    configure({ [environmentKey]: JSON.stringify(environment()), "windows365-network:leftOver": "x" });
    expect(loadSettings().environment.workload).toBe("w365");
    expect(warn.mock.calls).toEqual([
      ["config windows365-network:leftOver\n! the key is not used: the environment names no such secret"],
    ]);
  });
});
