import { type ArmObject, type ArmValue, member } from "../../readers/arm/arm-value.ts";
import { parseJson } from "../../readers/arm/parse-json.ts";
import type { Problem } from "../../readers/problem.ts";
import { readTextFile } from "./read-text-file.ts";

/** Reads a JSON file that a person named, with the lines of its values; what is wrong goes to `problems`. */
export function readJsonFile(name: string, problems: Problem[]): ArmValue | undefined {
  const file = readTextFile(name, problems);
  if (file === undefined) return undefined;
  const parsed = parseJson(file.text, file.name);
  if ("value" in parsed) return parsed.value;
  problems.push(parsed.problem);
  return undefined;
}

/** The fields of an object, each asked for once; what is wrong with one is noted with its line and path. */
export class JsonFields {
  readonly #object: ArmObject;
  readonly #problems: Problem[];

  constructor(object: ArmObject, problems: Problem[]) {
    this.#object = object;
    this.#problems = problems;
  }

  /** Notes every field that is none of these: a misspelt name must not pass for an absent one. */
  allow(...names: readonly string[]): this {
    for (const [name, value] of this.#object.members) {
      if (!names.some((known) => known.toLowerCase() === name.toLowerCase())) {
        this.#note(value, `field "${name}" is not known; there are ${names.join(", ")}`);
      }
    }
    return this;
  }

  /** A text that must be there. */
  text(name: string): string | undefined {
    const value = member(this.#object, name);
    if (value?.kind === "string" && value.value.trim() !== "") return value.value;
    this.#note(value ?? this.#object, value === undefined ? `"${name}" is missing` : `"${name}" must be a text`);
    return undefined;
  }

  /** A whole number, if it is given. */
  number(name: string): number | undefined {
    const value = member(this.#object, name);
    if (value === undefined || value.kind === "null") return undefined;
    if (value.kind === "number" && Number.isInteger(value.value)) return value.value;
    this.#note(value, `"${name}" must be a whole number`);
    return undefined;
  }

  /** A list of texts with at least one entry. */
  texts(name: string): readonly string[] | undefined {
    const value = member(this.#object, name);
    const items = value?.kind === "array" ? value.items : [];
    const texts = items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
    if (texts.length > 0 && texts.length === items.length) return texts;
    this.#note(value ?? this.#object, `"${name}" must be a list of texts with at least one entry`);
    return undefined;
  }

  #note({ place }: ArmValue, message: string): void {
    const path = place.path === "" ? "" : `${place.path}: `;
    this.#problems.push({ file: place.file, line: place.line, message: `${path}${message}` });
  }
}
