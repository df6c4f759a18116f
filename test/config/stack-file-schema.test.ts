import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { valueAt } from "../../config/schema-issues.ts";
import { stackFileSchema } from "../../config/stack-file-schema.ts";
import { generateSchemaFiles } from "../../tools/generate-schema.ts";

const properties = ["definitions", "environment", "properties"];

describe("the JSON Schema of stack files", () => {
  test.each(generateSchemaFiles().map((file) => ({ name: file.path.split("/").at(-1), ...file })))(
    "$name is up to date; if not, run npm run generate",
    ({ path, text }) => {
      expect(readFileSync(path, "utf8")).toBe(text);
    },
  );

  test("completes regions, features and choices, and refuses keys that do not exist", () => {
    const schema = stackFileSchema();
    expect(valueAt(schema, [...properties, "regions", "items", "properties", "location", "enum"])).toContain(
      "westeurope",
    );
    expect(valueAt(schema, [...properties, "regions", "items", "properties", "location", "enum"])).not.toContain(
      "canadaeast",
    );
    expect(valueAt(schema, [...properties, "features", "items", "enum"])).toContain("microsoft365");
    expect(valueAt(schema, [...properties, "regions", "items", "additionalProperties"])).toBe(false);
    expect(valueAt(schema, ["definitions", "environment", "required"])).toEqual([
      "profile",
      "intuneLocation",
      "regions",
    ]);
  });

  test("every field says what it means", () => {
    const silent: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== "object" || node === null) return;
      for (const [name, field] of Object.entries(valueAt(node, ["properties"]) ?? {})) {
        const isTag = valueAt(field, ["const"]) !== undefined;
        if (!isTag && typeof valueAt(field, ["description"]) !== "string") silent.push(`${path}.${name}`);
        visit(field, `${path}.${name}`);
      }
      visit(valueAt(node, ["items"]), `${path}[]`);
      const branches = valueAt(node, ["oneOf"]);
      if (Array.isArray(branches)) for (const branch of branches) visit(branch, path);
    };
    visit(valueAt(stackFileSchema(), ["definitions", "environment"]), "environment");
    expect(silent).toEqual([]);
  });

  test("lets a secret be set only encrypted, and takes no known key for one", () => {
    const [[pattern = "", rule] = []] = Object.entries(
      valueAt(stackFileSchema(), ["properties", "config", "patternProperties"]) ?? {},
    );
    expect(valueAt(rule, ["required"])).toEqual(["secure"]);
    const isSecret = (key: string) => new RegExp(pattern).test(key);
    expect(["windows365-network:sharedKeyBerlin", "windows365-network:layers"].map(isSecret)).toEqual([true, true]);
    expect(
      ["windows365-network:layer", "windows365-network:environment", "azure-native:location"].map(isSecret),
    ).toEqual([false, false, false]);
  });
});
