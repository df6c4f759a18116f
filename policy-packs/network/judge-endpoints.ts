import type { Endpoint } from "../../catalogue/endpoint.ts";
import { allowedEndpoints } from "../../catalogue/required-endpoints.ts";
import { type Network, subnetLabel } from "../../model/topology/network.ts";
import type { CloudPcSubnet } from "../cloud-pc-subnet.ts";
import type { Check, Design, Evidence, Observation } from "../rule.ts";
import { subjectOf } from "../subject.ts";
import { askFlow, decidingResource } from "./ask-flow.ts";

/** Asks of every Cloud PC subnet whether the chosen rows of the catalogue can be reached from each of its addresses. */
export function judgeEndpoints(
  { network, cloudPcSubnets }: Design,
  chosen: (row: Endpoint) => boolean,
): readonly Check[] {
  return cloudPcSubnets.map((subnet) => {
    const asked = endpointNeeds(subnet)
      .filter(({ row }) => chosen(row))
      .flatMap((need) => need.row.ports.map((port) => ({ need, port, evidence: askEndpoint(network, need, port) })));
    return {
      subject: subjectOf(subnet.place.id),
      observations: asked.flatMap(({ need, port, evidence }) => observe(need, port, evidence)),
      asked: asked.map(({ need, evidence }) => ({ endpoint: need.row.id, evidence })),
    };
  });
}

/** A row that some kind of Cloud PC in the subnet needs. */
export interface Need {
  readonly subnet: CloudPcSubnet;
  readonly row: Endpoint;
  /** `false`: only some of the kinds that the input leaves possible need it. */
  readonly certain: boolean;
}

/** Rows of all kinds of Cloud PCs in a subnet, once each, in the catalogue's order. */
export function endpointNeeds(subnet: CloudPcSubnet): readonly Need[] {
  const counts = new Map<Endpoint, number>();
  for (const kind of subnet.kinds) {
    for (const row of allowedEndpoints(kind)) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return [...counts].map(([row, count]) => ({
    subnet,
    row,
    certain: subnet.kindsAreCertain || count === subnet.kinds.length,
  }));
}

/**
 * Whether Windows 365 tests the row by connecting to it before it sets up a Cloud PC. UDP for Shortpath and language packs only
 * warn: they have rules of their own.
 */
export function isTestedBeforeSetup({ requirement, healthCheck, service }: Endpoint): boolean {
  return requirement === "required" && healthCheck !== "udp" && service !== "languagePacks";
}

/** Asks whether a row can be reached on one of its ports. */
export function askEndpoint(network: Network, { subnet, row }: Need, port: string): Evidence {
  return askFlow(network, {
    from: subnet.place.id,
    to: row.destination.value,
    protocol: row.protocol,
    ...portOf(port),
  });
}

function observe({ subnet, row, certain }: Need, port: string, evidence: Evidence): readonly Observation[] {
  const { verdict, because } = evidence.answer;
  if (verdict === "Allow") return [];
  const flow = `${subnetLabel(subnet.place)} to ${row.destination.value}, ${row.protocol} ${port} (${row.purpose})`;
  const blamed = decidingResource(evidence);
  const base = {
    about: `${row.id} ${row.protocol} ${port}`,
    evidence,
    ...(blamed === undefined ? {} : { blamed }),
    ...(row.errorType === undefined ? {} : { errorTypes: [row.errorType] }),
  };
  if (verdict === "Unknown")
    return [{ ...base, outcome: "undecided", message: `${flow} is not known to pass: ${because}` }];
  return certain
    ? [{ ...base, outcome: "fail", message: `${flow} is denied: ${because}` }]
    : [
        {
          ...base,
          outcome: "undecided",
          message: `${flow} is denied: ${because}; whether these Cloud PCs need it depends on the join type or the Intune location, which the input does not tell`,
        },
      ];
}

/** A range is asked as every port: stricter than the row, so that no part of it passes unseen. */
function portOf(port: string): { readonly port?: number } {
  return port.includes("-") ? {} : { port: Number(port) };
}
