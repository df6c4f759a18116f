import { createHash } from "node:crypto";

/** A GUID that depends on the text only: the sandbox invents the same one in every run. */
export function stableGuid(text: string): string {
  const hex = createHash("sha256").update(text.toLowerCase()).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** A number from 0 to below `limit` that depends on the text only. */
export function stableNumber(text: string, limit: number): number {
  return createHash("sha256").update(text.toLowerCase()).digest().readUInt32BE(0) % limit;
}

/** The etag ARM gives a resource with this content. */
export function stableEtag(content: unknown): string {
  return `W/"${stableGuid(JSON.stringify(content))}"`;
}
