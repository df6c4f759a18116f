import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  containsUnknown,
  type PropertyMap,
  plainInputs,
  readStruct,
  unknown,
  withSecretsOf,
  writeStruct,
} from "../../../sandbox/protocol/property-values.ts";

const secret = (value: string): PropertyMap => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const output = (fields: PropertyMap): PropertyMap => ({
  "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  ...fields,
});

describe("property values", () => {
  test.each([
    { case: "an output value that is known is its value", value: output({ value: "a" }), expected: "a" },
    { case: "an output value without a value is unknown", value: output({}), expected: unknown },
    { case: "a secret output value is a secret", value: output({ value: "a", secret: true }), expected: secret("a") },
    { case: "an unknown list is the unknown", value: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", expected: unknown },
    { case: "a secret stays wrapped", value: secret("a"), expected: secret("a") },
  ])("$case", ({ value, expected }) => {
    expect(readStruct(writeStruct({ property: value }))).toEqual({ property: expected });
  });

  test("nulls are left out, at every depth", () => {
    expect(readStruct(writeStruct({ a: null, b: { c: null, d: 1 } }))).toEqual({ b: { d: 1 } });
  });

  test("secrets are unwrapped however deep, and wrapped again where they were", () => {
    const original = { key: secret("s"), list: [{ inner: secret("t") }], plain: "p" };
    const plain = plainInputs(original);
    expect(plain).toEqual({ key: "s", list: [{ inner: "t" }], plain: "p" });
    expect(withSecretsOf(original, plain)).toEqual(original);
  });

  test("an unknown is found at any depth", () => {
    expect(containsUnknown({ a: [{ b: unknown }] })).toBe(true);
    expect(containsUnknown({ a: [{ b: "known" }] })).toBe(false);
  });

  test("what is written is what is read, for any JSON without nulls", () => {
    const json = fc.letrec<{ value: PropertyMap[string] }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.boolean(),
        fc.integer(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), json), (values) => {
        expect(readStruct(writeStruct(values))).toEqual({ ...values });
      }),
    );
  });
});
