import { headerSpaceOf } from "../header-space.ts";
import { protocolSpace } from "../protocol.ts";
import { assuming, narrow, type Packet } from "./packet.ts";

const smtp = headerSpaceOf({ protocol: protocolSpace("Tcp"), destinationPort: [25, 26] });

/**
 * Notes on a packet that leaves for the Internet what it takes for granted of TCP 25: whether Azure lets it out depends on the type of the
 * subscription, which no design tells. https://learn.microsoft.com/azure/virtual-network/troubleshoot-outbound-smtp-connectivity, read 2026-11-21.
 */
export function assumingMail(packet: Packet): Packet {
  if (packet.denied !== undefined || narrow(packet, smtp) === undefined) return packet;
  return assuming(packet, "the type of the subscription permits outbound SMTP (TCP 25) to the Internet");
}
