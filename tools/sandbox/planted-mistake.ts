import { join } from "node:path";
import { readYamlFile } from "../../config/yaml-file.ts";
import { projectRoot } from "./workspace.ts";

/** A stack's configuration with one mistake in it. */
export interface PlantedMistake {
  /** What a person would have written, and where. */
  readonly description: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const key = "windows365-network:environment";

/**
 * The configuration of an example with a mistake that the schema takes, Azure takes, and Cloud PCs suffer from: RDP through the
 * firewall where there is one, else a default route to an appliance that nobody has.
 */
export function plantMistake(stack: string): PlantedMistake {
  const read = readYamlFile(join(projectRoot, "config", "stacks", `Pulumi.${stack}.yaml`));
  const environment = read.ok ? at(at(read.value, "config"), key) : undefined;
  const regions = at(environment, "regions");
  const [region, ...others] = Array.isArray(regions) ? regions : [];
  if (!isObject(environment) || !isObject(region)) throw new Error(`config/stacks/Pulumi.${stack}.yaml has no region`);
  const behindFirewall = at(at(region, "egress"), "via") === "firewall";
  const mistake = behindFirewall
    ? { rdp: "egress" }
    : { rdp: "egress", egress: { via: "appliance", privateIpAddress: "10.60.3.200" } };
  const description = behindFirewall
    ? '"rdp: egress" at the region: RDP takes the way through the firewall'
    : '"egress: { via: appliance, privateIpAddress: 10.60.3.200 }" at the region: nothing has that address';
  return { description, config: { [key]: { ...environment, regions: [{ ...region, ...mistake }, ...others] } } };
}

function at(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
