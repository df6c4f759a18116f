import { readFileSync } from "node:fs";
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { ProblemPath } from "./problem.ts";

/** A place in a file; lines and columns count from 1. */
export interface FileLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A YAML file that was read, or why it could not be. */
export type YamlFile =
  | {
      readonly ok: true;
      /** The whole file as plain data. */
      readonly value: unknown;
      /** Where a path is written: its key, or the nearest one around it that is there. */
      readonly locate: (path: ProblemPath) => FileLocation;
    }
  | { readonly ok: false; readonly message: string; readonly location: FileLocation };

/** Reads a YAML 1.2 file; a missing file and bad syntax are answers, not exceptions. */
export function readYamlFile(file: string): YamlFile {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const reason =
      error instanceof Error && "code" in error && error.code === "ENOENT" ? "does not exist" : "cannot be read";
    return { ok: false, message: `file ${JSON.stringify(file)} ${reason}`, location: { file, line: 1, column: 1 } };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const locationAt = (offset: number): FileLocation => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    return {
      ok: false,
      message: `file ${JSON.stringify(file)} is not YAML: ${error.message}`,
      location: locationAt(error.pos[0]),
    };
  }
  return { ok: true, value: document.toJS(), locate: (path) => locationAt(offsetOf(document.contents, path)) };
}

function offsetOf(node: unknown, path: ProblemPath): number {
  const [part, ...rest] = path;
  if (isMap(node) && part !== undefined) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    if (pair !== undefined)
      return rest.length === 0 ? startOf(pair.key) : Math.max(startOf(pair.key), offsetOf(pair.value, rest));
  }
  if (isSeq(node) && typeof part === "number" && node.items[part] !== undefined)
    return offsetOf(node.items[part], rest);
  return startOf(node);
}

function startOf(node: unknown): number {
  if (isPair(node)) return startOf(node.key);
  return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : 0;
}
