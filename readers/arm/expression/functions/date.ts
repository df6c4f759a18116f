import { type Call, type FunctionTable, strict } from "../call.ts";

/**
 * Dates: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-date (read 2026-11-21).
 * `utcNow` is not here: what the clock says at deployment is not known.
 */
export const dateFunctions: FunctionTable = new Map([
  ["datetimeadd", strict(2, 3, dateTimeAdd)],
  ["datetimefromepoch", strict(1, 1, (call) => format(call, call.integer(0) * 1_000))],
  ["datetimetoepoch", strict(1, 1, (call) => Math.floor(parse(call, 0) / 1_000))],
]);

const durationPattern = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** ISO 8601 durations; Azure counts a year as 365 and a month as 30 days (it reads them as .NET's `TimeSpan`). */
function dateTimeAdd(call: Call): string | null {
  if (call.count > 2) return call.fail("a date format of one's own is not evaluated");
  const found = durationPattern.exec(call.string(1));
  if (found === null) return call.fail(`${JSON.stringify(call.string(1))} is not a duration such as "P1Y" or "-PT1H"`);
  const [years, months, weeks, days, hours, minutes, seconds] = found.slice(2).map((digits) => Number(digits ?? 0));
  const wholeDays = (years ?? 0) * 365 + (months ?? 0) * 30 + (weeks ?? 0) * 7 + (days ?? 0);
  const milliseconds = (((wholeDays * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1_000;
  return format(call, parse(call, 0) + (found[1] === "-" ? -milliseconds : milliseconds));
}

function parse(call: Call, index: number): number {
  const text = call.string(index).replace(" ", "T");
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?Z?$/.test(text)
    ? Date.parse(text.endsWith("Z") || !text.includes("T") ? text : `${text}Z`)
    : Number.NaN;
  if (Number.isNaN(time))
    call.fail(`${JSON.stringify(call.string(index))} is not a date such as "2026-11-21T08:00:00Z"`);
  return Number.isNaN(time) ? 0 : time;
}

function format(call: Call, milliseconds: number): string | null {
  if (Math.abs(milliseconds) > 8.64e15) return call.fail("that is no date");
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
