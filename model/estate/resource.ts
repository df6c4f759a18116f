import type { Prefix } from "../prefix.ts";
import type { Place, Read } from "../read.ts";
import type { ResourceId } from "../resource-id.ts";

/** What every resource of the estate has. */
export interface Resource {
  readonly id: ResourceId;
  readonly name: string;
  /** ARM's region name, such as `westeurope`. */
  readonly location?: Read<string>;
  /** Where it was written, for findings. */
  readonly place?: Place;
  /**
   * `false` for a parent that only its children mention (a subnet given without its virtual network): the id is right,
   * everything else is Unknown. Absent means it was in the input.
   */
  readonly inInput?: false;
}

/** A reference to another resource, in the input or not. */
export type Reference = Read<ResourceId>;

/** An IPv4 address as an unsigned 32-bit number (`parseAddress`, `formatAddress` of `model/prefix.ts`). */
export type Ipv4Address = number;

/** Inclusive range of ports; `*` is read as 0 to 65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** One address expression of a rule, as Azure's fields allow them. */
export type RuleAddress =
  | { readonly kind: "any" }
  | { readonly kind: "prefix"; readonly prefix: Prefix }
  /** `10.0.0.4-10.0.0.9`, which Azure Firewall and IP groups accept. Both ends belong to it. */
  | { readonly kind: "range"; readonly from: Ipv4Address; readonly to: Ipv4Address }
  | { readonly kind: "serviceTag"; readonly name: string }
  /** Matches no IPv4 packet; kept so that a rule of only IPv6 prefixes is not mistaken for one without any. */
  | { readonly kind: "ipv6"; readonly text: string };
