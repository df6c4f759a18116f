import type { Read } from "../../model/read.ts";
import { isUnknown } from "../../model/read.ts";
import type { ResourceId } from "../../model/resource-id.ts";
import { type ArmObject, type ArmValue, armValue, type Partial, type Place } from "../../readers/arm/arm-value.ts";
import type { PolicyTarget } from "./policy-target.ts";

const place: Place = { file: "", line: 0, path: "" };
const reason = "Microsoft does not document how Windows 365 fills it";
const partial: Partial = { reason, symbol: "the network interface" };

/**
 * The network interface that Windows 365 makes for each Cloud PC, as far as it is known: in the region of the virtual network, in
 * one subnet, without tags of the customer, without a public address and without IP forwarding. Everything else is unknown.
 *
 * https://learn.microsoft.com/windows-365/enterprise/architecture (2024-07-09) says that it is made in the customer's subscription;
 * which built-in policies it breaks: https://github.com/Azure/azure-policy (2026-04-29, read 2026-11-20).
 */
export function networkInterface(
  resourceGroupId: ResourceId,
  location: Read<string> | undefined,
  subnetId: ResourceId,
): PolicyTarget {
  const name: ArmValue = {
    kind: "unknown",
    symbol: "{network interface}",
    reason: "Windows 365 chooses the name",
    place,
  };
  const region: ArmValue =
    location === undefined || isUnknown(location)
      ? { kind: "unknown", symbol: "{location}", reason: location?.unknown ?? "the region is not in the input", place }
      : armValue(location, place);
  const ipConfiguration = object(
    { subnet: armValue({ id: subnetId }, place), publicIPAddress: { kind: "null", place } },
    partial,
  );
  const properties = object(
    {
      enableIPForwarding: armValue(false, place),
      ipConfigurations: { kind: "array", items: [object({ properties: ipConfiguration })], place },
    },
    partial,
  );
  return {
    id: `${resourceGroupId}/providers/Microsoft.Network/networkInterfaces/{network-interface}`,
    type: "Microsoft.Network/networkInterfaces",
    name,
    fullName: name,
    location: region,
    body: object({ location: region, tags: object({}), properties }),
  };
}

function object(members: Readonly<Record<string, ArmValue>>, part?: Partial): ArmObject {
  return { kind: "object", members: new Map(Object.entries(members)), place, ...(part && { partial: part }) };
}
