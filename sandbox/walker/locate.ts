import type { Estate } from "./estate.ts";
import type { Gateway } from "./gateway.ts";
import { gatewayKnowing } from "./gateway.ts";
import { isPublic } from "./ipv4.ts";
import { attachmentAt } from "./network-interface.ts";
import type { Subnet } from "./virtual-network.ts";
import { subnetAt } from "./virtual-network.ts";

/** Where an address lives. */
export type Location =
  | { readonly kind: "subnet"; readonly subnet: Subnet }
  | { readonly kind: "onPremises"; readonly gateway: Gateway }
  | { readonly kind: "internet" }
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
  return isPublic(address)
    ? { kind: "internet" }
    : { kind: "open", because: "no subnet and no gateway of the input knows the private address" };
}

function fits(networkName: string, subnet: Subnet, hint: string | undefined): boolean {
  const wanted = hint?.toLowerCase();
  return wanted === undefined || wanted === subnet.id || wanted === `${networkName}/${subnet.name}`.toLowerCase();
}
