import { effectiveRoutes } from "../model/routes/effective-routes.ts";
import { learntRoutes } from "../model/routes/learnt-routes.ts";
import { subnetLabel } from "../model/topology/network.ts";
import { addInputArguments, addReportArguments } from "./arguments/input-arguments.ts";
import type { ReportOptions } from "./arguments/report-options.ts";
import { writeReport } from "./arguments/write-report.ts";
import type { CommandIo } from "./command-io.ts";
import { noteInput } from "./input/input-notes.ts";
import type { InputOptions } from "./input/input-options.ts";
import { readSubnets } from "./input/read-subnets.ts";
import type { Registration } from "./lazy-command.ts";
import { eachSubnet } from "./report/each-subnet.ts";
import { routesJson, routesText } from "./report/routes-report.ts";

/** `w365 routes`: the effective routes of each subnet that is meant, as Azure's "effective routes" shows them. */
export const registerRoutes: Registration = (command, io, done) => {
  addReportArguments(
    addInputArguments(command).option(
      "--subnet <subnet>",
      "vnet/subnet, a unique name or a resource id (default: the Cloud PC subnets)",
    ),
  ).action(async (options: InputOptions & ReportOptions) => {
    await runRoutes(options, io);
    done(0);
  });
};

async function runRoutes(options: InputOptions & ReportOptions, io: CommandIo): Promise<void> {
  const { network, input, places, assumptions } = await readSubnets(options, io.today());
  const reports = places.map((place) => ({
    subnet: subnetLabel(place),
    routes: effectiveRoutes(network, place),
    assumptions: [...new Set([...assumptions, ...learntRoutes(network, place).assumptions])],
  }));
  noteInput(input, options, io);
  writeReport(options, io, eachSubnet(reports, routesText, routesJson));
}
