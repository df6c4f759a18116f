import { describe, expect, test } from "vitest";
import { configForProgram, programEnd } from "../../../../tools/pulumi/language-host/run-program.ts";

describe("configForProgram", () => {
  test.each([
    { key: "network:addressSpace", rewritten: "network:config:addressSpace" },
    { key: "network:config:addressSpace", rewritten: "network:config:addressSpace" },
    { key: "azure-native:location", rewritten: "azure-native:config:location" },
    { key: "network:config", rewritten: "network:config:config" },
  ])("hands $key on as $rewritten", ({ key, rewritten }) => {
    expect(configForProgram([[key, "value"]])).toEqual({ [rewritten]: "value" });
  });

  test.each(["addressSpace", "a:b:c", "a:config:b:c", ":b", "a:", ""])("refuses the key %j", (key) => {
    expect(() => configForProgram([[key, "value"]])).toThrow(
      `configuration key "${key}" is not of the form "namespace:name"`,
    );
  });
});

describe("programEnd", () => {
  test.each([
    { code: 0, signal: null, end: { error: "", bail: false }, because: "it succeeded" },
    { code: 32, signal: null, end: { error: "", bail: true }, because: "it has told the user itself" },
    {
      code: 1,
      signal: null,
      end: { error: "Program exited with non-zero exit code: 1", bail: false },
      because: "it failed",
    },
    {
      code: null,
      signal: "SIGKILL",
      end: { error: "Program was ended by SIGKILL", bail: false },
      because: "it was killed",
    },
  ] as const)("code $code and signal $signal: $because", ({ code, signal, end }) => {
    expect(programEnd(code, signal)).toEqual(end);
  });
});
