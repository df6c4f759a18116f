import type { Answer } from "../../../model/explain.ts";
import { formatPrefix } from "../../../model/prefix.ts";
import { gatewaysOf, routesOfGateway } from "../../../model/topology/gateways.ts";
import { type Network, subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Evidence, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { askFlow } from "../ask-flow.ts";
import { eachSubnet } from "../each-subnet.ts";
import { askEndpoint, endpointNeeds } from "../judge-endpoints.ts";

/** A firewall drops an answer to a question that it did not see, and forgets a question whose answer it never sees. */
export const returnPathSymmetric: Rule = {
  name: "return-path-symmetric",
  pack: "network",
  description: "Answers come back to the Cloud PCs through the same firewalls as the questions went.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/architecture/networking/guide/network-level-segmentation",
  remediation:
    "Route both directions through the same firewall: the subnet's route table and that of the GatewaySubnet mirror each other.",
  judge: ({ network, cloudPcSubnets }) =>
    eachSubnet({ network, cloudPcSubnets }, (subnet) => [
      ...endpointNeeds(subnet)
        .filter(({ row }) => row.requirement === "required")
        .flatMap((need) =>
          need.row.ports.flatMap((port) =>
            observe(
              network,
              subnet,
              `${need.row.destination.value}, ${need.row.protocol} ${port}`,
              askEndpoint(network, need, port),
            ),
          ),
        ),
      ...onPremises(network, subnet),
    ]),
};

/** What the gateways of the virtual network know, whichever ports are open towards it. Routes do not look at the protocol. */
function onPremises(network: Network, subnet: CloudPcSubnet): readonly Observation[] {
  const { place } = subnet;
  return gatewaysOf(network, place.virtualNetwork).flatMap(({ gateway }) =>
    routesOfGateway(network, gateway)
      .routes.filter(({ prefix }) => prefix.length > 0)
      .flatMap(({ prefix }) => {
        const to = formatPrefix(prefix);
        const found = (["Tcp", "Udp"] as const).flatMap((protocol) => {
          const evidence = askFlow(network, { from: place.id, to, protocol });
          return observe(network, subnet, `${to} behind gateway "${gateway.name}"`, evidence);
        });
        return found.slice(0, 1);
      }),
  );
}

function observe(network: Network, { place }: CloudPcSubnet, to: string, evidence: Evidence): readonly Observation[] {
  const found = asymmetryIn(evidence.answer);
  if (found === undefined) return [];
  const flow = `${subnetLabel(place)} to ${to}`;
  const { because, witness, open } = found;
  // The trace of a set is that of its worst part; the one to show is that of the part in question.
  const shown = witness === undefined ? evidence : askFlow(network, { ...evidence.question, ...witness });
  const blamed = shown.answer.returnSteps.at(-1)?.resourceId;
  const base = { about: flow, evidence: shown, ...(blamed === undefined ? {} : { blamed: subjectOf(blamed) }) };
  if (open)
    return [
      {
        ...base,
        outcome: "undecided",
        message: `whether the answer of ${flow} comes back the same way is not known: ${because}`,
      },
    ];
  const remedy = "route the way back through the firewall that the way there passes, or neither through it";
  return [
    { ...base, outcome: "fail", message: `the answer of ${flow} does not come back the same way: ${because}`, remedy },
  ];
}

interface Asymmetry {
  readonly because: string;
  readonly open: boolean;
  readonly witness?: Answer["parts"][number]["witness"];
}

function asymmetryIn(answer: Answer): Asymmetry | undefined {
  const { verdict, disposition, because, returnSteps } = answer;
  if (verdict === "Allow") return undefined;
  const part = answer.parts.find((each) => each.disposition === "AsymmetricReturn");
  if (part !== undefined) return { because: part.because, open: false, witness: part.witness };
  if (disposition === "AsymmetricReturn") return { because, open: false };
  const lost = disposition === "InsufficientInfo" && returnSteps.some(({ verdict }) => verdict === "Unknown");
  return lost ? { because, open: true } : undefined;
}
