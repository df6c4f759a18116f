import type { AzureFirewall } from "../../../model/estate/firewall.ts";
import { type FirewallView, viewFirewall } from "../../../model/firewall/firewall-view.ts";
import { privateAddressOf } from "../../../model/path/appliance.ts";
import { formatAddress } from "../../../model/prefix.ts";
import { isUnknown } from "../../../model/read.ts";
import type { Network } from "../../../model/topology/network.ts";
import type { CloudPcSubnet } from "../../cloud-pc-subnet.ts";
import type { Check, Observation, Rule } from "../../rule.ts";
import { subjectOf } from "../../subject.ts";
import { cloudPcVirtualNetworks } from "../each-virtual-network.ts";
import { firewallsOfCloudPcs } from "../firewalls-behind.ts";

/** A network rule knows a name only by the addresses that the firewall resolved for it; a client that asked elsewhere may have others. */
export const firewallDnsProxyOn: Rule = {
  name: "firewall-dns-proxy-on",
  pack: "network",
  description: "Where network rules of a firewall name hosts, its DNS proxy is on and the Cloud PC networks ask it.",
  severity: "high",
  errorTypes: [],
  url: "https://learn.microsoft.com/azure/firewall/fqdn-filtering-network-rules",
  remediation:
    "Switch on the DNS proxy of the firewall policy, and name the firewall as DNS server of the virtual network.",
  judge: ({ network, cloudPcSubnets }) =>
    firewallsOfCloudPcs(network, cloudPcSubnets).flatMap(({ firewall, subnets }): readonly Check[] => {
      const view = viewFirewall(network, firewall);
      const rule = ruleWithNames(view);
      if (rule === undefined) return [];
      const observations = [...observeProxy(view, rule), ...observeClients(network, firewall, subnets, rule)];
      return [{ subject: subjectOf(firewall.id), observations }];
    }),
};

/** The first network rule that names hosts. */
function ruleWithNames({ collections }: FirewallView): string | undefined {
  const rules = collections.flatMap(({ collection }) => collection.rules);
  return rules.flatMap((rule) =>
    !isUnknown(rule) && rule.ruleType === "NetworkRule" && rule.destinationFqdns.length > 0 ? [rule.name] : [],
  )[0];
}

function observeProxy({ firewall, tier, dnsProxy }: FirewallView, rule: string): readonly Observation[] {
  const about = "proxy";
  const why = `network rule "${rule}" names hosts`;
  if (tier === "Basic") {
    const message = `firewall "${firewall.name}" is of tier Basic, which has no DNS proxy, but ${why}`;
    return [{ outcome: "fail", about, message, remedy: `replace network rule "${rule}", or use tier Standard` }];
  }
  if (dnsProxy === true) return [];
  if (isUnknown(dnsProxy)) {
    const message = `whether the DNS proxy of firewall "${firewall.name}" is on is not known, and ${why}: ${dnsProxy.unknown}`;
    return [{ outcome: "undecided", about, message }];
  }
  const message = `the DNS proxy of firewall "${firewall.name}" is off, but ${why}`;
  const remedy = `set dnsSettings.enableProxy of the policy of firewall "${firewall.name}" to true`;
  const policy = firewall.firewallPolicyId;
  const blamed = policy === undefined || isUnknown(policy) ? undefined : subjectOf(policy);
  return [{ outcome: "fail", about, message, remedy, ...(blamed && { blamed }) }];
}

/** Whether the virtual networks of the subnets ask the firewall for names. */
function observeClients(
  network: Network,
  firewall: AzureFirewall,
  cloudPcSubnets: readonly CloudPcSubnet[],
  rule: string,
): readonly Observation[] {
  const address = privateAddressOf(network, firewall);
  return cloudPcVirtualNetworks({ network, cloudPcSubnets }).flatMap(
    ({ id, name, dnsServers }): readonly Observation[] => {
      if (address !== undefined && dnsServers.includes(address)) return [];
      const base = { about: `clients of ${name}`, blamed: subjectOf(id) } as const;
      const what = `virtual network "${name}" ${dnsServers.length === 0 ? "asks Azure DNS" : "asks other DNS servers"}`;
      const why = `firewall "${firewall.name}", whose network rule "${rule}" names hosts`;
      if (dnsServers.length > 0 || address === undefined) {
        const open = dnsServers.find(isUnknown)?.unknown ?? "whether they ask the firewall is not in the input";
        return [{ ...base, outcome: "undecided", message: `${what}, and not certainly ${why}: ${open}` }];
      }
      const remedy = `name ${formatAddress(address)} as DNS server of virtual network "${name}"`;
      return [{ ...base, outcome: "fail", message: `${what}, and not ${why}`, remedy }];
    },
  );
}
