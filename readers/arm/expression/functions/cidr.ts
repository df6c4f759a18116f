import {
  formatAddress,
  formatPrefix,
  lastAddress,
  type Prefix,
  parsePrefix,
  prefixSize,
} from "../../../../model/prefix.ts";
import { armValue } from "../../arm-value.ts";
import { type Call, type FunctionTable, strict } from "../call.ts";

/** CIDR: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-cidr (read 2026-11-21). IPv4 only. */
export const cidrFunctions: FunctionTable = new Map([
  [
    "parsecidr",
    strict(1, 1, (call) => {
      const block = network(call);
      return block === undefined ? null : armValue(describe(block), call.place);
    }),
  ],
  ["cidrsubnet", strict(3, 3, cidrSubnet)],
  ["cidrhost", strict(2, 2, cidrHost)],
]);

function describe(block: Prefix): Readonly<Record<string, string | number>> {
  const last = lastAddress(block);
  const hosts = block.length < 31 ? 1 : 0;
  return {
    network: formatAddress(block.base),
    netmask: formatAddress(2 ** 32 - prefixSize(block)),
    broadcast: formatAddress(last),
    firstUsable: formatAddress(block.base + hosts),
    lastUsable: formatAddress(last - hosts),
    cidr: block.length,
  };
}

function cidrSubnet(call: Call): string | null {
  const block = network(call);
  const [length, index] = [call.integer(1), call.integer(2)];
  if (block === undefined) return null;
  const base = block.base + index * 2 ** (32 - length);
  if (length < block.length || length > 32 || index < 0 || base > lastAddress(block)) {
    return call.fail(`${JSON.stringify(call.string(0))} has no /${length} subnet with index ${index}`);
  }
  return formatPrefix({ base, length });
}

/** Index 0 is the first usable address. */
function cidrHost(call: Call): string | null {
  const block = network(call);
  const index = call.integer(1);
  if (block === undefined) return null;
  const address = block.base + index + (block.length < 31 ? 1 : 0);
  if (index < 0 || address > lastAddress(block))
    return call.fail(`${JSON.stringify(call.string(0))} has no host with index ${index}`);
  return formatAddress(address);
}

function network(call: Call): Prefix | undefined {
  const parsed = parsePrefix(call.string(0));
  if (!parsed.ok) call.fail(parsed.message);
  return parsed.ok ? parsed.value : undefined;
}
