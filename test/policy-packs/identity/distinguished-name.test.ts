import fc from "fast-check";
import { expect, test } from "vitest";
import { domainOf, parseContainerName } from "../../../policy-packs/identity/distinguished-name.ts";

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
/** Any text, as a value is written: RFC 4514, section 2.4. */
const value = fc
  .string({ minLength: 1, maxLength: 12 })
  .filter((text) => text === text.trim() && text !== "")
  .map((text) => ({ text, written: text.replace(/[\\,+"<>;=]/g, "\\$&") }));

test("whatever is escaped is read back in its parts, and the domain is what the DC parts spell", () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 4 }),
      fc.array(label, { minLength: 1, maxLength: 4 }),
      (units, domain) => {
        const written = [...units.map((unit) => `OU=${unit.written}`), ...domain.map((each) => `DC=${each}`)].join(",");
        const parsed = parseContainerName(written);
        expect(parsed).toMatchObject({ ok: true });
        if (!parsed.ok) return;
        expect(parsed.value.map((part) => part.value)).toEqual([...units.map((unit) => unit.written), ...domain]);
        expect(domainOf(parsed.value)).toBe(domain.join("."));
      },
    ),
  );
});

test("a name without the parts of a domain is refused, whatever it is", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/dc\s*=/i.test(text));
      expect(parseContainerName(text).ok).toBe(false);
    }),
  );
});
