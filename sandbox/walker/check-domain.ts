import type { Estate } from "./estate.ts";
import type { HealthCheckResult } from "./health-check-result.ts";
import { resultOf } from "./health-check-result.ts";
import { formatAddress } from "./ipv4.ts";
import type { Protocol } from "./packet.ts";
import { walkPacket } from "./walk-packet.ts";

/**
 * Ports a member needs to its domain controllers to join.
 * https://learn.microsoft.com/troubleshoot/windows-server/active-directory/config-firewall-for-ad-domains-and-trusts (page of 2022-03-24)
 */
const joinPorts: readonly (readonly [Protocol, number])[] = [
  ["Tcp", 88],
  ["Udp", 88],
  ["Tcp", 135],
  ["Tcp", 389],
  ["Udp", 389],
  ["Tcp", 445],
  ["Tcp", 464],
  ["Tcp", 3268],
  ["Tcp", 49152],
];

/** The checks of a hybrid join that the network decides: the domain's name, and the way to one of its controllers. */
export function domainChecks(
  estate: Estate,
  subnetId: string,
  from: string,
  domain: string,
): readonly HealthCheckResult[] {
  const dnsName = "DNS can resolve Active Directory domain";
  const joinName = "Active Directory domain join";
  // Windows 365 asks for the SRV record _ldap._tcp.<domain>; the records given to the sandbox hold the controllers under that name.
  const record = `_ldap._tcp.${domain.toLowerCase()}`;
  const ask = (protocol: Protocol, port: number) =>
    walkPacket(estate, { from, fromSubnet: subnetId, to: record, protocol, port });
  const answers = joinPorts.map(([protocol, port]) => ({ protocol, port, answer: ask(protocol, port) }));
  const unresolved = answers.find(({ answer }) => answer.disposition === "NameNotResolvable");
  if (unresolved !== undefined) {
    const detail = unresolved.answer.because;
    return [
      resultOf(dnsName, [{ errorType: "dnsCheckFqdnNotFound", detail }]),
      resultOf(joinName, [{ errorType: "adJoinCheckFqdnNotFound", detail }]),
    ];
  }
  const blocked = answers.filter(({ answer }) => answer.verdict === "Deny");
  const open = answers.filter(({ answer }) => answer.verdict === "Unknown");
  const resolved = answers.some(({ answer }) => answer.hops[0]?.step === "Dns" && answer.hops[0].verdict === "Allow");
  const dns: HealthCheckResult = resolved ? resultOf(dnsName, []) : undecided(dnsName, open[0]?.answer.because);
  if (blocked.length === 0 && open.length > 0) {
    return [dns, undecided(joinName, open[0]?.answer.because)];
  }
  const problems = blocked.map(({ protocol, port, answer }) => ({
    errorType: "adJoinCheckServerNotOperational",
    detail: `${protocol} ${port}: ${answer.because}`,
  }));
  return [dns, resultOf(joinName, problems)];
}

function undecided(displayName: string, because: string | undefined): HealthCheckResult {
  return { displayName, status: "undecided", errorTypes: [], additionalDetail: because ?? "" };
}

/** The records a domain's DNS server holds, in the form that `WalkerInput.dnsServers` takes. */
export function domainRecords(
  domain: string,
  controllers: readonly number[],
): Readonly<Record<string, readonly string[]>> {
  const addresses = controllers.map(formatAddress);
  return { [domain.toLowerCase()]: addresses, [`_ldap._tcp.${domain.toLowerCase()}`]: addresses };
}
