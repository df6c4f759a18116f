import type { Paint } from "./paint.ts";

/** What `writeReport` takes: a report as text and as a value for JSON. */
interface Rendering {
  readonly text: (paint: Paint) => string;
  readonly json: () => unknown;
}

/** The reports of several subnets, one after another; in JSON an array, but for one subnet its object alone. */
export function eachSubnet<Report>(
  reports: readonly Report[],
  text: (report: Report, paint: Paint) => string,
  json: (report: Report) => unknown,
): Rendering {
  const [only, second] = reports;
  return {
    text: (paint) => reports.map((report) => text(report, paint)).join("\n"),
    json: () => (only !== undefined && second === undefined ? json(only) : reports.map(json)),
  };
}
