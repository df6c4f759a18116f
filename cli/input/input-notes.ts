import type { Place } from "../../model/read.ts";
import { resourceName } from "../../model/resource-id.ts";
import type { CommandIo } from "../command-io.ts";
import { printable } from "../report/printable.ts";
import type { InputOptions } from "./input-options.ts";
import type { LoadedInput } from "./loaded-input.ts";

/** Says on standard error what there is to say about an input beside the report. */
export function noteInput(input: LoadedInput, { verbose }: InputOptions, io: CommandIo): void {
  for (const line of inputNotes(input, verbose === true)) io.note(`${printable(line)}\n`);
}

/**
 * What is said about an input beside the report, a line each: what Azure would refuse in it, and what was not read. Without
 * `verbose` the latter is only counted.
 */
function inputNotes({ estate, fieldsNotRead }: LoadedInput, verbose: boolean): readonly string[] {
  const refused = estate.problems.map(
    ({ id, message, place }) => `warning: ${placeText(place)}Azure would refuse "${resourceName(id)}": ${message}`,
  );
  const byType = Map.groupBy(estate.notRead, ({ type }) => type);
  const count = estate.notRead.length;
  if (!verbose) {
    if (count === 0) return refused;
    const resources = count === 1 ? "1 resource is" : `${count} resources are`;
    const types = byType.size === 1 ? "a type" : `${byType.size} types`;
    return [...refused, `note: ${resources} of ${types} that the model does not read; --verbose lists them`];
  }
  return [
    ...refused,
    ...[...byType].map(([type, ofType]) => `not read: ${type}: ${ofType.map(({ name }) => `"${name}"`).join(", ")}`),
    ...fieldsNotRead().map(({ id, path, place }) => `not read: ${placeText(place)}${path} of "${resourceName(id)}"`),
  ];
}

function placeText(place: Place | undefined): string {
  if (place?.file === undefined) return "";
  return place.line === undefined || place.line === 0 ? `${place.file}: ` : `${place.file}:${place.line}: `;
}
