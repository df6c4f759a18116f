import { z } from "zod";
import { environmentSchema } from "./environment.ts";
import { layers } from "./layer.ts";
import { settingKeys } from "./parse-settings.ts";
import { configNamespace } from "./problem.ts";

/**
 * JSON Schema (draft 7, which editors support best) of a `Pulumi.<stack>.yaml` file of this project. The environment
 * itself is `#/definitions/environment`, for files named by `environmentFile`.
 */
export function stackFileSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...environment } = z.toJSONSchema(environmentSchema, { io: "input", target: "draft-07" });
  const known = Object.values(settingKeys).map((key) => key.slice(configNamespace.length + 1));
  return {
    $schema,
    title: "Stack file of windows365-network",
    description: "What a stack deploys. Generated from the configuration schema; do not edit.",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: {
          [settingKeys.environment]: { $ref: "#/definitions/environment" },
          [settingKeys.environmentFile]: {
            type: "string",
            description: "File with the environment, for stacks that share it; relative to this folder.",
          },
          [settingKeys.layer]: { enum: layers, default: "all", description: "What this stack deploys." },
          [settingKeys.region]: { type: "string", description: 'With layer "region": name of the region to deploy.' },
          [settingKeys.hubStack]: {
            type: "string",
            description:
              'With layer "region": the stack of the hub layer, for example "organization/windows365-network/hub".',
          },
          [settingKeys.networkStacks]: {
            type: "array",
            items: { type: "string" },
            minItems: 1,
            description:
              'With layer "connection": the stacks that hold the network, that of the hub layer and that of each region.',
          },
        },
        patternProperties: {
          [`^${configNamespace}:(?!(?:${known.join("|")})$)`]: {
            description: 'A secret that the environment names, set with "pulumi config set --secret".',
            type: "object",
            properties: { secure: { type: "string" } },
            required: ["secure"],
            additionalProperties: false,
          },
        },
      },
    },
    definitions: { environment },
  };
}
