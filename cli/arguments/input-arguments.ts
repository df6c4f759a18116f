import { type Command, Option } from "commander";

/** Adds the options that name a network; what they give is `InputOptions`. */
export function addInputArguments(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--stack <name>",
        'the configuration in config/stacks/Pulumi.<name>.yaml (default: "example")',
      ).conflicts(["arm", "state"]),
    )
    .addOption(
      new Option(
        "--arm <file...>",
        "ARM JSON: templates, exports, answers of REST, the Azure CLI or Resource Graph",
      ).conflicts(["stack", "state"]),
    )
    .addOption(
      new Option("--state <file>", "a Pulumi checkpoint, or what `pulumi stack export` prints").conflicts([
        "stack",
        "arm",
      ]),
    )
    .option("--service-tags <file>", "Microsoft's Service Tags JSON (default: the table of the catalogue)")
    .option("--learned-routes <file>", "what `az network vnet-gateway list-learned-routes` printed")
    .option("--gateway <name>", "the gateway that learnt them, where there are several")
    .option("--attest <file>", "what a person vouches for, such as a third-party appliance")
    .option("--verbose", "list also what was not read");
}

/** Adds the options that say how and where to report; what they give is `ReportOptions`. */
export function addReportArguments(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "form of the report").choices(["text", "json"]).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output");
}
