import type { EffectiveRoute } from "../routes/effective-routes.ts";

/** What one filter or one whole path says. */
export type Verdict = "Allow" | "Deny" | "Unknown";

/** How a path ends. */
export type Disposition =
  | "Delivered"
  | "ExitsNetwork"
  | "NameNotResolvable"
  | "DeniedOutbound"
  | "DeniedInbound"
  | "DeniedByFirewall"
  | "NoRoute"
  | "NullRouted"
  | "NoEgress"
  | "Loop"
  | "AsymmetricReturn"
  | "InsufficientInfo";

/** The layers of a path. */
export type StepKind =
  | "Dns"
  | "Platform"
  | "SecurityAdminRules"
  | "SecurityRules"
  | "ServiceEndpointPolicy"
  | "Route"
  | "Peering"
  | "Gateway"
  | "Firewall"
  | "NatRule"
  | "TlsInspection"
  | "Appliance"
  | "Egress";

/** The rule of a security group or firewall that decided. */
export interface StepRule {
  readonly type?: "NetworkRule" | "ApplicationRule" | "NatRule" | "Infrastructure";
  readonly name: string;
  readonly priority?: number | null;
  readonly default?: boolean;
  readonly collection?: string;
  readonly group?: string;
  readonly policy?: string;
}

/** One layer of a path, and what decided there. */
export interface Step {
  readonly kind: StepKind;
  /** The resource that decided: a security group, subnet, firewall, gateway, peering. */
  readonly at: string;
  /** Its id, where it has one: for a Route and an Egress that of the subnet. */
  readonly resourceId?: string;
  readonly verdict: Verdict;
  /** `false` behind the first Deny: what this layer would say if the flow came so far. */
  readonly reached: boolean;
  readonly because: string;
  readonly scope?: "Subnet" | "NetworkInterface" | "NetworkManager";
  readonly direction?: "Inbound" | "Outbound";
  /** `null`: nothing matched, denied by default. */
  readonly rule?: StepRule | null;
  readonly route?: {
    readonly name: string | null;
    readonly addressPrefix: string;
    readonly source: EffectiveRoute["source"];
  };
  readonly nextHop?: { readonly type: string; readonly azureType: string; readonly ipAddress: string | null };
  readonly translated?: { readonly address: string | null; readonly port: number | null };
  /** Of an Egress step: what carries the flow out. */
  readonly egress?: { readonly via: string; readonly publicIpAddresses: readonly string[] };
}
