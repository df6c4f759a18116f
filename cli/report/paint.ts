/** How a text renderer marks what it writes; plain where nobody sees colours. */
export interface Paint {
  readonly allow: (text: string) => string;
  readonly deny: (text: string) => string;
  readonly unknown: (text: string) => string;
  /** What matters less. */
  readonly faint: (text: string) => string;
}

/** No marks at all. */
export const plainPaint: Paint = { allow: same, deny: same, unknown: same, faint: same };

/** The colours of a terminal (ECMA-48 select graphic rendition). */
export const terminalPaint: Paint = {
  allow: wrap(32),
  deny: wrap(31),
  unknown: wrap(33),
  faint: wrap(2),
};

function same(text: string): string {
  return text;
}

function wrap(code: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}
