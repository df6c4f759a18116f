import { type Answer, explain, type Question } from "../model/explain.ts";
import type { Network } from "../model/topology/network.ts";
import { cloudPcSubnet } from "../policy-packs/subnet-named.ts";
import type { Problem } from "../readers/problem.ts";
import { type AskedFlow, checkFlow, questionOf } from "./arguments/asked-flow.ts";
import { addInputArguments, addReportArguments } from "./arguments/input-arguments.ts";
import { type QuestionOptions, readQuestion } from "./arguments/read-question.ts";
import type { ReportOptions } from "./arguments/report-options.ts";
import { writeReport } from "./arguments/write-report.ts";
import type { CommandIo, ExitCode } from "./command-io.ts";
import { noteInput } from "./input/input-notes.ts";
import type { InputOptions } from "./input/input-options.ts";
import { optionProblem, throwProblems } from "./input/input-problems.ts";
import { type InputNetwork, readNetwork } from "./input/read-network.ts";
import { InputError } from "./input-error.ts";
import type { Registration } from "./lazy-command.ts";
import { explainJson } from "./report/explain-json.ts";
import { explainText } from "./report/explain-text.ts";
import type { Explanation } from "./report/explanation.ts";
import { flowsText } from "./report/flows-text.ts";

type ExplainOptions = InputOptions & QuestionOptions & ReportOptions;

/** `w365 explain`: whether a flow passes, and which rule or route decides. Ends with 0 for Allow, 1 for Deny and Unknown. */
export const registerExplain: Registration = (command, io, done) => {
  addReportArguments(
    addInputArguments(command)
      .option("--from <end>", "an address, prefix, vnet/subnet or service tag (default: the Cloud PC subnet)")
      .option("--subnet <subnet>", "the Cloud PC subnet, as vnet/subnet, a unique name or a resource id")
      .option("--to <end>", "an address, prefix, vnet/subnet, host name or service tag")
      .option("--protocol <protocol>", "tcp, udp, icmp, esp or ah")
      .option("--port <port>", "destination port (default: every port)")
      .option("--from-port <port>", "source port (default: every port)")
      .option("--flows <file>", "a JSON array of questions, answered in order"),
  ).action(async (options: ExplainOptions) => done(await runExplain(options, io)));
};

async function runExplain(options: ExplainOptions, io: CommandIo): Promise<ExitCode> {
  const problems: Problem[] = [];
  const asked = readQuestion(options, problems);
  const flows = asked === undefined ? await flowsOf(options, problems) : [asked];
  const read = await readNetwork(options, io.today(), problems);
  for (const flow of flows) checkFlow(flow, read?.network);
  const placed = read === undefined ? [] : flows.map((flow) => withSource(flow, options, read, problems));
  throwProblems(problems);
  if (read === undefined) throw new InputError("the input cannot be read");
  const answers = placed.flatMap((flow) => answerOf(read.network, flow));
  throwProblems(problems);
  const explanations = await Promise.all(answers.map((each) => withFix(read.network, each)));
  noteInput(read.input, options, io);
  report(explanations, read, options, io);
  return explanations.every(({ answer }) => answer.verdict === "Allow") ? 0 : 1;
}

async function flowsOf({ flows }: ExplainOptions, problems: Problem[]): Promise<readonly AskedFlow[]> {
  return flows === undefined ? [] : (await import("./input/flows-file.ts")).readFlows(flows, problems);
}

function report(
  explanations: readonly Explanation[],
  { assumptions }: InputNetwork,
  options: ExplainOptions,
  io: CommandIo,
) {
  const [only] = explanations;
  writeReport(
    options,
    io,
    options.flows === undefined && only !== undefined
      ? { text: (paint) => explainText(only, assumptions, paint), json: () => explainJson(only, assumptions) }
      : {
          text: (paint) => flowsText(explanations, assumptions, paint, options.verbose === true),
          json: () => explanations.map((each) => explainJson(each, assumptions)),
        },
  );
}

/**
 * The question on the command line comes from where `--from` says, else from the Cloud PC subnet, by its id, which is never one of
 * several. In a file of questions each says it itself.
 */
function withSource(
  flow: AskedFlow,
  { subnet, flows }: ExplainOptions,
  { network, input }: InputNetwork,
  problems: Problem[],
): AskedFlow {
  if (flow.from !== undefined || flows !== undefined) return flow;
  const place = cloudPcSubnet(network, subnet, input.cloudPcSubnets);
  if (place.ok) return { ...flow, from: place.value.id };
  problems.push(optionProblem(subnet === undefined ? "--from" : "--subnet", place.message));
  return flow;
}

interface Answered {
  readonly question: Question;
  readonly answer: Answer;
}

function answerOf(network: Network, flow: AskedFlow): readonly Answered[] {
  const question = questionOf(flow);
  const answered = question && explain(network, question);
  if (question !== undefined && answered?.ok) return [{ question, answer: answered.value }];
  if (answered?.ok === false) flow.note("to", answered.message);
  return [];
}

/** Loads what looks for a fix only where one is wanted. */
async function withFix(network: Network, { question, answer }: Answered): Promise<Explanation> {
  if (answer.verdict !== "Deny") return { answer };
  const { smallestFix } = await import("../model/fix/smallest-fix.ts");
  const fix = smallestFix(network, question, answer);
  return { answer, ...(fix !== undefined && { fix }) };
}
