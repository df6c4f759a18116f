import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where Debian and others put Chromium; `W365_BROWSER` names another place. */
const places = [
  process.env.W365_BROWSER ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The browser that is installed, if any. */
export const browserPath: string | undefined = places.find((place) => place !== "" && existsSync(place));

/** Whether tests in a browser have to run: where the browser is installed for them, its absence is a failure. */
export const browserRequired: boolean = process.env.W365_BROWSER_REQUIRED === "1";

/** Why tests in a browser are skipped, for their titles. */
export const withoutBrowser = "skipped without Chromium: apt-get install chromium, or name one by W365_BROWSER";

/** Starts the browser that is installed. */
export async function launchBrowser(): Promise<Browser> {
  // Containers run as root, where Chromium has no sandbox; the pages are the tests' own.
  return chromium.launch({ ...(browserPath && { executablePath: browserPath }), args: ["--no-sandbox"] });
}
