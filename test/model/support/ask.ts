import { type Answer, explain, type Question } from "../../../model/explain.ts";
import { noReferenceData, type ReferenceData } from "../../../model/reference-data.ts";
import { networkOf } from "../../../model/topology/network.ts";
import { networkRule } from "./build.ts";
import { type HubAndSpoke, hubAndSpoke } from "./hub-and-spoke.ts";

/** A question about the hub and spoke of `hub-and-spoke.ts`, from its Cloud PC subnet over TCP unless said. */
export interface Case extends HubAndSpoke, Partial<Question> {
  readonly to: string;
  readonly reference?: Partial<ReferenceData>;
}

/** The answer to it. */
export function ask({ from = "spoke/cpc", to, protocol = "Tcp", port, reference, ...words }: Case): Answer {
  const network = networkOf(hubAndSpoke(words), { ...noReferenceData, ...reference });
  const answer = explain(network, { from, to, protocol, ...(port === undefined ? {} : { port }) });
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

/** TCP 443. */
export const web = { port: 443 };

/** Microsoft says that the tag covers the name. */
export const wvd: Partial<ReferenceData> = { serviceTagsOf: () => ["WindowsVirtualDesktop"] };

/** A firewall policy that lets everything pass. */
export const allowAll = [{ rules: [networkRule({ protocols: ["Any"] })] }];
