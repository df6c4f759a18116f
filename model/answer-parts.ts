import { type HeaderBox, type HeaderSpace, headerSpaceOf, smallestFlow } from "./header-space.ts";
import { covers, subtract } from "./intervals.ts";
import { formatIpSpace, type IpSpace } from "./ip-space.ts";
import { joinBoxes } from "./join-boxes.ts";
import type { Disposition, Verdict } from "./path/step.ts";
import { formatPortSpace } from "./port-range.ts";
import { formatAddress } from "./prefix.ts";
import type { Network } from "./topology/network.ts";
import { reservedAddresses, withReserved } from "./topology/reserved-addresses.ts";

/** A part of a set whose members are not all answered alike: every flow from these sources to these destinations and ports. */
export interface AnswerPart {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  /** The source ports. @default - all that were asked about */
  readonly fromPort?: string;
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  readonly because: string;
  /** The smallest flow of the part. */
  readonly witness: { readonly from: string; readonly to: string; readonly port: number };
}

/** Flows that are answered alike, as the model found them. */
export interface JudgedFlows {
  readonly space: HeaderSpace;
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  readonly because: string;
}

/** One product of flows that are answered alike. */
export interface JudgedBox extends Omit<JudgedFlows, "space"> {
  readonly box: HeaderBox;
}

/** What is answered alike and for the same reason, as disjoint products that together are the whole set. */
export function productsOf(judged: readonly JudgedFlows[]): readonly JudgedBox[] {
  const groups = new Map<string, JudgedFlows>();
  for (const flows of judged) {
    const key = [flows.verdict, flows.disposition, flows.because].join("|");
    const before = groups.get(key);
    groups.set(key, before === undefined ? flows : { ...before, space: [...before.space, ...flows.space] });
  }
  return [...groups.values()].flatMap(({ space, ...answer }) => joinBoxes(space).map((box) => ({ ...answer, box })));
}

/** A product in words. `asked` is the question, whose destinations leave out what Azure reserves in each subnet. */
export function describePart(network: Network, { box, ...answer }: JudgedBox, asked: HeaderBox): AnswerPart {
  const reserved = reservedAddresses(network);
  const usable = headerSpaceOf({ ...box, source: subtract(box.source, reserved) });
  const witness = smallestFlow(usable) ?? smallestFlow([box]);
  const shown = (space: IpSpace, within: IpSpace) => formatIpSpace(withReserved(network, space, within));
  return {
    from: formatIpSpace(box.source),
    to: shown(box.destination, asked.destination),
    port: formatPortSpace(box.destinationPort),
    ...(covers(box.sourcePort, asked.sourcePort) ? {} : { fromPort: formatPortSpace(box.sourcePort) }),
    ...answer,
    witness: {
      from: formatAddress(witness?.source ?? 0),
      to: formatAddress(witness?.destination ?? 0),
      port: witness?.destinationPort ?? 0,
    },
  };
}
