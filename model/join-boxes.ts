import type { HeaderBox, HeaderSpace } from "./header-space.ts";
import { unite } from "./intervals.ts";

/** In the order in which boxes are joined: those of the same sources first, so that a list of them reads by source. */
const dimensions = ["destination", "destinationPort", "protocol", "sourcePort", "source"] as const;

/** The same flows in fewer disjoint boxes: two that differ in one dimension only become one, until none do. */
export function joinBoxes(space: HeaderSpace): HeaderSpace {
  let boxes = space;
  for (;;) {
    const joined = dimensions.reduce<HeaderSpace>(joinAlong, boxes);
    if (joined.length === boxes.length) return joined;
    boxes = joined;
  }
}

function joinAlong(boxes: HeaderSpace, dimension: (typeof dimensions)[number]): HeaderSpace {
  if (boxes.length < 2) return boxes;
  const others = dimensions.filter((other) => other !== dimension);
  const byRest = new Map<string, HeaderBox>();
  for (const box of boxes) {
    const rest = others.map((other) => box[other].join(",")).join(";");
    const same = byRest.get(rest);
    byRest.set(rest, same === undefined ? box : { ...same, [dimension]: unite(same[dimension], box[dimension]) });
  }
  return [...byRest.values()];
}
