import { z } from "zod";
import { type Immutable, ipAddress } from "./values.ts";

const publicIps = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("addresses"),
    count: z.int().min(1).max(16).default(1).describe("Number of addresses."),
  }),
  z.strictObject({
    kind: z.literal("prefix"),
    prefixLength: z.int().min(28).max(31).describe("Length of the prefix: 28 gives 16 addresses."),
  }),
]);

const natGatewayFields = {
  publicIps: publicIps
    .default({ kind: "addresses", count: 1 })
    .describe("Static public addresses, single or as one prefix; each gives 64,512 SNAT ports."),
  idleTimeoutInMinutes: z.int().min(4).max(120).default(4).describe("Minutes after which an idle flow is dropped."),
};

/** A NAT gateway for a region's Cloud PC subnets. */
export const natGateway = z.strictObject(natGatewayFields);

/** A NAT gateway for a region's Cloud PC subnets. */
export type NatGateway = Immutable<z.output<typeof natGateway>>;

/** How Cloud PCs reach what is outside their network. */
export const egress = z.discriminatedUnion("via", [
  z.strictObject({ via: z.literal("firewall") }).describe("The firewall of the region's hub."),
  z
    .strictObject({ via: z.literal("natGateway"), ...natGatewayFields })
    .describe("A NAT gateway on the Cloud PC subnets."),
  z
    .strictObject({
      via: z.literal("loadBalancer"),
      publicIpCount: z.int().min(1).max(16).default(1).describe("Static public addresses of the outbound rule."),
      idleTimeoutInMinutes: z.int().min(4).max(100).default(4).describe("Minutes after which an idle flow is dropped."),
    })
    .describe("Outbound rules of a Standard load balancer."),
  z
    .strictObject({
      via: z.literal("appliance"),
      privateIpAddress: ipAddress.describe("Address of the appliance, or of the load balancer before it."),
    })
    .describe("A network virtual appliance that exists."),
]);

/** How Cloud PCs reach what is outside their network. */
export type Egress = Immutable<z.output<typeof egress>>;
