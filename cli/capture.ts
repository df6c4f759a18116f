import { writeFileSync } from "node:fs";
import { type Command, Option } from "commander";
import type { CommandIo, ExitCode } from "./command-io.ts";
import { InputError } from "./input-error.ts";
import type { Registration } from "./lazy-command.ts";
import { type Answers, askAzure, readAnswers } from "./tenant/answers.ts";
import { assembleFacts, assembleNetwork } from "./tenant/assemble-facts.ts";
import { captureSections } from "./tenant/capture-steps.ts";
import { commandText, subscriptionVariable } from "./tenant/command-text.ts";
import { runAz } from "./tenant/run-az.ts";

interface CaptureOptions {
  readonly subscription?: string;
  readonly resourceGroup?: readonly string[];
  readonly run?: boolean;
  readonly from?: string;
  readonly out: string;
  readonly network: string;
}

/** `w365 capture`: the commands that collect facts of a tenant and its network, or what they answer, as files to check. */
export const registerCapture: Registration = (command, io, done) => {
  options(command).action(async (given: CaptureOptions) => done(await capture(given, io)));
};

function options(command: Command): Command {
  return command
    .option("--subscription <id>", "the subscription (default: the one that az is set to)")
    .option("--resource-group <name...>", "only these resource groups (default: all of the subscription)")
    .addOption(new Option("--run", "run the commands with az, instead of printing them").conflicts("from"))
    .option("--from <folder>", "read what the printed commands kept in this folder")
    .option("--out <file>", "where to write the facts of the tenant", "tenant.json")
    .option("--network <file>", "where to write the network", "network.json");
}

/** Where the printed commands keep their answers. */
const answersFolder = "capture";

async function capture(given: CaptureOptions, io: CommandIo): Promise<ExitCode> {
  if (given.from !== undefined) return write(readAnswers(given.from), given, io);
  if (given.run === true) return write(await ask(given, io), given, io);
  const { subscription, resourceGroup = [] } = given;
  const scope = {
    subscription: subscription === undefined ? subscriptionVariable : checkedSubscription(subscription),
    resourceGroups: resourceGroup,
  };
  const sections = captureSections(scope);
  io.report(commandText(sections, answersFolder));
  return 0;
}

async function ask({ subscription, resourceGroup = [] }: CaptureOptions, io: CommandIo): Promise<Answers> {
  const scope = {
    subscription: checkedSubscription(subscription ?? (await currentSubscription())),
    resourceGroups: resourceGroup,
  };
  return askAzure(captureSections(scope), (title) => io.note(`reading ${title}\n`));
}

async function currentSubscription(): Promise<string> {
  const answer = await runAz(["account", "show", "--query", "id", "--output", "tsv"]);
  if (answer.kind === "answer") return answer.text.trim();
  const because = answer.kind === "failed" ? answer.because : "there is no account";
  throw new InputError(`az does not tell its subscription: ${because}`);
}

/** The id becomes a part of commands and queries. */
function checkedSubscription(id: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id.toLowerCase();
  throw new InputError(
    `--subscription: "${id}" is not the id of a subscription such as "00000000-0000-0000-0000-000000000000"`,
  );
}

function write(answers: Answers, { out, network }: CaptureOptions, io: CommandIo): ExitCode {
  for (const note of answers.notes) io.note(`note: ${note}\n`);
  const facts = assembleFacts(answers, io.today());
  if (facts === undefined) throw new InputError("nothing is written: az told no account; sign in with az login");
  const resources = assembleNetwork(answers);
  writeJson(out, facts);
  writeJson(network, resources);
  const parts = Object.keys(facts).filter((name) => !["schemaVersion", "readOn", "tenantId"].includes(name));
  io.report(
    `${out}: ${parts.join(", ") || "nothing but the tenant"}\n${network}: ${resources.length} resource${resources.length === 1 ? "" : "s"}\n`,
  );
  io.note(
    "an administrator may add what no command tells: intune.windows365MayRead, deviceSync, domainAccounts, groupPolicies, kerberosServers (docs/tenant-facts.md)\n",
  );
  return 0;
}

/** For its owner only: the files tell who may do what in the tenant. */
function writeJson(file: string, value: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new InputError(`"${file}" cannot be written: ${reason}`);
  }
}
