/** A word of an expression. */
export interface Token {
  readonly kind: "string" | "number" | "identifier" | "symbol";
  readonly text: string;
}

/** Splits the inside of an expression into tokens; the text of a string is without its quotes, `''` in it is `'`. */
export function tokenize(text: string): { readonly tokens: readonly Token[] } | { readonly message: string } {
  const tokens: Token[] = [];
  const pattern = /\s+|'((?:[^']|'')*)'|(-?\d+)|([A-Za-z_$][\w$-]*)|(\.\?|\[\?|[.,()[\]])/y;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null) {
      const what = text[at] === "'" ? "a string without its closing quote" : JSON.stringify(text[at]);
      return { message: `found ${what} at position ${at + 1}` };
    }
    const [, string, number, identifier, symbol] = found;
    if (string !== undefined) tokens.push({ kind: "string", text: string.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (identifier !== undefined) tokens.push({ kind: "identifier", text: identifier });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
  }
  return { tokens };
}
