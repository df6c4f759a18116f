import { explain } from "../../model/explain.ts";
import type { Disposition, Verdict } from "../../model/path/step.ts";
import { type Prefix, parseAddress, parsePrefix } from "../../model/prefix.ts";
import { noReferenceData, type ReferenceData } from "../../model/reference-data.ts";
import { type Network, networkOf } from "../../model/topology/network.ts";
import { readArmInput } from "../../readers/arm-input.ts";
import { openEstate, type Estate as WalkerEstate } from "../../sandbox/walker/estate.ts";
import { walkPacket } from "../../sandbox/walker/walk-packet.ts";
import type { PacketQuestion } from "./random-estate/random-question.ts";
import type { World } from "./random-estate/world.ts";

/** One made-up network, opened by the model (through the readers) and by the packet walker. */
export interface Both {
  readonly model: Network;
  readonly walker: WalkerEstate;
}

/** What one of the two says of a packet. */
export interface Opinion {
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  readonly because: string;
  /** A layer that was passed left it open whether the packet gets through. */
  readonly doubtful: boolean;
  /** The layers passed, each with what it said. */
  readonly trace: readonly string[];
}

/** What both say of a packet. */
export interface Opinions {
  readonly model: Opinion;
  readonly walker: Opinion;
}

/** Opens a network for both from the same bytes. */
export function openBoth(world: World): Both {
  const text = JSON.stringify({ value: world.resources });
  const reading = readArmInput([{ name: "estate.json", text }]);
  if (!("estate" in reading)) throw new Error(JSON.stringify(reading));
  const { estate } = reading;
  const virtualNetworkGateways = estate.virtualNetworkGateways.map((gateway) => {
    const learned = Object.entries(world.learnedRoutes).find(([id]) => id.toLowerCase() === gateway.id.toLowerCase());
    return learned === undefined
      ? gateway
      : { ...gateway, learnedRoutes: prefixesOf(learned[1]).map((network) => ({ network })) };
  });
  const { value } = JSON.parse(text) as { readonly value: World["resources"] };
  return {
    model: networkOf({ ...estate, virtualNetworkGateways }, referenceOf(world)),
    walker: openEstate({ ...world, resources: value }),
  };
}

/** Asks both about one packet. */
export function askBoth(both: Both, question: PacketQuestion): Opinions {
  const answer = explain(both.model, question);
  if (!answer.ok) throw new Error(`${JSON.stringify(question)}: ${answer.message}`);
  const walked = walkPacket(both.walker, question);
  const { steps, returnSteps } = answer.value;
  return { model: opinion(answer.value, [...steps, ...returnSteps]), walker: opinion(walked, walked.hops) };
}

interface Layer {
  readonly kind?: string;
  readonly step?: string;
  readonly at: string;
  readonly verdict: Verdict;
  readonly because: string;
}

function opinion(
  { verdict, disposition, because }: Pick<Opinion, "verdict" | "disposition" | "because">,
  layers: readonly Layer[],
): Opinion {
  const doubtful = layers.some((layer) => layer.verdict === "Unknown");
  const trace = layers.map((layer) => `${layer.kind ?? layer.step} ${layer.at} ${layer.verdict}: ${layer.because}`);
  return { verdict, disposition, because, doubtful, trace };
}

function referenceOf({ serviceTags, fqdnTags, dnsRecords }: World): ReferenceData {
  return {
    ...noReferenceData,
    serviceTag: (name) => {
      const found = entry(serviceTags, name);
      return found === undefined ? undefined : { prefixes: prefixesOf(found), asOf: "2026-11-20" };
    },
    fqdnTag: (name) => entry(fqdnTags, name),
    publicName: (fqdn) => {
      const addresses = publicAddresses(dnsRecords, fqdn);
      return addresses === undefined ? undefined : { addresses, asOf: "2026-11-20" };
    },
  };
}

function entry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(table).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function prefixesOf(texts: readonly string[]): readonly Prefix[] {
  return texts.flatMap((text) => {
    const parsed = parsePrefix(text);
    return parsed.ok ? [parsed.value] : [];
  });
}

/** A snapshot holds addresses only, so aliases are followed here, as whoever takes a snapshot does. */
function publicAddresses(records: World["dnsRecords"], name: string): readonly number[] | undefined {
  return entry(records, name)?.flatMap((text) => {
    const parsed = parseAddress(text);
    return parsed.ok ? [parsed.value] : (publicAddresses(records, text) ?? []);
  });
}
