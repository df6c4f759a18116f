import { describe, expect, test } from "vitest";
import {
  formatVersion,
  isNewEnough,
  OLDEST_VERSION,
  PINNED_VERSION,
  parseVersion,
} from "../../../tools/pulumi/cli-version.ts";

describe("parseVersion", () => {
  test.each([
    { text: "v3.259.0\n", version: "3.259.0", because: "this is what the CLI prints" },
    { text: "3.259.0", version: "3.259.0", because: "the v is optional" },
    { text: "v3.260.0-alpha.1757+abc", version: "3.260.0", because: "a pre-release counts as its version" },
    { text: "v3.250.0+dirty", version: "3.250.0", because: "build data says nothing about the version" },
  ])("reads $text: $because", ({ text, version }) => {
    const parsed = parseVersion(text);
    expect(parsed && formatVersion(parsed)).toBe(version);
  });

  test.each(["", "3.259", "version 3.259.0", "v3.259.0.1", "command not found"])("does not read %j", (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });
});

describe("isNewEnough", () => {
  test.each([
    { version: "3.250.0", enough: true, because: "it is the oldest itself" },
    { version: "3.250.1", enough: true, because: "a patch is newer" },
    { version: "3.1000.0", enough: true, because: "parts are numbers, not text" },
    { version: "3.249.9", enough: false, because: "the minor version is older" },
    { version: "3.99.0", enough: false, because: "parts are numbers, not text" },
    { version: "2.300.0", enough: false, because: "the major version is older" },
    { version: "4.0.0", enough: false, because: "a new major version is another program" },
  ])("$version against 3.250.0 is $enough: $because", ({ version, enough }) => {
    const [found, oldest] = [parseVersion(version), parseVersion("3.250.0")];
    expect(found && oldest && isNewEnough(found, oldest)).toBe(enough);
  });

  test("the pinned version is itself acceptable", () => {
    const [pinned, oldest] = [parseVersion(PINNED_VERSION), parseVersion(OLDEST_VERSION)];
    expect(pinned && oldest && isNewEnough(pinned, oldest)).toBe(true);
  });
});
