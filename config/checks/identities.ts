import type { Environment } from "../environment.ts";
import { type Finding, problem } from "../finding.ts";
import { identityOf, type Renamable } from "../naming.ts";
import type { ProblemPath } from "../problem.ts";
import { noHub } from "../resolve.ts";

/** Names are unique among their like, and `renamedFrom` gives nobody the identity of another. */
export function* checkIdentities({ hubs, regions }: Environment): Generator<Finding> {
  yield* checkSiblings("hub", hubs, ["hubs"]);
  yield* checkSiblings("region", regions, ["regions"]);
  for (const [index, { vpn }] of hubs.entries()) {
    yield* checkSiblings("site", vpn?.sites ?? [], ["hubs", index, "vpn", "sites"]);
  }
  for (const [index, { pools }] of regions.entries()) {
    yield* checkSiblings("pool", pools, ["regions", index, "pools"]);
  }
  for (const [index, { name }] of hubs.entries()) {
    if (name === noHub) {
      yield problem(["hubs", index, "name"], `hub name "${noHub}" is reserved: it says that a region has no hub`);
    }
  }
}

function* checkSiblings(what: string, siblings: readonly Renamable[], path: ProblemPath): Generator<Finding> {
  for (const [index, sibling] of siblings.entries()) {
    const { name, renamedFrom } = sibling;
    const others = siblings.filter((other) => other !== sibling);
    const earlier = siblings.slice(0, index);
    if (earlier.some((other) => other.name === name)) {
      yield problem([...path, index, "name"], `two ${what}s are named "${name}"; names must be unique`);
    }
    if (renamedFrom === undefined) continue;
    const at = [...path, index, "renamedFrom"];
    if (renamedFrom === name) {
      yield problem(at, `${what} "${name}" is renamed from its own name; remove renamedFrom`);
    } else if (others.some((other) => other.name === renamedFrom)) {
      yield problem(
        at,
        `${what} "${name}" is renamed from "${renamedFrom}", which another ${what} is named now; ` +
          "renamedFrom is the name that the live resources were first deployed under",
      );
    } else if (earlier.some((other) => identityOf(other) === renamedFrom)) {
      yield problem(at, `two ${what}s are renamed from "${renamedFrom}"; only one can keep its live resources`);
    }
  }
}
