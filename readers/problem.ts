/** Something in an input that cannot be read at all: the command answers it with exit code 2. */
export interface Problem {
  readonly file: string;
  /** Line in the file, from 1; 0 where the whole file or no file is meant. */
  readonly line: number;
  /** One line: which thing, what is wrong, what was given, what would be right. */
  readonly message: string;
}

/** `vnet.json:12: …`, the form that editors and terminals make clickable. */
export function renderProblem({ file, line, message }: Problem): string {
  return onOneLine(line > 0 ? `${file}:${line}: ${message}` : `${file}: ${message}`);
}

/** Text from a file may hold line breaks and terminal codes; they are shown, not obeyed. */
function onOneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}
