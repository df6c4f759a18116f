/** A table: the heading and the rows, all of text. */
export interface Table {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns aligned with spaces, for a terminal. */
export function textTable({ heading, rows }: Table): string {
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return `${[heading, ...rows].map(line).join("\n")}\n`;
}

/** Comma-separated values as RFC 4180 has them, with a heading. */
export function csvTable({ heading, rows }: Table): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${[heading, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A table of GitHub Markdown. A name with an asterisk or an angle bracket is code, so that it stays a name. */
export function markdownTable({ heading, rows }: Table): string {
  const cell = (text: string) =>
    (/[*_<>]/.test(text) ? `\`${text}\`` : text).replaceAll("|", "\\|").replaceAll(/\s*\r?\n\s*/g, " ");
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return `${[line(heading), line(heading.map(() => "---")), ...rows.map((row) => line(row.map(cell)))].join("\n")}\n`;
}
