import { sameResource } from "../model/resource-id.ts";
import { effectiveRules } from "../model/rules/effective-rules.ts";
import { type InterfacePlace, type Network, type SubnetPlace, subnetLabel } from "../model/topology/network.ts";
import { addInputArguments, addReportArguments } from "./arguments/input-arguments.ts";
import type { ReportOptions } from "./arguments/report-options.ts";
import { writeReport } from "./arguments/write-report.ts";
import type { CommandIo } from "./command-io.ts";
import { noteInput } from "./input/input-notes.ts";
import type { InputOptions } from "./input/input-options.ts";
import { refuseOption } from "./input/input-problems.ts";
import { readSubnets } from "./input/read-subnets.ts";
import type { Registration } from "./lazy-command.ts";
import { eachSubnet } from "./report/each-subnet.ts";
import { rulesJson, rulesText } from "./report/rules-report.ts";

interface RulesOptions extends InputOptions, ReportOptions {
  readonly networkInterface?: string;
}

/** `w365 rules`: the effective security rules of each subnet that is meant, and of one network interface in it. */
export const registerRules: Registration = (command, io, done) => {
  addReportArguments(
    addInputArguments(command)
      .option("--subnet <subnet>", "vnet/subnet, a unique name or a resource id (default: the Cloud PC subnet)")
      .option("--network-interface <name>", "a network interface in it, whose security group applies too"),
  ).action(async (options: RulesOptions) => {
    await runRules(options, io);
    done(0);
  });
};

async function runRules(options: RulesOptions, io: CommandIo): Promise<void> {
  const { network, input, places, assumptions } = await readSubnets(options, io.today());
  const asked = options.networkInterface;
  const found = asked === undefined ? places.map((place) => ({ place })) : interfacesNamed(network, places, asked);
  const reports = found.map(({ place, networkInterface }: Filtered) => ({
    subnet: subnetLabel(place),
    rules: effectiveRules(network, place, networkInterface),
    assumptions,
  }));
  noteInput(input, options, io);
  writeReport(options, io, eachSubnet(reports, rulesText, rulesJson));
}

interface Filtered {
  readonly place: SubnetPlace;
  readonly networkInterface?: InterfacePlace;
}

/** The interface of this name, which says too in which of the subnets. */
function interfacesNamed(network: Network, places: readonly SubnetPlace[], named: string): readonly Filtered[] {
  const isNamed = ({ networkInterface: { id, name } }: InterfacePlace) =>
    name.toLowerCase() === named.toLowerCase() || sameResource(id, named);
  const found = places.flatMap((place) => {
    const networkInterface = network.interfacesOf(place).find(isNamed);
    return networkInterface === undefined ? [] : [{ place, networkInterface }];
  });
  if (found.length > 0) return found;
  const all = places.flatMap(network.interfacesOf).map(({ networkInterface }) => networkInterface.name);
  const [where, has] = places.length === 1 ? ["subnet", "it has"] : ["any of", "they have"];
  const message = `"${named}" is not in ${where} ${places.map(subnetLabel).join(", ")}; ${has} ${[...new Set(all)].join(", ") || "none"}`;
  return refuseOption("--network-interface", message);
}
