import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A property's type in the mappers of `@azure/arm-network`; only what the shape check reads. */
export interface MapperType {
  readonly name: string;
  readonly className?: string;
  /** Class at the root of a discriminated union. */
  readonly uberParent?: string;
  readonly polymorphicDiscriminator?: { readonly serializedName: string };
  readonly modelProperties?: Readonly<Record<string, MapperProperty>>;
  /** Of a Sequence. */
  readonly element?: MapperProperty;
  /** Of a Dictionary. */
  readonly value?: MapperProperty;
  /** Of an Enum. */
  readonly allowedValues?: readonly (string | number)[];
}

/** One property of a model, or the element of a list. */
export interface MapperProperty {
  readonly type: MapperType;
  /** Wire path, for example "properties.priority". */
  readonly serializedName?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly constraints?: {
    readonly InclusiveMinimum?: number;
    readonly InclusiveMaximum?: number;
    readonly MaxLength?: number;
    readonly MinLength?: number;
    readonly Pattern?: RegExp;
  };
}

/** The mappers: a source of names, types and ranges that is not this project's. */
export interface Mappers {
  /** The model with this class name. */
  model(className: string): MapperType | undefined;
  /** The class a discriminator value chooses, for example "FirewallPolicyRule" and "NetworkRule". */
  variant(uberParent: string, value: string): MapperType | undefined;
  /** The values of an enum, from the package's `Known<name>`. */
  knownValues(enumName: string): readonly string[];
}

let loaded: Mappers | undefined;

/**
 * Loads the mappers at first use, in about 30 ms.
 *
 * The package exports no path to them, so the file is found beside its CommonJS entry.
 */
export function mappers(): Mappers {
  loaded ??= load();
  return loaded;
}

function load(): Mappers {
  const require = createRequire(import.meta.url);
  const models = join(dirname(require.resolve("@azure/arm-network")), "models");
  const exported: Readonly<Record<string, unknown>> = require(join(models, "mappers.js"));
  const enums: Readonly<Record<string, unknown>> = require(join(models, "index.js"));
  const variants = Object.entries(Object(exported.discriminators)).filter((entry) => isModel(entry[1]));
  const byClass = new Map<string, MapperType>();
  for (const value of Object.values(exported)) {
    if (isModel(value) && value.type.className !== undefined) byClass.set(value.type.className, value.type);
  }
  const byVariant = new Map(variants.map(([key, value]) => [key, isModel(value) ? value.type : undefined]));
  return {
    model: (className) => byClass.get(className),
    variant: (uberParent, value) => byVariant.get(`${uberParent}.${value}`),
    knownValues: (enumName) => Object.values(Object(enums[`Known${enumName}`])).map(String),
  };
}

function isModel(value: unknown): value is { readonly type: MapperType } {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "object";
}
