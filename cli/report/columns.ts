import { displayWidth } from "./printable.ts";

/** A wider cell does not widen its column: one long name must not push everything off the screen. */
const columnWidthMax = 60;

/**
 * The rows as lines with aligned columns. The last column is not padded; trailing empty cells leave nothing behind.
 *
 * @param paintCell - how a cell is written once it has its width
 */
export function alignColumns(
  rows: readonly (readonly string[])[],
  paintCell: (text: string, row: number, column: number) => string = (text) => text,
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, Math.min(displayWidth(cell), columnWidthMax));
    });
  }
  return rows.map((row, at) => {
    const filled = row.slice(0, row.findLastIndex((cell) => cell !== "") + 1);
    return filled
      .map((cell, column) => {
        const room = column === filled.length - 1 ? 0 : (widths[column] ?? 0) - displayWidth(cell);
        return paintCell(cell, at, column) + " ".repeat(Math.max(0, room));
      })
      .join("  ");
  });
}
