import type { Question } from "../../model/explain.ts";
import type { ArmValue } from "../../readers/arm/arm-value.ts";
import type { Problem } from "../../readers/problem.ts";
import { parsePort, parseProtocol, questionOf } from "../arguments/parse-question.ts";
import { JsonFields, readJsonFile } from "./json-fields.ts";

/** A question of a file, with its line for what is wrong with it. */
export interface FlowOfFile {
  readonly question: Question;
  readonly line: number;
}

/** Reads the questions of `explain --flows`: an array of `{ "from", "to", "protocol", "port", "fromPort" }`. */
export function readFlows(file: string, problems: Problem[]): readonly FlowOfFile[] {
  const value = readJsonFile(file, problems);
  if (value === undefined) return [];
  if (value.kind === "array" && value.items.length > 0) return value.items.flatMap((item) => flow(item, problems));
  const message =
    'these are no flows: expected an array of { "from", "to", "protocol", "port" } with at least one entry';
  problems.push({ file, line: value.place.line, message });
  return [];
}

function flow(item: ArmValue, problems: Problem[]): readonly FlowOfFile[] {
  const { file, line, path } = item.place;
  const note = (message: string) => void problems.push({ file, line, message: `${path}: ${message}` });
  if (item.kind !== "object") {
    note('a flow is an object such as { "from": "10.0.0.4", "to": "example.org", "protocol": "tcp", "port": 443 }');
    return [];
  }
  const fields = new JsonFields(item, problems).allow("from", "to", "protocol", "port", "fromPort");
  const [from, to, protocolName] = [fields.text("from"), fields.text("to"), fields.text("protocol")];
  const [port, fromPort] = [fields.number("port"), fields.number("fromPort")];
  for (const given of [port, fromPort]) {
    const parsed = given === undefined ? undefined : parsePort(String(given));
    if (parsed?.ok === false) note(parsed.message);
  }
  const protocol = protocolName === undefined ? undefined : parseProtocol(protocolName);
  if (protocol?.ok === false) note(protocol.message);
  if (from === undefined || to === undefined || !protocol?.ok) return [];
  return [{ question: questionOf({ from, to, protocol: protocol.value }, port, fromPort), line }];
}
