import { describe, expect, test } from "vitest";
import { formatPortRange, formatPortSpace, parsePortRange, portSpaceOf } from "../../model/port-range.ts";

describe("parsePortRange", () => {
  test.each(["443", "0", "1024-65535", "*"])("%s is read and written back", (text) => {
    const parsed = parsePortRange(text);
    expect(parsed.ok && formatPortRange(parsed.value)).toBe(text);
  });

  test.each([
    { text: "90-80", says: 'port range "90-80" is reversed; did you mean "80-90"?' },
    { text: "70000", says: 'port range "70000" has a port above 65535' },
    { text: "080", says: 'port range "080" is not "*", a port or a range such as "80-90"' },
    { text: "http", says: 'port range "http" is not "*", a port or a range such as "80-90"' },
    { text: "", says: 'port range "" is not "*", a port or a range such as "80-90"' },
  ])("refuses $text", ({ text, says }) => {
    expect(parsePortRange(text)).toEqual({ ok: false, message: says });
  });

  test("ranges that touch are one", () => {
    expect(
      formatPortSpace(
        portSpaceOf([
          { from: 81, to: 90 },
          { from: 443, to: 443 },
          { from: 80, to: 80 },
        ]),
      ),
    ).toBe("80-90, 443");
  });
});
