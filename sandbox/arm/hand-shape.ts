import type { ArmError, ArmResource } from "./contract.ts";
import { handShapes } from "./hand-shapes.ts";
import { badRequest } from "./refusal.ts";

/**
 * The shape of a body outside `@azure/arm-network`, written down as data.
 *
 * A list has one entry, its element; `"a|b"` is a closed enum; `"any"` is not looked into; a key ending in "!" is
 * required; the key "*" stands for every other key.
 */
export type HandShape = string | readonly [HandShape] | { readonly [key: string]: HandShape };

/** The hand-written shape of a type, without case. */
export function handShapeOf(type: string): HandShape | undefined {
  return Object.entries(handShapes).find(([name]) => name.toLowerCase() === type.toLowerCase())?.[1];
}

/** Everything in the body that its shape does not allow. */
export function checkHandShape(shape: HandShape, body: ArmResource, type: string): readonly ArmError[] {
  const { id: _id, name: _name, type: _type, etag: _etag, ...rest } = body;
  return [...check(shape, rest, "")].map((detail) =>
    badRequest(
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: '${detail}' (${type}).`,
    ),
  );
}

function* check(shape: HandShape, value: unknown, path: string): Generator<string> {
  if (shape === "any") return;
  if (typeof shape === "string") {
    yield* checkScalar(shape, value, path);
  } else if (isList(shape)) {
    if (!Array.isArray(value)) return yield `Path '${path}' must be an array.`;
    for (const [index, entry] of value.entries()) yield* check(shape[0], entry, `${path}[${index}]`);
  } else {
    yield* checkObject(shape, value, path);
  }
}

function* checkObject(shape: Readonly<Record<string, HandShape>>, value: unknown, path: string): Generator<string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return yield `Path '${path}' must be an object.`;
  }
  const entries: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value));
  for (const [key, entry] of Object.entries(entries)) {
    const inner = shape[key] ?? shape[`${key}!`] ?? shape["*"];
    if (entry === undefined || entry === null) continue;
    if (inner === undefined) yield `Could not find member '${key}' on object. Path '${join(path, key)}'.`;
    else yield* check(inner, entry, join(path, key));
  }
  for (const required of Object.keys(shape).filter((key) => key.endsWith("!"))) {
    const key = required.slice(0, -1);
    if ((entries[key] ?? undefined) === undefined)
      yield `Required property '${key}' not found. Path '${join(path, key)}'.`;
  }
}

function* checkScalar(shape: string, value: unknown, path: string): Generator<string> {
  if (["string", "number", "boolean"].includes(shape)) {
    if (typeof value !== shape) yield `Path '${path}' must be a ${shape}.`;
  } else if (!shape.split("|").some((option) => option.toLowerCase() === String(value).toLowerCase())) {
    yield `Error converting value ${JSON.stringify(value)}; allowed values are ${shape.replaceAll("|", ", ")}. Path '${path}'.`;
  }
}

function isList(shape: HandShape): shape is readonly [HandShape] {
  return Array.isArray(shape);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
