import type { init } from "z3-solver";
import type { HeaderBox } from "../../model/header-space.ts";
import type { RuleLine } from "../../model/rules/rule-lines.ts";

/** The part of z3-solver that is asked: its low-level interface. */
export type Z3Api = Awaited<ReturnType<typeof init>>["Z3"];

/** Z3's answer "no flow of the box can be denied". */
const lboolFalse = -1;

/**
 * Whether Z3 finds a flow of the box that the first matching line denies, over bit vectors. The text goes in by synchronous calls: an
 * asynchronous one would read it from another thread after its memory was given back.
 */
export async function canBeDenied(
  z3: Z3Api,
  context: ReturnType<Z3Api["mk_context"]>,
  lines: readonly RuleLine[],
  box: HeaderBox,
): Promise<boolean> {
  const allowed = lines.reduceRight(
    (rest, line) => `(ite ${anyOf(line.certain.map(inBox))} ${line.value.access === "Allow"} ${rest})`,
    "false",
  );
  const declared = fields.map((name) => `(declare-const ${name} (_ BitVec ${width}))`).join("");
  const solver = z3.mk_solver(context);
  z3.solver_inc_ref(context, solver);
  z3.solver_from_string(context, solver, `${declared}(assert (not ${allowed}))(assert ${inBox(box)})`);
  const verdict = await z3.solver_check(context, solver);
  z3.solver_dec_ref(context, solver);
  return verdict !== lboolFalse;
}

const fields = ["source", "destination", "protocol", "sourcePort", "destinationPort"] as const;

/** One bit more than an address has, so that the end of a range fits. */
const width = 33;

function inBox(box: HeaderBox): string {
  return `(and ${fields.map((name) => within(name, box[name])).join(" ")})`;
}

function within(name: string, space: readonly number[]): string {
  const ranges = space.flatMap((from, i) =>
    i % 2 === 1 ? [] : [`(and (bvuge ${name} (_ bv${from} ${width})) (bvult ${name} (_ bv${space[i + 1]} ${width})))`],
  );
  return anyOf(ranges);
}

function anyOf(terms: readonly string[]): string {
  return terms.length === 0 ? "false" : `(or ${terms.join(" ")} false)`;
}
