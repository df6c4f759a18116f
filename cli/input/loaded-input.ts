import type { Directory } from "../../model/reference-data.ts";
import type { PlannedPool } from "../../policy-packs/plan.ts";
import type { EstateReading } from "../../readers/estate-from-arm.ts";

/** A network as a person named it on the command line. */
export interface LoadedInput extends EstateReading {
  readonly kind: "stack" | "arm" | "state";
  /** The stack, or the files. */
  readonly name: string;
  /** Subnets that Cloud PCs are meant for, where the input says so: ids or `vnet/subnet`. Empty: nothing says it. */
  readonly cloudPcSubnets: readonly string[];
  /** The pools that the input plans; empty where it plans none. */
  readonly pools: readonly PlannedPool[];
  /** Active Directory domains that the input names. */
  readonly directories: readonly Directory[];
}
