import type { Endpoint } from "../../../catalogue/endpoint.ts";
import type { Step, StepKind } from "../../../model/path/step.ts";
import { subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Evidence, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { askFlow } from "../ask-flow.ts";
import { eachSubnet } from "../each-subnet.ts";
import { endpointNeeds } from "../judge-endpoints.ts";

/** A session that a firewall inspects or a tunnel carries is slow, and breaks when the route changes under it. */
export const rdpTakesADirectPath: Rule = {
  name: "rdp-takes-a-direct-path",
  pack: "network",
  description: "RDP goes from the Cloud PC subnets straight to the Internet: past firewalls, appliances and gateways.",
  severity: "medium",
  errorTypes: [],
  url: "https://learn.microsoft.com/windows-365/enterprise/optimization-of-rdp",
  remediation:
    "Add a user route for the service tag WindowsVirtualDesktop with next hop Internet, and give the subnet a NAT gateway.",
  judge: (design) =>
    eachSubnet(design, (subnet) =>
      endpointNeeds(subnet)
        .filter(({ row }) => isRdpByAddress(row))
        .flatMap(({ row }) =>
          row.ports.flatMap((port) => {
            const evidence = askFlow(design.network, {
              from: subnet.place.id,
              to: row.destination.value,
              protocol: row.protocol,
              ...(port.includes("-") ? {} : { port: Number(port) }),
            });
            return observe(evidence, row, `${row.id} ${row.protocol} ${port}`, subnet);
          }),
        ),
    ),
};

/** The rows that give RDP's addresses: which way a name takes depends on the address that it resolves to. */
function isRdpByAddress({ service, destination, requirement }: Endpoint): boolean {
  return service === "azureVirtualDesktop" && destination.kind === "prefix" && requirement === "required";
}

const detours: Readonly<Partial<Record<StepKind, string>>> = {
  Firewall: "firewall",
  Appliance: "appliance",
  Gateway: "gateway",
  TlsInspection: "TLS inspection of firewall",
};

function observe(evidence: Evidence, row: Endpoint, about: string, { place }: CloudPcSubnet): readonly Observation[] {
  const remedy = `route the service tag "WindowsVirtualDesktop" of subnet "${place.subnet.name}" to next hop Internet, with a NAT gateway on the subnet`;
  const flow = `RDP from ${subnetLabel(place)} to ${row.destination.value}, ${row.protocol} ${row.ports.join(", ")}`;
  const detour = evidence.answer.steps.find((step) => step.reached && detours[step.kind] !== undefined);
  if (detour !== undefined) return [{ outcome: "fail", about, evidence, remedy, ...describe(detour, flow) }];
  if (evidence.answer.verdict !== "Unknown") return [];
  const message = `whether ${flow} takes a direct path is not known: ${evidence.answer.because}`;
  return [{ outcome: "undecided", about, evidence, message }];
}

function describe(detour: Step, flow: string): Pick<Observation, "message" | "blamed"> {
  const message = `${flow} goes through ${detours[detour.kind]} "${detour.at}"; it should go straight to the Internet`;
  return detour.resourceId === undefined ? { message } : { message, blamed: subjectOf(detour.resourceId) };
}
