import type { Resource } from "../../model/estate/resource.ts";
import { defined } from "./fields.ts";
import type { Source } from "./resource-set.ts";

/** What every resource of the estate has. */
export function resourceOf({ id, name, place, fields, inInput }: Source): Resource {
  const inTheInput = inInput ? undefined : (false as const);
  return defined({
    id,
    name,
    location: inInput ? regionOf(fields.text("location")) : undefined,
    place,
    inInput: inTheInput,
  });
}

/** ARM takes `West Europe` for `westeurope`. */
function regionOf(location: Resource["location"]): Resource["location"] {
  return typeof location === "string" ? location.toLowerCase().replaceAll(" ", "") : location;
}
