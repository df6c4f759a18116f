import { domainControllerFlows, sortPorts } from "../../../catalogue/domain-controllers.ts";
import { parsePortRange } from "../../../model/port-range.ts";
import { formatAddress } from "../../../model/prefix.ts";
import { type Network, subnetLabel } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import { askFlow, decidingResource } from "../../network/ask-flow.ts";
import type { Evidence, Observation, Rule } from "../../rule.ts";
import { eachHybridSubnet, type JoinedDomain } from "../hybrid-subnets.ts";

const errorTypes = ["adJoinCheckServerNotOperational"];

/** Joining a domain takes more than one port, and there are no cached credentials: every sign-in asks a domain controller again. */
export const domainControllersReachable: Rule = {
  name: "domain-controllers-reachable",
  pack: "identity",
  description: "Cloud PCs that join Active Directory reach every domain controller on every required port.",
  severity: "critical",
  errorTypes,
  url: "https://learn.microsoft.com/troubleshoot/windows-server/active-directory/config-firewall-for-ad-domains-and-trusts",
  remediation:
    "Let the Cloud PC subnets through to the domain controllers, there and back, on every port of Active Directory.",
  judge: (design) => eachHybridSubnet(design, errorTypes, (subnet, domain) => observe(design.network, subnet, domain)),
};

function observe(
  network: Network,
  subnet: CloudPcSubnet,
  { name, servers = [] }: JoinedDomain,
): readonly Observation[] {
  if (servers.length === 0) {
    const message = `whether ${subnetLabel(subnet.place)} reaches the domain controllers of "${name}" is not known: their addresses are not in the input`;
    return [{ outcome: "undecided", about: name, message, errorTypes }];
  }
  return servers.flatMap((server) => {
    const obstacles = (["Tcp", "Udp"] as const).flatMap((protocol) =>
      obstaclesOf(network, subnet.place.id, formatAddress(server), protocol),
    );
    return [...Map.groupBy(obstacles, ({ cause }) => cause).values()].map((group) =>
      describe(subnet, formatAddress(server), group),
    );
  });
}

/** A port that is not open to a domain controller, and why. */
interface Obstacle {
  readonly protocol: "Tcp" | "Udp";
  /** As people write it: `88`, `part of 49152-65535`. */
  readonly port: string;
  readonly evidence: Evidence;
  /** The same for ports that one change opens. */
  readonly cause: string;
}

/** Every port is asked at once; what is not open to all of them is asked again, port by port. */
function obstaclesOf(network: Network, from: string, to: string, protocol: "Tcp" | "Udp"): readonly Obstacle[] {
  const { answer } = askFlow(network, { from, to, protocol });
  if (answer.verdict === "Allow") return [];
  return domainControllerFlows()
    .filter((flow) => flow.protocol === protocol && flow.requirement === "required")
    .flatMap(({ ports }) => ports)
    .flatMap((text) => {
      const asked = portsToAsk(text, answer.parts).map((port) => askFlow(network, { from, to, protocol, port }));
      const closed = asked.filter((evidence) => evidence.answer.verdict !== "Allow");
      const port = closed.length < asked.length ? `part of ${text}` : text;
      return closed.map((evidence) => ({ protocol, port, evidence, cause: causeOf(evidence) }));
    });
}

function causeOf({ answer }: Evidence): string {
  return `${answer.verdict} ${answer.disposition} ${answer.because}`;
}

/** A port itself; of a range, one port of each part of it that is answered apart. */
function portsToAsk(text: string, parts: Evidence["answer"]["parts"]): readonly number[] {
  const range = parsePortRange(text);
  if (!range.ok) throw new Error(`the catalogue has port "${text}": ${range.message}`);
  const { from, to } = range.value;
  if (from === to) return [from];
  const borders = parts
    .flatMap(({ port }) => port.split(/,\s*/))
    .map(parsePortRange)
    .flatMap((parsed) => (parsed.ok ? [parsed.value.from, parsed.value.to + 1] : []));
  return [...new Set([from, ...borders.filter((border) => border > from && border <= to)])];
}

function describe(subnet: CloudPcSubnet, server: string, obstacles: readonly Obstacle[]): Observation {
  const [{ evidence } = unreachable()] = obstacles;
  const { verdict, because, disposition } = evidence.answer;
  const ports = (["Tcp", "Udp"] as const).flatMap((protocol) => {
    const own = obstacles.filter((obstacle) => obstacle.protocol === protocol).map(({ port }) => port);
    return own.length === 0 ? [] : [`${protocol} ${sortPorts(own).join(", ")}`];
  });
  const flow = `${subnetLabel(subnet.place)} to domain controller ${server}, ${ports.join(" and ")},`;
  const blamed = decidingResource(evidence);
  const filtered = ["DeniedOutbound", "DeniedInbound", "DeniedByFirewall"].includes(disposition);
  return {
    outcome: verdict === "Deny" ? "fail" : "undecided",
    about: `${server} ${ports.join(" ")}`,
    message: `${flow} ${verdict === "Deny" ? "is denied" : "is not known to pass"}: ${because}`,
    errorTypes,
    evidence,
    ...(blamed === undefined ? {} : { blamed }),
    ...(filtered && blamed !== undefined
      ? {
          remedy: `in "${blamed.name}", let ${ports.join(" and ")} pass from ${subnetLabel(subnet.place)} to ${server}`,
        }
      : {}),
  };
}

function unreachable(): never {
  throw new Error("a group of obstacles is empty");
}
