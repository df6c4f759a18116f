import { type Token, tokenize } from "./tokenize.ts";

/** A parsed template expression. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | {
      readonly kind: "member";
      readonly of: Expression;
      readonly key: Expression;
      /** `.?name` and `[?index]`: null instead of an error where there is no such member. */
      readonly safe: boolean;
    };

/** An expression, or what is wrong with its text. */
export type ParsedExpression = { readonly expression: Expression } | { readonly message: string };

const depthMax = 64;

/** Whether a string of a template is an expression: in brackets, and not the escape `[[`. */
export function isExpression(text: string): boolean {
  return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
}

/** The literal that a string stands for when it is no expression: `[[text]` is `[text]`. */
export function unescapeLiteral(text: string): string {
  return text.startsWith("[[") && text.endsWith("]") ? text.slice(1) : text;
}

/**
 * Parses an expression with its brackets, such as `[concat(parameters('name'), '-nsg')]`.
 *
 * Grammar: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions (read 2026-11-21).
 */
export function parseExpression(text: string): ParsedExpression {
  const tokens = tokenize(text.slice(1, -1));
  if ("message" in tokens) return { message: `expression ${JSON.stringify(text)}: ${tokens.message}` };
  const parser = new ExpressionParser(tokens.tokens);
  const expression = parser.expression(0);
  if (expression !== undefined) parser.end();
  if (expression === undefined || parser.message !== undefined) {
    return { message: `expression ${JSON.stringify(text)}: ${parser.message ?? "is empty"}` };
  }
  return { expression };
}

/** A class because the position among the tokens is its state. */
class ExpressionParser {
  message: string | undefined;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  expression(depth: number): Expression | undefined {
    if (depth > depthMax) return this.#fail(`is nested deeper than ${depthMax} levels`);
    let expression = this.#primary(depth);
    while (expression !== undefined) {
      const token = this.#tokens[this.#at];
      if (token?.kind !== "symbol") break;
      if (token.text === "." || token.text === ".?") {
        this.#at++;
        const name = this.#tokens[this.#at++];
        if (name?.kind !== "identifier") return this.#fail(`expected a property name after "${token.text}"`);
        const key: Expression = { kind: "literal", value: name.text };
        expression = { kind: "member", of: expression, key, safe: token.text === ".?" };
      } else if (token.text === "[" || token.text === "[?") {
        this.#at++;
        const key = this.expression(depth + 1);
        if (key === undefined || !this.#take("]")) return this.#fail('expected "]" after an index');
        expression = { kind: "member", of: expression, key, safe: token.text === "[?" };
      } else break;
    }
    return expression;
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token !== undefined) this.#fail(`found "${token.text}" after the end of the expression`);
  }

  #primary(depth: number): Expression | undefined {
    const token = this.#tokens[this.#at++];
    if (token === undefined) return this.#fail("ends where a value was expected");
    if (token.kind === "string") return { kind: "literal", value: token.text };
    if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
    if (token.kind === "symbol") return this.#fail(`found "${token.text}" where a value was expected`);
    let name = token.text;
    // A function of the user is written with its namespace: contoso.uniqueName('x').
    const [dot, member] = [this.#tokens[this.#at], this.#tokens[this.#at + 1]];
    if (dot?.kind === "symbol" && dot.text === "." && member?.kind === "identifier") {
      name = `${name}.${member.text}`;
      this.#at += 2;
    }
    if (!this.#take("(")) return this.#fail(`expected "(" after the function name "${name}"`);
    const values = this.#arguments(name, depth);
    return values === undefined ? undefined : { kind: "call", name, arguments: values };
  }

  #arguments(name: string, depth: number): readonly Expression[] | undefined {
    const values: Expression[] = [];
    if (this.#take(")")) return values;
    for (;;) {
      const value = this.expression(depth + 1);
      if (value === undefined) return undefined;
      values.push(value);
      if (this.#take(")")) return values;
      if (!this.#take(",")) return this.#fail(`expected "," or ")" after an argument of "${name}"`);
    }
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "symbol" || token.text !== text) return false;
    this.#at++;
    return true;
  }

  #fail(message: string): undefined {
    this.message ??= message;
    return undefined;
  }
}
