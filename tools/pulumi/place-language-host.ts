import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, cpSync, existsSync, linkSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { makeFolder } from "./make-folder.ts";

/** The language host's source, which is copied as it is: Node runs it. */
const SOURCE = join(import.meta.dirname, "language-host");

/**
 * Puts our language host beside a built CLI and returns the CLI to run.
 *
 * The engine looks for `pulumi-language-nodejs` in its own folder and warns about one on PATH. Each version of the host
 * gets a folder of its own beside `bin`, named by what it contains, with a hard link to the one binary: clones of
 * different age share the cache without replacing each other's files, and none of them is needed afterwards.
 */
export async function placeLanguageHost(pulumi: string, cliFolder: string): Promise<string> {
  const folder = join(cliFolder, `host-${contentHash(SOURCE)}`);
  const linked = join(folder, "bin", basename(pulumi));
  if (!existsSync(folder)) {
    await makeFolder(folder, async (partial) => {
      cpSync(SOURCE, partial, { recursive: true });
      for (const launcher of readdirSync(join(partial, "bin"))) chmodSync(join(partial, "bin", launcher), 0o755);
      linkOrCopy(pulumi, join(partial, "bin", basename(pulumi)));
    });
  }
  return linked;
}

/** A name for the contents of a folder: the same files give the same twelve hexadecimal digits. */
function contentHash(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update("\0");
  return hash.digest("hex").slice(0, 12);
}

/** Links a file, or copies it where the file system has no links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
