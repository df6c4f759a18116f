import type { FlowLog } from "../../../model/estate/logging.ts";
import type { VirtualNetwork } from "../../../model/estate/virtual-network.ts";
import { isUnknown, knownOr } from "../../../model/read.ts";
import { type Network, refersTo } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { cloudPcVirtualNetworks } from "../each-virtual-network.ts";
import { tellsOfLogging } from "../logging.ts";

/** When a Cloud PC cannot reach something, flow logs say what was let through; nothing can be said of the time before they were on. */
export const flowLogsOn: Rule = {
  name: "flow-logs-on",
  pack: "network",
  description: "Flow logs record what the Cloud PC subnets send and receive.",
  severity: "low",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview",
  remediation: "Switch on virtual network flow logs for the virtual network.",
  judge: (design) =>
    cloudPcVirtualNetworks(design).map((virtualNetwork) => {
      const own = design.cloudPcSubnets.filter(({ place }) => place.virtualNetwork === virtualNetwork);
      return judge(design.network, virtualNetwork, own);
    }),
};

function judge({ estate }: Network, virtualNetwork: VirtualNetwork, subnets: readonly CloudPcSubnet[]): Check {
  const subject = subjectOf(virtualNetwork.id);
  if (!tellsOfLogging(estate)) {
    const assumption = `flow logs record virtual network "${virtualNetwork.name}"; the input holds no logging at all`;
    return { subject, observations: [], assumptions: [assumption] };
  }
  const observations = subnets.flatMap(({ place }) => {
    const group = knownOr(place.subnet.networkSecurityGroupId, undefined);
    const targets = [virtualNetwork.id, place.id, ...(group === undefined ? [] : [group])];
    return observe(estate.flowLogs, targets, place);
  });
  return { subject, observations };
}

function observe(
  flowLogs: readonly FlowLog[],
  targets: readonly string[],
  { virtualNetwork, subnet }: CloudPcSubnet["place"],
): readonly Observation[] {
  const where = `subnet "${virtualNetwork.name}/${subnet.name}"`;
  const own = flowLogs.filter(({ targetResourceId }) => targets.some((id) => refersTo(targetResourceId, id)));
  if (own.some(({ enabled }) => enabled === true)) return [];
  const about = `flow log of ${subnet.name}`;
  const open = own.find(({ enabled }) => isUnknown(enabled)) ?? flowLogs.find((log) => isUnknown(log.targetResourceId));
  if (open !== undefined) {
    const reason = [open.enabled, open.targetResourceId].find(isUnknown)?.unknown ?? "";
    const message = `whether flow log "${open.name}" records ${where} is not known: ${reason}`;
    return [{ outcome: "undecided", about, message, blamed: subjectOf(open.id) }];
  }
  const [off] = own;
  if (off === undefined) {
    const remedy = `make a flow log whose target is virtual network "${virtualNetwork.name}"`;
    return [{ outcome: "fail", about, message: `no flow log records ${where}`, remedy }];
  }
  const message = `flow log "${off.name}" of ${where} is switched off`;
  const remedy = `set enabled of flow log "${off.name}" to true`;
  return [{ outcome: "fail", about, message, remedy, blamed: subjectOf(off.id) }];
}
