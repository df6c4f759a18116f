import type { Readiness } from "../check/readiness.ts";
import { version } from "../version.ts";
import { type Paint, plainPaint } from "./paint.ts";

/** The forms that a readiness report can have. */
export const checkFormats = ["text", "markdown", "json", "sarif", "html"] as const;

/** One of `checkFormats`. */
export type CheckFormat = (typeof checkFormats)[number];

/**
 * A readiness report in some form. Only that one is loaded: the picture of the HTML page alone takes longer to load than a check.
 *
 * @param paint - marks of the text
 */
export async function renderCheck(
  readiness: Readiness,
  format: CheckFormat,
  paint: Paint = plainPaint,
): Promise<string> {
  switch (format) {
    case "text":
      return (await import("./check-text.ts")).checkText(readiness, paint);
    case "markdown":
      return (await import("./check-markdown.ts")).checkMarkdown(readiness);
    case "json":
      return asJson((await import("./check-json.ts")).checkJson(readiness, version()));
    case "sarif":
      return asJson((await import("./check-sarif.ts")).checkSarif(readiness, version()));
    case "html":
      return (await import("./html/check-html.ts")).checkHtml(readiness, version());
  }
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
