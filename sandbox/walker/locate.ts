import type { Estate } from "./estate.ts";
import type { Gateway } from "./gateway.ts";
import { allGateways, gatewayKnowing } from "./gateway.ts";
import { isPublic } from "./ipv4.ts";
import { attachmentAt } from "./network-interface.ts";
import type { Subnet } from "./virtual-network.ts";
import { subnetAt } from "./virtual-network.ts";

/** Where an address lives. */
export type Location =
  | { readonly kind: "subnet"; readonly subnet: Subnet }
  | { readonly kind: "onPremises"; readonly gateway: Gateway }
  | { readonly kind: "internet" }
  /** A private address that nothing in the estate knows. */
  | { readonly kind: "nowhere" }
  | { readonly kind: "open"; readonly because: string };

/** Finds the place an address belongs to; `hint` names the subnet where networks share address ranges. */
export function locate(estate: Estate, address: number, hint?: string): Location {
  const subnets = estate.virtualNetworks.flatMap((network) => {
    const subnet = subnetAt(network, address);
    return subnet !== undefined && fits(network.name, subnet, hint) ? [subnet] : [];
  });
  const attached = subnets.filter((subnet) => attachmentAt(estate, subnet.id, address) !== undefined);
  const [subnet, other] = attached.length === 1 ? attached : subnets;
  if (subnet !== undefined) {
    return other === undefined
      ? { kind: "subnet", subnet }
      : {
          kind: "open",
          because: `subnets "${subnet.id}" and "${other.id}" both hold the address; name the one that is meant`,
        };
  }
  const gateway = gatewayKnowing(estate, address);
  if (gateway !== undefined) {
    return { kind: "onPremises", gateway };
  }
  if (isPublic(address)) {
    return { kind: "internet" };
  }
  const silent = allGateways(estate).find((one) => one.learned === undefined);
  return silent === undefined
    ? { kind: "nowhere" }
    : { kind: "open", because: `the routes that gateway "${silent.name}" learnt by BGP are not in the input` };
}

function fits(networkName: string, subnet: Subnet, hint: string | undefined): boolean {
  const wanted = hint?.toLowerCase();
  return wanted === undefined || wanted === subnet.id || wanted === `${networkName}/${subnet.name}`.toLowerCase();
}
