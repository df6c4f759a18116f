import type { Problem } from "../problem.ts";
import { type ArmValue, joinPath, type Place } from "./arm-value.ts";

/** How deep objects and arrays may lie in one another; ARM itself stops far earlier, and deeper files are an attack. */
const depthMax = 128;

/** What a string holds between its quotes without a line break or an escape. */
const plainText = /[^"\\\n]+/y;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/**
 * Reads JSON as Azure Resource Manager does: with comments, multi-line strings and a comma after the last item.
 * Every value keeps its line and path. Own code because the libraries that keep positions refuse multi-line strings.
 *
 * Syntax: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax (read 2026-11-21).
 */
export function parseJson(text: string, file: string): { readonly value: ArmValue } | { readonly problem: Problem } {
  const parser = new JsonParser(text, file);
  const value = parser.document();
  if (value === undefined || parser.problem !== undefined) {
    return { problem: parser.problem ?? { file, line: 1, message: "this is not JSON" } };
  }
  return { value };
}

/** A class because the position in the text is its state; the first problem ends the reading. */
class JsonParser {
  problem: Problem | undefined;
  readonly #text: string;
  readonly #file: string;
  #at = 0;
  #line = 1;

  constructor(text: string, file: string) {
    this.#text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    this.#file = file;
  }

  document(): ArmValue | undefined {
    this.#skip();
    if (this.#peek() === "" && this.problem === undefined) return this.#fail("the file is empty; expected ARM JSON");
    const value = this.#value("", 0);
    if (value === undefined) return undefined;
    this.#skip();
    if (this.#peek() !== "") return this.#fail(`found ${this.#found()} after the end of the JSON document`);
    return value;
  }

  #value(path: string, depth: number): ArmValue | undefined {
    if (depth > depthMax) return this.#fail(`the JSON is nested deeper than ${depthMax} levels`);
    const place: Place = { file: this.#file, line: this.#line, path };
    switch (this.#peek()) {
      case "{":
        return this.#object(place, depth);
      case "[":
        return this.#array(place, depth);
      case '"': {
        const value = this.#string();
        return value === undefined ? undefined : { kind: "string", value, place };
      }
      default:
        return this.#literal(place);
    }
  }

  #object(place: Place, depth: number): ArmValue | undefined {
    const members = new Map<string, ArmValue>();
    this.#at++;
    for (;;) {
      this.#skip();
      if (this.#peek() === "}") break;
      if (this.#peek() !== '"') {
        return this.#fail(
          `expected a name in double quotes or "}" in the object of line ${place.line}, found ${this.#found()}`,
        );
      }
      const line = this.#line;
      const name = this.#string();
      if (name === undefined) return undefined;
      this.#skip();
      if (this.#peek() !== ":") {
        return this.#fail(`expected ":" after the name ${JSON.stringify(name)}, found ${this.#found()}`);
      }
      this.#at++;
      this.#skip();
      const value = this.#value(joinPath(place.path, name), depth + 1);
      if (value === undefined) return undefined;
      if (members.has(name)) return this.#fail(`the name ${JSON.stringify(name)} is given twice in one object`, line);
      members.set(name, value);
      if (!this.#comma("}", place.line)) return undefined;
    }
    this.#at++;
    return { kind: "object", members, place };
  }

  #array(place: Place, depth: number): ArmValue | undefined {
    const items: ArmValue[] = [];
    this.#at++;
    for (;;) {
      this.#skip();
      if (this.#peek() === "]") break;
      const item = this.#value(`${place.path}[${items.length}]`, depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (!this.#comma("]", place.line)) return undefined;
    }
    this.#at++;
    return { kind: "array", items, place };
  }

  /** A comma, which may also stand after the last item, or the end that follows. */
  #comma(end: "}" | "]", openedAt: number): boolean {
    this.#skip();
    if (this.#peek() === ",") this.#at++;
    else if (this.#peek() !== end) {
      const what = end === "}" ? "object" : "array";
      this.#fail(`expected "," or "${end}" in the ${what} of line ${openedAt}, found ${this.#found()}`);
      return false;
    }
    return this.problem === undefined;
  }

  #string(): string | undefined {
    const openedAt = this.#line;
    let value = "";
    this.#at++;
    for (;;) {
      plainText.lastIndex = this.#at;
      const plain = plainText.exec(this.#text)?.[0] ?? "";
      value += plain;
      this.#at += plain.length;
      const character = this.#peek();
      this.#at++;
      if (character === "")
        return this.#fail(`the string that begins in line ${openedAt} has no closing quote`, openedAt);
      if (character === '"') return value;
      if (character === "\n") this.#line++;
      if (character !== "\\") {
        value += character;
        continue;
      }
      const letter = this.#peek();
      this.#at++;
      if (letter === "u") {
        const digits = this.#text.slice(this.#at, this.#at + 4);
        if (!/^[\da-fA-F]{4}$/.test(digits)) {
          return this.#fail(`expected four hexadecimal digits after "\\u", found ${JSON.stringify(digits)}`);
        }
        value += String.fromCharCode(Number.parseInt(digits, 16));
        this.#at += 4;
        continue;
      }
      const replacement = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
      if (replacement === undefined) {
        return this.#fail(`"\\${letter}" is not an escape of JSON; a backslash itself is written "\\\\"`);
      }
      value += replacement;
    }
  }

  #literal(place: Place): ArmValue | undefined {
    const word = /^[\w.+-]+/.exec(this.#text.slice(this.#at, this.#at + 400))?.[0] ?? "";
    if (word === "true" || word === "false") {
      this.#at += word.length;
      return { kind: "boolean", value: word === "true", place };
    }
    if (word === "null") {
      this.#at += word.length;
      return { kind: "null", place };
    }
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(word) && Number.isFinite(Number(word))) {
      this.#at += word.length;
      return { kind: "number", value: Number(word), place };
    }
    return this.#fail(`expected a value such as "text", 1, true, null, an object or an array, found ${this.#found()}`);
  }

  /** Spaces, line breaks and both kinds of comment. */
  #skip(): void {
    for (;;) {
      const character = this.#peek();
      if (character === "\n") {
        this.#line++;
        this.#at++;
      } else if (character === " " || character === "\t" || character === "\r") {
        this.#at++;
      } else if (character === "/" && this.#text[this.#at + 1] === "/") {
        const end = this.#text.indexOf("\n", this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else if (character === "/" && this.#text[this.#at + 1] === "*") {
        const end = this.#text.indexOf("*/", this.#at + 2);
        if (end < 0) {
          this.#fail(`the comment that begins in line ${this.#line} has no closing "*/"`);
          this.#at = this.#text.length;
          return;
        }
        for (let at = this.#at; at < end; at++) if (this.#text[at] === "\n") this.#line++;
        this.#at = end + 2;
      } else return;
    }
  }

  #peek(): string {
    return this.#text[this.#at] ?? "";
  }

  #found(): string {
    if (this.#at >= this.#text.length) return "the end of the file";
    const word = /^[^\s,:{}[\]"]+/.exec(this.#text.slice(this.#at, this.#at + 20))?.[0];
    return JSON.stringify(word ?? this.#peek());
  }

  #fail(message: string, line = this.#line): undefined {
    this.problem ??= { file: this.#file, line, message };
    return undefined;
  }
}
