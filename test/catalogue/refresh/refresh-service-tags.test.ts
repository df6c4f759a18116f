import { describe, expect, test } from "vitest";
import { loadData } from "../../../catalogue/load-data.ts";
import { changesAsText } from "../../../catalogue/refresh/change.ts";
import { refreshServiceTags } from "../../../catalogue/refresh/refresh-service-tags.ts";

const before = loadData("service-tag-prefixes");
const today = "2026-11-21";

interface MadeFile {
  changeNumber: number;
  cloud: string;
  values: {
    name: string;
    id: string;
    properties: { changeNumber: number; region: string; platform: string; addressPrefixes: string[] };
  }[];
}

/** A file in the documented shape, made by us from the pinned prefixes, with a tag that is not pinned. */
function madeFile(plant: (file: MadeFile) => void = () => undefined): string {
  const values = before.tags.map(({ name, region = "", prefixes }) => ({
    name,
    id: name,
    properties: { changeNumber: 1, region, platform: "Azure", addressPrefixes: [...prefixes] },
  }));
  values.push({
    name: "Sql",
    id: "Sql",
    properties: { changeNumber: 1, region: "", platform: "Azure", addressPrefixes: ["192.0.2.0/24"] },
  });
  const file: MadeFile = { changeNumber: before.changeNumber + 40, cloud: "Public", values };
  plant(file);
  return JSON.stringify(file);
}

const tag = (file: MadeFile, name: string) => {
  const found = file.values.find((value) => value.name === name);
  if (found === undefined) throw new Error(`no tag ${name}`);
  return found;
};

describe("a newer file", () => {
  test("with the same prefixes changes nothing but dates", () => {
    const plan = refreshServiceTags(madeFile(), before, today);
    expect(plan.changes).toEqual([]);
    expect(plan.content).toMatchObject({ changeNumber: before.changeNumber + 40, asOf: today });
  });

  test("with fewer than half of its prefixes moved and one split in two is believed", () => {
    const text = madeFile((file) => {
      const wanted = tag(file, "WindowsVirtualDesktop").properties;
      wanted.addressPrefixes = wanted.addressPrefixes
        .filter((_, index) => index < 4)
        .flatMap((text) => (text === "51.5.0.0/16" ? ["51.5.0.0/17", "51.5.128.0/17"] : text))
        .concat("203.0.113.0/25", "203.0.113.128/25", "198.51.100.0/24");
    });
    expect(refreshServiceTags(text, before, today).changes).toHaveLength(1);
  });

  test("that is dated before the pinned one is refused", () => {
    expect(() => refreshServiceTags(madeFile(), before, "2025-07-24")).toThrow(
      "the Service Tags file is of 2025-07-24, older than the catalogue's of 2025-07-25",
    );
  });

  test("that is dated before what is pinned of one tag is refused", () => {
    expect(() => refreshServiceTags(madeFile(), before, "2026-01-01")).toThrow(
      "the Service Tags file, tag WindowsVirtualDesktop, is of 2026-01-01, older than the catalogue's of 2026-06-14",
    );
  });

  test("with a moved prefix and a missing regional tag is told in full", () => {
    const text = madeFile((file) => {
      tag(file, "WindowsVirtualDesktop").properties.addressPrefixes.push("203.0.113.0/24");
      file.values = file.values.filter(({ name }) => name !== "WindowsVirtualDesktop.WestIndia");
    });
    expect(
      changesAsText(refreshServiceTags(text, before, today)),
    ).toBe(`service-tag-prefixes.json: 0 added, 1 removed, 1 changed
  ~ tag WindowsVirtualDesktop
      prefixes added: 203.0.113.0/24
      means: rules and routes by tag follow on their own; proofs by address and lists of prefixes change
  - tag WindowsVirtualDesktop.WestIndia
      means: its prefixes are unknown from now on: answers that need them become Unknown
`);
  });
});

