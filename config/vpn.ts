import { z } from "zod";
import { addressPrefix, type Immutable, ipAddress, label } from "./values.ts";

/** Values a custom policy may have: https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq (read 2026-11-21). */
const ipsecPolicy = z.strictObject({
  ikeEncryption: z
    .enum(["GCMAES256", "GCMAES128", "AES256", "AES192", "AES128"])
    .describe("Encryption of the IKE main mode."),
  ikeIntegrity: z.enum(["SHA384", "SHA256", "SHA1", "MD5"]).describe("Integrity of the IKE main mode."),
  dhGroup: z
    .enum(["DHGroup24", "ECP384", "ECP256", "DHGroup14", "DHGroup2048", "DHGroup2", "DHGroup1", "None"])
    .describe("Diffie-Hellman group of the IKE main mode."),
  ipsecEncryption: z
    .enum(["GCMAES256", "GCMAES192", "GCMAES128", "AES256", "AES192", "AES128", "DES3", "DES", "None"])
    .describe("Encryption of the tunnel."),
  ipsecIntegrity: z
    .enum(["GCMAES256", "GCMAES192", "GCMAES128", "SHA256", "SHA1", "MD5"])
    .describe("Integrity of the tunnel; with GCM the same as its encryption."),
  pfsGroup: z
    .enum(["PFS24", "ECP384", "ECP256", "PFS2048", "PFS2", "PFS1", "None"])
    .describe("Group of perfect forward secrecy."),
  saLifeTimeSeconds: z.int().min(300).default(27_000).describe("Lifetime of a security association in seconds."),
  saDataSizeKilobytes: z
    .int()
    .min(1024)
    .default(102_400_000)
    .describe("Lifetime of a security association in kilobytes."),
});

/** One on-premises device: a local network gateway and the connection to it. */
const site = z.strictObject({
  name: label.describe("Name of the site, unique in its hub."),
  renamedFrom: label.exactOptional().describe("The name it was deployed under. Default: its name."),
  gatewayIpAddress: ipAddress.exactOptional().describe("Public address of the device; give this or fqdn."),
  fqdn: z.string().min(1).exactOptional().describe("DNS name of the device; give this or gatewayIpAddress."),
  addressPrefixes: z
    .array(addressPrefix)
    .max(1000)
    .default([])
    .describe("Ranges behind the device. Default: none, when BGP advertises them."),
  bgp: z
    .strictObject({
      asn: z.int().min(1).max(4_294_967_295).describe("Autonomous system number of the device."),
      bgpPeeringAddress: ipAddress.describe("Address of the device's BGP peer; not its public address."),
    })
    .exactOptional()
    .describe("BGP with this device. Default: static routes only."),
  sharedKeySecret: z
    .string()
    // The value is not repeated: a person may have put the key itself here.
    .regex(/^[A-Za-z][A-Za-z0-9_.-]*$/, {
      error: 'sharedKeySecret is not the name of a configuration key such as "sharedKeyBerlin"',
    })
    .describe('Name of the configuration key that holds the pre-shared key, set with "pulumi config set --secret".'),
  ipsecPolicy: ipsecPolicy
    .exactOptional()
    .describe("A complete custom IPsec/IKE policy; Azure refuses a partial one. Default: Azure's own proposals."),
});

/** Site-to-site VPN gateway in a hub that is made here. */
export const vpn = z.strictObject({
  sku: z
    .enum(["VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"])
    .default("VpnGw1AZ")
    .describe("Azure accepts only the AZ sizes for new gateways; they can be deployed in every region."),
  activeActive: z
    .boolean()
    .default(false)
    .describe("Two instances with a public address each; the device builds both tunnels."),
  bgpAsn: z.int().min(1).max(4_294_967_295).default(65_515).describe("Autonomous system number of the Azure side."),
  sites: z.array(site).min(1).describe("The devices that connect to the gateway."),
});

/** Site-to-site VPN gateway in a hub that is made here. */
export type Vpn = Immutable<z.output<typeof vpn>>;

/** One on-premises device behind the VPN gateway. */
export type VpnSite = Vpn["sites"][number];
