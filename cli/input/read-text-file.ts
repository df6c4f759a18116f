import { readFileSync, type Stats, statSync } from "node:fs";
import type { ArmFile } from "../../readers/arm/read-arm.ts";
import type { Problem } from "../../readers/problem.ts";

/** Larger files are refused: an export of a whole subscription has a few megabytes. */
const fileSizeMaxMebibytes = 128;

/**
 * Reads a text file that a person named, or says in `problems` why it cannot be read. UTF-8, or UTF-16 with a byte order mark,
 * which is what `az … > file` writes in Windows PowerShell.
 */
export function readTextFile(name: string, problems: Problem[]): ArmFile | undefined {
  const bytes = readBytes(name);
  const text = typeof bytes === "string" ? undefined : decode(bytes);
  if (text !== undefined) return { name, text };
  const message = typeof bytes === "string" ? bytes : "this is a binary file; expected JSON as text in UTF-8";
  problems.push({ file: name, line: 0, message });
  return undefined;
}

/** The content, or what is wrong. */
function readBytes(name: string): Buffer | string {
  try {
    return refused(statSync(name)) ?? readFileSync(name);
  } catch (error) {
    return reasonOf(error);
  }
}

function refused(stats: Stats): string | undefined {
  if (stats.isDirectory()) return "this is a directory; name the files in it";
  if (!stats.isFile() && !stats.isFIFO()) return "this is no file";
  const mebibytes = Math.ceil(stats.size / 2 ** 20);
  return mebibytes > fileSizeMaxMebibytes
    ? `the file has ${mebibytes} MiB; at most ${fileSizeMaxMebibytes} MiB are read`
    : undefined;
}

function decode(bytes: Buffer): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "it may not be read",
  EPERM: "it may not be read",
  ELOOP: "its links lead in a circle",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? `it cannot be read: ${code || String(error)}`;
}