describe("what is not the whole file is refused", () => {
  test.each([
    { case: "truncated JSON", text: madeFile().slice(0, 9000), because: /is not complete JSON \(9000 characters\)/ },
    { case: "a web page", text: "<html>", because: /answered a web page instead of JSON/ },
    {
      case: "an empty list",
      text: madeFile((file) => {
        file.values = [];
      }),
      because: /has 0 of the pinned tags, the catalogue 74: too few/,
    },
    {
      case: "a tag with far fewer prefixes",
      text: madeFile((file) => {
        tag(file, "AzureMonitor").properties.addressPrefixes.length = 10;
      }),
      because: /tag AzureMonitor, has 10 prefixes, the catalogue 2393: too few/,
    },
    {
      case: "a tag with 50,000 prefixes",
      text: madeFile((file) => {
        tag(file, "AzureIoTHub").properties.addressPrefixes = Array.from(
          { length: 50_000 },
          (_, n) => `10.${n >> 8}.${n & 255}.0/24`,
        );
      }),
      because: /tag AzureIoTHub, has 50000 prefixes, the catalogue 510: too many/,
    },
    {
      case: "a tag twice",
      text: madeFile((file) => {
        file.values.push(tag(file, "Sql"));
      }),
      because: /gives tags Sql more than once$/,
    },
    {
      case: "a prefix with host bits",
      text: madeFile((file) => {
        tag(file, "AzureFrontDoor.MicrosoftSecurity").properties.addressPrefixes[0] = "13.107.219.1/24";
      }),
      because: /has host bits set; did you mean "13\.107\.219\.0\/24"\?/,
    },
    {
      case: "another cloud",
      text: madeFile((file) => {
        file.cloud = "AzureGovernment";
      }),
      because: /is for cloud "AzureGovernment", the pinned one for "Public"$/,
    },
    {
      case: "an older file",
      text: madeFile((file) => {
        file.changeNumber = 1;
      }),
      because: /has change number 1, older than the pinned 363$/,
    },
    {
      case: "the whole Internet in a tag",
      text: madeFile((file) => {
        tag(file, "WindowsVirtualDesktop").properties.addressPrefixes.push("0.0.0.0/0");
      }),
      because: /"0\.0\.0\.0\/0" is too wide to be Microsoft's: a prefix of \/10 or longer is expected/,
    },
    {
      case: "the whole of IPv6 in a tag",
      text: madeFile((file) => {
        tag(file, "AzureIoTHub").properties.addressPrefixes.push("::/0");
      }),
      because: /"::\/0" is too wide to be Microsoft's: a prefix of \/32 or longer is expected/,
    },
    {
      case: "a private range in a tag",
      text: madeFile((file) => {
        tag(file, "WindowsVirtualDesktop").properties.addressPrefixes.push("10.1.0.0/16");
      }),
      because: /"10\.1\.0\.0\/16" is not an address range of the Internet/,
    },
    {
      case: "an IPv6 range of one organisation in a tag",
      text: madeFile((file) => {
        tag(file, "AzureIoTHub").properties.addressPrefixes.push("fd00::/48");
      }),
      because: /"fd00::\/48" is not an address range of the Internet \(2000::\/3\)/,
    },
    {
      case: "an IPv6 prefix with host bits",
      text: madeFile((file) => {
        tag(file, "AzureIoTHub").properties.addressPrefixes.push("2603:1061:2010::1/48");
      }),
      because: /prefix "2603:1061:2010::1\/48" has host bits set/,
    },
    {
      case: "other prefixes under the same name",
      text: madeFile((file) => {
        tag(file, "WindowsVirtualDesktop").properties.addressPrefixes = Array.from(
          { length: 7 },
          (_, n) => `198.51.${n}.0/24`,
        );
      }),
      because: /tag WindowsVirtualDesktop, keeps 0 of its 7 prefixes: too few; if Microsoft's page says the same/,
    },
    {
      case: "no prefixes for a tag that rows use",
      text: madeFile((file) => {
        file.values = file.values.filter(({ name }) => name !== "AzureIoTHub");
      }),
      because: /lacks "AzureIoTHub", which rows of the catalogue use$/,
    },
    {
      case: "a change number of another age",
      text: madeFile((file) => {
        file.changeNumber = 99_999;
      }),
      because: /has change number 99999, the pinned one 363: by 2026-11-21 at most 1055 is believable$/,
    },
    { case: "another shape", text: '{"values":[]}', because: /has another shape/ },
  ])("$case", ({ text, because }) => {
    expect(() => refreshServiceTags(text, before, today)).toThrow(because);
  });
});
