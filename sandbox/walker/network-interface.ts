import { list, nameOf, record, reference, references, text, texts } from "./arm-json.ts";
import type { Estate } from "./estate.ts";
import { parseAddress } from "./ipv4.ts";

/** A network interface of a machine; ids in lower case. */
export interface NetworkInterface {
  readonly id: string;
  readonly name: string;
  readonly networkSecurityGroup: string | undefined;
  readonly ipForwarding: boolean;
  readonly dnsServers: readonly string[];
  readonly ipConfigurations: readonly IpConfiguration[];
  /** The private endpoint that owns this interface, where one does. */
  readonly privateEndpoint: string | undefined;
}

/** One address of a network interface. */
export interface IpConfiguration {
  readonly id: string;
  readonly subnet: string | undefined;
  readonly privateAddress: number | undefined;
  readonly publicIpAddress: string | undefined;
  readonly applicationSecurityGroups: readonly string[];
  readonly backendAddressPools: readonly string[];
}

/** All network interfaces of the estate. */
export function readNetworkInterfaces(estate: Pick<Estate, "ofType">): readonly NetworkInterface[] {
  return estate.ofType("Microsoft.Network/networkInterfaces").map((resource) => {
    const properties = record(resource.properties);
    return {
      id: resource.id.toLowerCase(),
      name: nameOf(resource.id),
      networkSecurityGroup: reference(properties.networkSecurityGroup),
      ipForwarding: properties.enableIPForwarding === true,
      dnsServers: texts(record(properties.dnsSettings).dnsServers),
      privateEndpoint: reference(properties.privateEndpoint),
      ipConfigurations: list(properties.ipConfigurations).map((configuration) => {
        const inner = record(record(configuration).properties);
        const name = text(record(configuration).name) ?? "";
        return {
          id: `${resource.id}/ipConfigurations/${name}`.toLowerCase(),
          subnet: reference(inner.subnet),
          privateAddress: parseAddress(text(inner.privateIPAddress) ?? ""),
          publicIpAddress: reference(inner.publicIPAddress),
          applicationSecurityGroups: references(inner.applicationSecurityGroups),
          backendAddressPools: references(inner.loadBalancerBackendAddressPools),
        };
      }),
    };
  });
}

/** An address together with the interface that carries it. */
export interface Attachment {
  readonly networkInterface: NetworkInterface;
  readonly configuration: IpConfiguration;
}

/** The interface that carries an address in a subnet; undefined when the input holds none (a machine yet to come). */
export function attachmentAt(estate: Estate, subnetId: string, address: number): Attachment | undefined {
  return attachments(estate).get(`${subnetId} ${address}`);
}

function attachments(estate: Estate): ReadonlyMap<string, Attachment> {
  return estate.remember("attachments", () => {
    const found = new Map<string, Attachment>();
    for (const networkInterface of estate.networkInterfaces) {
      for (const configuration of networkInterface.ipConfigurations) {
        found.set(`${configuration.subnet} ${configuration.privateAddress}`, { networkInterface, configuration });
      }
    }
    return found;
  });
}
