import { describe, expect, test } from "vitest";
import { missingSecrets, stackFile } from "../../../tools/sandbox/stack-file.ts";

const environment = { hubs: [{ vpn: { sites: [{ name: "berlin", sharedKeySecret: "sharedKeyBerlin" }] } }] };
const source = { config: { "windows365-network:environment": environment } };
const previous = {
  encryptionsalt: "v1:salt",
  config: { "windows365-network:environment": {}, "windows365-network:sharedKeyBerlin": { secure: "v1:cipher" } },
};

describe("a stack file in the sandbox", () => {
  test("is the source, for a first run", () => {
    expect(stackFile(source, {})).toEqual(source);
  });

  test("keeps the salt and the secrets of an earlier run, and takes everything else from the source", () => {
    expect(stackFile(source, previous)).toEqual({
      encryptionsalt: "v1:salt",
      config: { ...source.config, "windows365-network:sharedKeyBerlin": { secure: "v1:cipher" } },
    });
  });

  test("lacks the secrets that the environment names until they are set", () => {
    expect(missingSecrets(source)).toEqual(["windows365-network:sharedKeyBerlin"]);
    expect(missingSecrets(stackFile(source, previous))).toEqual([]);
    expect(missingSecrets({})).toEqual([]);
  });
});
