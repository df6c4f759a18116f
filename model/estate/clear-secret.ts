import type { Place } from "../read.ts";
import type { ResourceId } from "../resource-id.ts";

/** A secret that stands in a file for everyone to read. What it is, is kept nowhere. */
export interface ClearSecret {
  /** The resource that it belongs to. */
  readonly id: ResourceId;
  /** The property that holds it: `sharedKey`. */
  readonly property: string;
  readonly place: Place;
}
