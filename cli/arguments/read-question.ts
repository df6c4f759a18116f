import type { Problem } from "../../readers/problem.ts";
import { optionProblem } from "../input/input-problems.ts";
import type { AskedFlow } from "./asked-flow.ts";
import { parsePort, parseProtocol } from "./parse-question.ts";

/** The options of `explain` that ask a question. */
export interface QuestionOptions {
  readonly from?: string;
  readonly subnet?: string;
  readonly to?: string;
  readonly protocol?: string;
  readonly port?: string;
  readonly fromPort?: string;
  /** A file that asks instead. */
  readonly flows?: string;
}

const optionOf = { from: "--from", to: "--to", port: "--port", fromPort: "--from-port" } as const;

/** The question on the command line, as far as it can be read; none if a file asks. What is wrong goes to `problems`. */
export function readQuestion(options: QuestionOptions, problems: Problem[]): AskedFlow | undefined {
  if (options.flows !== undefined) {
    rejectAll(options, problems);
    return undefined;
  }
  const { from, subnet, to } = options;
  if (to === undefined) problems.push(optionProblem("--to", "it is missing: where the flow goes to"));
  if (from !== undefined && subnet !== undefined) {
    const message = "it says where the flow comes from, and --from says so too; keep one of them";
    problems.push(optionProblem("--subnet", message));
  }
  const protocol = readProtocol(options.protocol, problems);
  const port = readPort("--port", options.port, problems);
  const fromPort = readPort("--from-port", options.fromPort, problems);
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(protocol !== undefined && { protocol }),
    ...(port !== undefined && { port }),
    ...(fromPort !== undefined && { fromPort }),
    note: (field, message) => void problems.push(optionProblem(optionOf[field], message)),
  };
}

function rejectAll(options: QuestionOptions, problems: Problem[]): void {
  const given = {
    "--from": options.from,
    "--subnet": options.subnet,
    "--to": options.to,
    "--protocol": options.protocol,
    "--port": options.port,
    "--from-port": options.fromPort,
  };
  for (const [option, value] of Object.entries(given)) {
    const message = "the questions are in the file of --flows; give one or the other";
    if (value !== undefined) problems.push(optionProblem(option, message));
  }
}

function readProtocol(text: string | undefined, problems: Problem[]) {
  const parsed =
    text === undefined
      ? ({ ok: false, message: "it is missing: tcp, udp, icmp, esp or ah" } as const)
      : parseProtocol(text);
  if (parsed.ok) return parsed.value;
  problems.push(optionProblem("--protocol", parsed.message));
  return undefined;
}

function readPort(option: string, text: string | undefined, problems: Problem[]): number | undefined {
  const parsed = text === undefined ? undefined : parsePort(text);
  if (parsed?.ok === false) problems.push(optionProblem(option, parsed.message));
  return parsed?.ok ? parsed.value : undefined;
}
