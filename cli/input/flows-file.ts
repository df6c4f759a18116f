import type { Parsed } from "../../model/prefix.ts";
import { type ArmValue, member } from "../../readers/arm/arm-value.ts";
import type { Problem } from "../../readers/problem.ts";
import type { AskedFlow } from "../arguments/asked-flow.ts";
import { parsePort, parseProtocol } from "../arguments/parse-question.ts";
import { JsonFields, readJsonFile } from "./json-fields.ts";

/**
 * Reads the questions of `explain --flows`: an array of `{ "from", "to", "protocol", "port", "fromPort" }`. What is wrong with one
 * is told with its line and index.
 */
export function readFlows(file: string, problems: Problem[]): readonly AskedFlow[] {
  const value = readJsonFile(file, problems);
  if (value === undefined) return [];
  if (value.kind === "array" && value.items.length > 0) return value.items.flatMap((item) => flow(item, problems));
  const message =
    'these are no flows: expected an array of { "from", "to", "protocol", "port" } with at least one entry';
  problems.push({ file, line: value.place.line, message });
  return [];
}

function flow(item: ArmValue, problems: Problem[]): readonly AskedFlow[] {
  const { file, line, path } = item.place;
  if (item.kind !== "object") {
    const message =
      'a flow is an object such as { "from": "10.0.0.4", "to": "example.org", "protocol": "tcp", "port": 443 }';
    problems.push({ file, line, message: `${path}: ${message}` });
    return [];
  }
  const note = (field: string, message: string) => {
    const place = member(item, field)?.place ?? item.place;
    problems.push({ file: place.file, line: place.line, message: `${place.path}: ${message}` });
  };
  const fields = new JsonFields(item, problems).allow("from", "to", "protocol", "port", "fromPort");
  const [from, to, named] = [fields.text("from"), fields.text("to"), fields.text("protocol")];
  const read = <Value>(field: string, parsed: Parsed<Value> | undefined): Value | undefined => {
    if (parsed?.ok === false) note(field, parsed.message);
    return parsed?.ok ? parsed.value : undefined;
  };
  const protocol = read("protocol", named === undefined ? undefined : parseProtocol(named));
  const [port, fromPort] = (["port", "fromPort"] as const).map((field) => {
    const given = fields.number(field);
    return read(field, given === undefined ? undefined : parsePort(String(given)));
  });
  return [
    {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(protocol !== undefined && { protocol }),
      ...(port !== undefined && { port }),
      ...(fromPort !== undefined && { fromPort }),
      note,
    },
  ];
}
