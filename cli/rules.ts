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
import { readSubnet } from "./input/read-subnet.ts";
import type { Registration } from "./lazy-command.ts";
import { rulesJson, rulesText } from "./report/rules-report.ts";

interface RulesOptions extends InputOptions, ReportOptions {
  readonly networkInterface?: string;
}

/** `w365 rules`: the effective security rules of a subnet, and of one network interface in it. */
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
  const { network, input, place, assumptions } = await readSubnet(options, io.today());
  const networkInterface = interfaceNamed(network, place, options.networkInterface);
  const report = { subnet: subnetLabel(place), rules: effectiveRules(network, place, networkInterface), assumptions };
  noteInput(input, options, io);
  writeReport(options, io, { text: (paint) => rulesText(report, paint), json: () => rulesJson(report) });
}

function interfaceNamed(network: Network, place: SubnetPlace, named: string | undefined): InterfacePlace | undefined {
  if (named === undefined) return undefined;
  const inSubnet = network.interfacesOf(place);
  const found = inSubnet.find(
    ({ networkInterface: { id, name } }) => name.toLowerCase() === named.toLowerCase() || sameResource(id, named),
  );
  if (found !== undefined) return found;
  const names = [...new Set(inSubnet.map(({ networkInterface }) => networkInterface.name))].join(", ") || "none";
  return refuseOption("--network-interface", `"${named}" is not in subnet ${subnetLabel(place)}; it has ${names}`);
}
