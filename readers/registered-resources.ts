import type { ArmObject } from "./arm/arm-value.ts";
import { type EstateReading, estateFromArm } from "./estate-from-arm.ts";
import { convertPulumiResources } from "./pulumi/azure-native.ts";
import { armValueOfInput, resolvePulumiValue } from "./pulumi/pulumi-value.ts";

/** A resource that a Pulumi program registered, as the engine or a mock of it sees it. */
export interface RegisteredResource {
  /** The type token: `azure-native:network:Subnet`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** The id that other resources' inputs hold; empty while it is not known. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** `false` for a component, which is no resource of Azure. @default true */
  readonly custom?: boolean;
}

/** Reads what a Pulumi program registered. Ids need not be ARM's: they are replaced by the ones ARM will give. */
export function readRegisteredResources(registered: readonly RegisteredResource[]): EstateReading {
  const { resources, connections } = convertPulumiResources(
    registered.filter(({ custom }) => custom !== false).map((resource) => ({ ...resource, body: bodyOf(resource) })),
  );
  return estateFromArm(resources, connections);
}

function bodyOf({ type, name, inputs }: RegisteredResource): ArmObject {
  const place = { file: "the Pulumi program", line: 0, path: `${type.slice(type.lastIndexOf(":") + 1)} "${name}"` };
  const value = armValueOfInput(inputs, place);
  const resolved = value === undefined ? undefined : resolvePulumiValue(value);
  return resolved?.kind === "object" ? resolved : { kind: "object", members: new Map(), place };
}
