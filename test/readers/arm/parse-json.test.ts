import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ArmValue, plainOf } from "../../../readers/arm/arm-value.ts";
import { parseJson } from "../../../readers/arm/parse-json.ts";
import { renderProblem } from "../../../readers/problem.ts";

function read(text: string): unknown {
  const parsed = parseJson(text, "a.json");
  if ("problem" in parsed) return renderProblem(parsed.problem);
  const plain = plainOf(parsed.value);
  return "plain" in plain ? plain.plain : plain;
}

describe("parseJson", () => {
  test("reads all JSON as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, "\t"), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(JSON.stringify(read(JSON.stringify(value, null, indent)))).toBe(JSON.stringify(value));
      }),
    );
  });

  test.each([
    { because: "line comments", text: '{ // a\n "a": 1 // b\n}', value: { a: 1 } },
    { because: "block comments", text: "/* x\ny */ [1, /* z */ 2]", value: [1, 2] },
    { because: "a comma after the last item", text: '{"a": [1, 2,],}', value: { a: [1, 2] } },
    { because: "strings over several lines", text: '["a\n  b"]', value: ["a\n  b"] },
    { because: "a byte order mark", text: '\ufeff{"a": 1}', value: { a: 1 } },
    { because: "comment marks inside strings", text: '["// no", "/* no */"]', value: ["// no", "/* no */"] },
    { because: "a member called __proto__", text: '{"__proto__": 1}', value: JSON.parse('{"__proto__": 1}') },
  ])("takes $because", ({ text, value }) => {
    expect(JSON.stringify(read(text))).toBe(JSON.stringify(value));
  });

  test.each([
    { text: "", message: "a.json:1: the file is empty; expected ARM JSON" },
    { text: '{"a": 1', message: 'a.json:1: expected "," or "}" in the object of line 1, found the end of the file' },
    { text: '{\n"a": 1\n"b": 2}', message: 'a.json:3: expected "," or "}" in the object of line 1, found "\\""' },
    { text: "{a: 1}", message: 'a.json:1: expected a name in double quotes or "}" in the object of line 1, found "a"' },
    { text: '{"a" 1}', message: 'a.json:1: expected ":" after the name "a", found "1"' },
    { text: '{"a": 1, "a": 2}', message: 'a.json:1: the name "a" is given twice in one object' },
    { text: "[1 2]", message: 'a.json:1: expected "," or "]" in the array of line 1, found "2"' },
    {
      text: "[01]",
      message: 'a.json:1: expected a value such as "text", 1, true, null, an object or an array, found "01"',
    },
    { text: '["a]', message: "a.json:1: the string that begins in line 1 has no closing quote" },
    { text: '["\\x"]', message: 'a.json:1: "\\x" is not an escape of JSON; a backslash itself is written "\\\\"' },
    { text: '["\\u12"]', message: 'a.json:1: expected four hexadecimal digits after "\\u", found "12\\"]"' },
    { text: "{} {}", message: 'a.json:1: found "{" after the end of the JSON document' },
    { text: "[1] /* x", message: 'a.json:1: the comment that begins in line 1 has no closing "*/"' },
    { text: "[".repeat(200), message: "a.json:1: the JSON is nested deeper than 128 levels" },
  ])("refuses $text", ({ text, message }) => {
    expect(read(text)).toBe(message);
  });

  test("gives every value its line and path", () => {
    const parsed = parseJson('{\n  "a": [\n    { "b c": true }\n  ]\n}', "a.json");
    const places: string[] = [];
    const visit = (value: ArmValue): void => {
      places.push(`${value.place.line} ${value.place.path}`);
      if (value.kind === "array") value.items.forEach(visit);
      if (value.kind === "object") [...value.members.values()].forEach(visit);
    };
    if ("value" in parsed) visit(parsed.value);
    expect(places).toEqual(["1 ", "2 a", "3 a[0]", '3 a[0]["b c"]']);
  });
});
