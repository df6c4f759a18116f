import { subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Design, Observation, Rule } from "../../rule.ts";
import { askFlow } from "../ask-flow.ts";
import { eachSubnet } from "../each-subnet.ts";

/** Networks made since March 2026 are private unless told otherwise; on one without a way out nothing can be provisioned. */
export const explicitEgress: Rule = {
  name: "explicit-egress",
  pack: "network",
  description:
    "The Cloud PC subnets leave for the Internet by a way that somebody chose, not by default outbound access.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access",
  remediation: "Attach a NAT gateway to the subnet, or route it to a firewall that has a public IP address.",
  judge: (design) => eachSubnet(design, (subnet) => observe(design, subnet)),
};

/** What goes to the service tag of RDP may leave by another way than the rest, so both are asked. */
const destinations = ["WindowsVirtualDesktop", "Internet"];

function observe({ network }: Design, { place }: CloudPcSubnet): readonly Observation[] {
  const seen = new Set<string>();
  return destinations.flatMap((to): readonly Observation[] => {
    const evidence = askFlow(network, { from: place.id, to, protocol: "Tcp", port: 443 });
    const step = evidence.answer.steps.find(({ egress }) => egress !== undefined);
    const via = step?.egress?.via;
    const about = `egress ${via ?? ""}`;
    if (step === undefined || (via !== "none" && via !== "defaultOutbound" && step.verdict !== "Unknown")) return [];
    if (seen.has(about)) return [];
    seen.add(about);
    const subnet = `subnet "${subnetLabel(place)}"`;
    if (step.verdict === "Unknown") {
      return [
        {
          outcome: "undecided",
          about,
          evidence,
          message: `how ${subnet} leaves for the Internet is not known: ${step.because}`,
        },
      ];
    }
    const message =
      via === "none"
        ? `${subnet} has no way to the Internet: ${step.because}`
        : `${subnet} leaves by default outbound access, which Azure does not promise; give it a NAT gateway, a firewall or a load balancer's outbound rule`;
    return [
      { outcome: "fail", about, evidence, message, remedy: `attach a NAT gateway to subnet "${place.subnet.name}"` },
    ];
  });
}
