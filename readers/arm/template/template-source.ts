import type { ArmObject, ArmUnknown, ArmValue } from "../arm-value.ts";
import type { DeploymentTarget, Scope, Session } from "../expression/scope.ts";
import type { Registry } from "./registry.ts";

/** A template to read as if it were deployed. */
export interface TemplateSource {
  readonly template: ArmObject;
  /** The value that a parameters file, or the deployment around, gives to a parameter. */
  readonly binding: (name: string) => ArmValue | undefined;
  /** Where its resources go. */
  readonly target: DeploymentTarget;
  /** Whether the deployment around it runs. */
  readonly condition: () => boolean | ArmUnknown;
  readonly session: Session;
  readonly registry: Registry;
  /** Name of the file where several templates are read together, else empty. */
  readonly origin: string;
  /** The scope of the template around it, where the nested template is evaluated in that one. */
  readonly outer?: Scope | undefined;
  /** Reads a template nested in this one, and gives its outputs. */
  readonly expand: (nested: Omit<TemplateSource, "expand">) => () => ArmValue;
}
