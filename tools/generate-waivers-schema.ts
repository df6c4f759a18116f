import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { waiversSchema } from "../policy-packs/waiver.ts";

/** The JSON Schema of `waivers.yaml`, for editors. */
export function waiversJsonSchema() {
  const { $schema, ...schema } = z.toJSONSchema(waiversSchema, { io: "input" });
  return {
    $schema,
    title: "Waivers for w365",
    description: "What `--waivers FILE` reads: findings that people accept for a while.",
    ...schema,
  };
}

if (import.meta.main) {
  const file = resolve(import.meta.dirname, "../docs/schemas/waivers.schema.json");
  writeFileSync(file, `${JSON.stringify(waiversJsonSchema(), undefined, 2)}\n`);
}
