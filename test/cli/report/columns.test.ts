import { describe, expect, test } from "vitest";
import { alignColumns } from "../../../cli/report/columns.ts";
import { displayWidth, printable } from "../../../cli/report/printable.ts";

describe("alignColumns", () => {
  test.each([
    {
      case: "pads every column but the last",
      rows: [
        ["a", "b", "c"],
        ["aaa", "bb", "cccc"],
      ],
      lines: ["a    b   c", "aaa  bb  cccc"],
    },
    {
      case: "leaves nothing behind trailing empty cells",
      rows: [
        ["a", ""],
        ["b", "c"],
      ],
      lines: ["a", "b  c"],
    },
    {
      case: "does not let one long cell widen its column past 60",
      rows: [
        ["a", "b"],
        ["x".repeat(72), "c"],
      ],
      lines: [`a${" ".repeat(59)}  b`, `${"x".repeat(72)}  c`],
    },
    {
      case: "counts two columns for emoji",
      rows: [
        ["🖥️", "b"],
        ["abc", "c"],
      ],
      lines: ["🖥️   b", "abc  c"],
    },
    { case: "has no lines without rows", rows: [], lines: [] },
  ])("$case", ({ rows, lines }) => {
    expect(alignColumns(rows)).toEqual(lines);
  });

  test("paints a cell without its padding, so that marks do not change the widths", () => {
    expect(
      alignColumns(
        [
          ["a", "b"],
          ["ccc", "d"],
        ],
        (text) => `<${text}>`,
      ),
    ).toEqual(["<a>    <b>", "<ccc>  <d>"]);
  });
});

describe("displayWidth", () => {
  test.each([
    { text: "", width: 0 },
    { text: "vnet/snet", width: 9 },
    { text: "réseau", width: 6 },
    { text: "re\u0301seau", width: 6 },
    { text: "日本", width: 4 },
    { text: "👩‍💻", width: 2 },
  ])("of $text is $width", ({ text, width }) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("printable", () => {
  test.each([
    { case: "a terminal code", text: "a\u001b[2Jb", shown: "a\\u001b[2Jb" },
    { case: "a line break", text: "a\r\nb", shown: "a\\u000d\\u000ab" },
    { case: "a change of writing direction", text: "a\u202eb", shown: "a\\u202eb" },
    { case: "plain text", text: "réseau 日本 🖥️", shown: "réseau 日本 🖥️" },
  ])("shows $case", ({ text, shown }) => {
    expect(printable(text)).toBe(shown);
  });
});
