/**
 * A set of non-negative integers as sorted bounds `[from, to, from, to, …]`, `from` inside, `to` outside.
 * No two intervals touch, so equal sets are equal lists. Addresses, ports and protocols all are such sets.
 */
export type Intervals = readonly number[];

/** The empty set. */
export const noIntervals: Intervals = [];

/** The set of `from` to `to`, both inside. */
export function interval(from: number, to: number): Intervals {
  return [from, to + 1];
}

/** The union of any number of inclusive ranges, in any order. */
export function intervalsOf(ranges: readonly { readonly from: number; readonly to: number }[]): Intervals {
  if (ranges.length === 0) return noIntervals;
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  const bounds: number[] = [];
  let [from, to] = [-1, -1];
  for (const range of sorted) {
    if (range.from > to) {
      if (to >= 0) bounds.push(from, to);
      from = range.from;
    }
    to = Math.max(to, range.to + 1);
  }
  bounds.push(from, to);
  return bounds;
}

/** Members of either set. */
export function unite(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return combine(a, b, (inA, inB) => inA || inB);
}

/** Members of both sets. */
export function intersect(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0 || b.length === 0) return noIntervals;
  if (a === b) return a;
  if (b.length === 2) return within(a, at(b, 0), at(b, 1));
  if (a.length === 2) return within(b, at(a, 0), at(a, 1));
  const bounds: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const from = Math.max(at(a, i), at(b, j));
    const to = Math.min(at(a, i + 1), at(b, j + 1));
    if (from < to) bounds.push(from, to);
    if (at(a, i + 1) < at(b, j + 1)) i += 2;
    else j += 2;
  }
  return bounds;
}

/** Members from `from` up to but without `to`; does not walk what lies outside, since a service tag can be thousands of intervals. */
function within(set: Intervals, from: number, to: number): Intervals {
  const [first, last] = [at(set, 0), at(set, set.length - 1)];
  if (from <= first && last <= to) return set;
  if (last <= from || to <= first) return noIntervals;
  const [start, end] = [boundsUpTo(set, from), boundsUpTo(set, to - 1)];
  const bounds = set.slice(start, end);
  if (start % 2 === 1) bounds.unshift(from);
  if (end % 2 === 1) bounds.push(to);
  return bounds;
}

/** Members of `a` that are not in `b`. */
export function subtract(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0 || b.length === 0) return a;
  if (b.length === 2 && at(b, 0) <= at(a, 0) && at(a, a.length - 1) <= at(b, 1)) return noIntervals;
  return combine(a, b, (inA, inB) => inA && !inB);
}

/** Whether both hold the same members. */
export function sameIntervals(a: Intervals, b: Intervals): boolean {
  return a.length === b.length && a.every((bound, i) => bound === b[i]);
}

/** Whether every member of `inner` is in `outer`. */
export function covers(outer: Intervals, inner: Intervals): boolean {
  if (outer === inner) return true;
  let i = 0;
  for (let j = 0; j < inner.length; j += 2) {
    const [from, to] = [at(inner, j), at(inner, j + 1)];
    while (i < outer.length && at(outer, i + 1) < to) i += 2;
    if (i >= outer.length || at(outer, i) > from) return false;
  }
  return true;
}

/** Whether the sets share a member. */
export function intersects(a: Intervals, b: Intervals): boolean {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (at(a, i + 1) <= at(b, j)) i += 2;
    else if (at(b, j + 1) <= at(a, i)) j += 2;
    else return true;
  }
  return false;
}

/** Whether the number is in the set. */
export function hasMember(set: Intervals, member: number): boolean {
  return boundsUpTo(set, member) % 2 === 1;
}

/** How many bounds are at most this number. */
function boundsUpTo(set: Intervals, number: number): number {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(set, middle) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The smallest member, or `undefined` of the empty set. */
export function smallest(set: Intervals): number | undefined {
  return set[0];
}

/** How many members the set has. */
export function memberCount(set: Intervals): number {
  let count = 0;
  for (let i = 0; i < set.length; i += 2) count += at(set, i + 1) - at(set, i);
  return count;
}

/** The set as inclusive ranges, in order. */
export function toRanges(set: Intervals): readonly { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (let i = 0; i < set.length; i += 2) ranges.push({ from: at(set, i), to: at(set, i + 1) - 1 });
  return ranges;
}

/** Walks both lists of bounds once and keeps the points where membership of the result changes. */
function combine(a: Intervals, b: Intervals, member: (inA: boolean, inB: boolean) => boolean): Intervals {
  const bounds: number[] = [];
  let [i, j] = [0, 0];
  let inside = false;
  while (i < a.length || j < b.length) {
    const point = Math.min(at(a, i), at(b, j));
    if (at(a, i) === point) i++;
    if (at(b, j) === point) j++;
    const now = member(i % 2 === 1, j % 2 === 1);
    if (now !== inside) {
      bounds.push(point);
      inside = now;
    }
  }
  return bounds;
}

function at(bounds: Intervals, index: number): number {
  return bounds[index] ?? Number.POSITIVE_INFINITY;
}
