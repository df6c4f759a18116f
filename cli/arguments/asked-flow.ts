import type { Question } from "../../model/explain.ts";
import { parseAddresses, parseEndpoint } from "../../model/path/endpoint.ts";
import { hasPorts, type Protocol } from "../../model/protocol.ts";
import type { Network } from "../../model/topology/network.ts";

/** A question as somebody gave it. What is missing, or cannot be read, is left out here and has been noted already. */
export interface AskedFlow {
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: Protocol;
  readonly port?: number;
  readonly fromPort?: number;
  /** Notes what is wrong with a field, in the place where it was given. */
  readonly note: (field: "from" | "to" | "port" | "fromPort", message: string) => void;
}

/**
 * Notes everything that cannot be asked of a network, so that nobody has to mend a question one error at a time.
 *
 * @param network - `undefined` where the input cannot be read: then only what is wrong in every network is noted
 */
export function checkFlow(flow: AskedFlow, network: Network | undefined): void {
  for (const field of ["from", "to"] as const) {
    const text = flow[field];
    if (text === undefined) continue;
    const end = network === undefined ? parseAddresses(text) : parseEndpoint(network, text);
    if (end?.ok === false) flow.note(field, end.message);
    if (end?.ok && field === "from" && end.value.kind === "fqdn")
      flow.note(field, `a flow cannot come from a name: "${text}"`);
  }
  for (const field of ["port", "fromPort"] as const) {
    if (flow[field] === undefined || flow.protocol === undefined || hasPorts(flow.protocol)) continue;
    flow.note(field, `protocol ${flow.protocol} has no ports`);
  }
}

/** The question, if it is whole. */
export function questionOf({ from, to, protocol, port, fromPort }: AskedFlow): Question | undefined {
  if (from === undefined || to === undefined || protocol === undefined) return undefined;
  return { from, to, protocol, ...(port !== undefined && { port }), ...(fromPort !== undefined && { fromPort }) };
}
