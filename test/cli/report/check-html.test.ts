import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, browserRequired, launchBrowser, withoutBrowser } from "../../support/browser.ts";
import { hubAndSpoke, w365 } from "../w365.ts";
import { evilInput } from "./evil-input.ts";

const folder = mkdtempSync(join(tmpdir(), "w365-html-"));

const rendered = new Map<string, string>();

/** Renders each input once: evaluating a stack takes seconds. */
async function html(...args: readonly string[]): Promise<string> {
  const key = args.join(" ");
  const page = rendered.get(key) ?? (await render(...args));
  rendered.set(key, page);
  return page;
}

async function render(...args: readonly string[]): Promise<string> {
  return (await w365(["check", ...args, "--format", "html"])).out;
}

const dark = [...hubAndSpoke, "--subnet", "snet-dark"];

describe("the page", () => {
  test("holds everything itself: no script, no address but links to click on", async () => {
    const page = await html(...dark);
    expect(page).not.toMatch(/<(script|img|link|iframe|object|embed|base|form)\b/i);
    expect(page).not.toMatch(/\s(src|srcset|style|on\w+)=/i);
    expect(page).not.toMatch(/@import|url\((?!#)/);
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href);
    expect(links.filter((href) => !/^(#[\w-]+|https:\/\/learn\.microsoft\.com\/[\w/-]+)$/.test(href))).toEqual([]);
  });

  test("is the same in every run", async () => {
    expect(await render(...dark)).toBe(await render(...dark));
  });

  test("draws every virtual network and Cloud PC subnet, the way out, and where it is missing", async () => {
    const page = await html("--stack", "example");
    for (const name of ["vnet-w365-weu", "snet-w365-weu-staff", "afw-w365-hub-weu", "ng-w365-weu", "Internet"]) {
      expect(page).toMatch(new RegExp(`<text[^>]*>${name}</text>`));
    }
    expect(page).toContain(
      "Cloud PC subnet snet-w365-weu-staff sends to Azure Firewall Standard afw-w365-hub-weu (0.0.0.0/0)",
    );
    expect(await html(...dark)).not.toMatch(/subnet snet-dark sends to/);
  });
});

// Where the browser has to be there, its absence is a failure and no skipped test.
test.runIf(browserRequired)("Chromium is installed", () => {
  expect(browserPath).toBeDefined();
});

describe.skipIf(browserPath === undefined && !browserRequired)(
  `in a browser${browserPath === undefined ? ` (${withoutBrowser})` : ""}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    /** A page that is open, and what it said and asked for. */
    async function open(content: string, options: Parameters<Browser["newPage"]>[0] = {}) {
      const file = join(folder, `${Math.abs(content.length)}.html`);
      writeFileSync(file, content);
      const page = await browser.newPage(options);
      const [said, asked]: [string[], string[]] = [[], []];
      page.on("console", (message) => void said.push(message.text()));
      page.on("pageerror", (error) => void said.push(String(error)));
      page.on("request", (request) => void asked.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      return { page, said, asked, url: pathToFileURL(file).href };
    }

    test("asks for nothing but itself, and nothing is refused by its own policy", async () => {
      const { page, said, asked, url } = await open(await html(...dark));
      expect(asked).toEqual([url]);
      expect(said).toEqual([]);
      await page.close();
    });

    test.each([
      { case: "wide", width: 1280, colorScheme: "light" },
      { case: "narrow", width: 360, colorScheme: "light" },
      { case: "narrow and dark", width: 360, colorScheme: "dark" },
    ] as const)("never scrolls sideways as a whole: $case", async ({ width, colorScheme }) => {
      for (const args of [dark, ["--stack", "example"]]) {
        const { page } = await open(await html(...args), { viewport: { width, height: 800 }, colorScheme });
        expect(await scrolls(page)).toBeLessThanOrEqual(0);
        await page.close();
      }
    });

    test.each(["light", "dark"] as const)("has contrast enough to be read: %s", async (colorScheme) => {
      const { page } = await open(await html(...dark), { colorScheme });
      expect(await page.evaluate(lowContrast)).toEqual([]);
      await page.close();
    });

    test("no text of the picture is wider than its box", async () => {
      const { page } = await open(await html("--stack", "hybrid"));
      const wide = await page.$$eval("svg.topology g.node", (nodes) =>
        nodes.flatMap((node) => {
          const box = node.querySelector("rect")?.getBoundingClientRect();
          return [...node.querySelectorAll("text")]
            .filter((text) => text.getBoundingClientRect().right > (box?.right ?? 0))
            .map((text) => text.textContent);
        }),
      );
      expect(wide).toEqual([]);
      await page.close();
    });

    test("is used by keyboard: the first Tab offers to skip, Enter opens a finding, wide tables can be focused and scrolled", async () => {
      const { page } = await open(await html(...dark));
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the health checks");
      const folds = page.locator("#findings ~ details");
      const second = folds.nth(1);
      expect(await second.getAttribute("open")).toBeNull();
      await second.locator("summary").focus();
      await page.keyboard.press("Enter");
      expect(await second.getAttribute("open")).not.toBeNull();
      const unreachable = await page.$$eval(
        ".scroll",
        (regions) => regions.filter((region) => region.getAttribute("tabindex") !== "0").length,
      );
      expect(unreachable).toBe(0);
      await page.close();
    });

    test("prints what is folded too", async () => {
      const { page } = await open(await html(...dark));
      await page.emulateMedia({ media: "print" });
      const folded = page.locator("#findings ~ details").nth(1).locator(".body");
      expect(await folded.evaluate((body) => body.getBoundingClientRect().height)).toBeGreaterThan(20);
      await page.close();
    });

    test("shows names that look like HTML as they are, and runs nothing of them", async () => {
      const { page, said, asked, url } = await open(await html(...evilInput(folder)));
      expect(said).toEqual([]);
      expect(asked).toEqual([url]);
      expect(await page.evaluate("globalThis.hacked")).toBeUndefined();
      expect(await page.locator("script, img, b.evil").count()).toBe(0);
      expect(await page.locator("main").textContent()).toContain("<img src=x onerror=hacked=1>");
      await page.close();
    });
  },
);

async function scrolls(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

/** Texts with a contrast under 4.5 to what is behind them (WCAG 2.2, 1.4.3), run in the page. */
const lowContrast = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *:not(svg *)")]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""))
    .map((element) => {
      const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))];
      return { text: element.textContent.trim().slice(0, 40), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
    })
    .filter(({ ratio }) => ratio < 4.5);
})()`;
