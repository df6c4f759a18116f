import type { ArmObject, ArmUnknown, Place } from "./arm-value.ts";

/** One resource of the input, wherever it was written and with every expression in it evaluated. */
export interface ArmResource {
  /** The type as written, with the parents' types: `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  /** The name with the parents' names: `vnet-hub/snet-a`. */
  readonly name: string;
  /** The full id. Text in braces stands for what only the deployment knows. */
  readonly id: string;
  /** The whole resource, envelope and properties. */
  readonly body: ArmObject;
  readonly place: Place;
  /** Set when the resource is deployed only under a condition that is not known. */
  readonly condition?: ArmUnknown;
}
