import { printable } from "./printable.ts";

/**
 * Text from an input as HTML and as GitHub's Markdown may show it: whatever a resource is called, it is shown and not obeyed. What
 * would be a tag, an entity, Markdown or a formula becomes an entity of HTML, which both take for the character alone.
 */
export function markdownText(text: string): string {
  return (
    printable(text)
      // GitHub links what looks like a mention, an issue or a URL; a space without width keeps it from that.
      .replace(/[@#](?=\w)|:(?=\/\/)|(?<=\bwww)\./gi, "$&\u200b")
      .replace(/[&<>\\`*_[\]{}|~!$^]/g, (character) => `&#${character.codePointAt(0)};`)
  );
}

/** Several lines as a code block of Markdown that none of them can end. */
export function codeBlock(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...lines.map(printable), fence].join("\n");
}

/** Text from an input as HTML may show it, in elements and in quoted attributes. */
export function htmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
