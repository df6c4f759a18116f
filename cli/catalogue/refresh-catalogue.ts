import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { changesAsText, type RefreshPlan } from "../../catalogue/refresh/change.ts";
import { refreshMicrosoft365 } from "../../catalogue/refresh/refresh-microsoft365.ts";
import { refreshRoles } from "../../catalogue/refresh/refresh-roles.ts";
import { refreshServiceTags } from "../../catalogue/refresh/refresh-service-tags.ts";
import { Refusal } from "../../catalogue/refresh/refusal.ts";
import { writeData } from "../../catalogue/refresh/write-data.ts";
import { type CatalogueData, checkCatalogueData, type DataName } from "../../catalogue/schemas/catalogue-data.ts";
import type { CommandIo } from "../command-io.ts";
import { InputError } from "../input-error.ts";
import type { RefreshOptions } from "./refresh-options.ts";

/**
 * Reads the sources, prints what changed and what it means, and writes it unless this is a dry run.
 *
 * Every source is read and judged before anything is written, and everything is written before it is told. Throws `InputError`, with nothing written, for one
 * that cannot be used.
 */
export async function refreshCatalogue(options: RefreshOptions, io: CommandIo): Promise<void> {
  const plans = await plan(options, io);
  // Written first: a report of what could not be written would be untrue.
  if (!options.dryRun) write(options.directory, plans);
  for (const one of plans) io.report(changesAsText(one));
  if (options.dryRun) io.note("nothing was written: --dry-run\n");
}

function write(directory: string, plans: readonly RefreshPlan[]): void {
  try {
    writeData(directory, new Map(plans.map(({ file, content }) => [file, content])));
  } catch (error) {
    throw new InputError(
      `the catalogue in "${directory}" cannot be written: ${error instanceof Error ? error.message : error}\nnothing was written`,
    );
  }
}

/** Where Microsoft publishes. The Service Tags file is renamed every week, so its download page is read for the link. */
const published = {
  microsoft365: () => `https://endpoints.office.com/endpoints/worldwide?clientrequestid=${randomUUID()}`,
  serviceTagsPage: "https://www.microsoft.com/download/details.aspx?id=56519",
  roles:
    "https://raw.githubusercontent.com/MicrosoftDocs/azure-docs/main/articles/role-based-access-control/built-in-roles.md",
};

async function plan(options: RefreshOptions, io: CommandIo): Promise<readonly RefreshPlan[]> {
  const given = [options.microsoft365, options.serviceTags, options.roles].filter((source) => source !== undefined);
  const all = given.length === 0;
  refuseUnusedDate(given, options, io);
  const { directory } = options;
  try {
    const plans: RefreshPlan[] = [];
    if (all || options.microsoft365 !== undefined) {
      const location = options.microsoft365 ?? published.microsoft365();
      const text = await read(location, io);
      const readOn = dayOf(location, undefined, options, io);
      plans.push(refreshMicrosoft365(text, present(directory, "endpoints-microsoft365"), readOn));
    }
    if (all || options.serviceTags !== undefined) {
      const location = options.serviceTags ?? (await serviceTagsUrl(io));
      const text = await read(location, io);
      const readOn = dayOf(location, dayInFileName(location), options, io);
      plans.push(refreshServiceTags(text, present(directory, "service-tag-prefixes"), readOn));
    }
    if (all || options.roles !== undefined) {
      const location = options.roles ?? published.roles;
      const text = await read(location, io);
      plans.push(refreshRoles(text, present(directory, "roles"), dayOf(location, dayOfPage(text), options, io)));
    }
    return plans;
  } catch (error) {
    if (error instanceof Refusal) throw new InputError(`${error.message}\nnothing was written`);
    throw error;
  }
}

function refuseUnusedDate(given: readonly string[], { asOf }: RefreshOptions, io: CommandIo): void {
  if (asOf === undefined) return;
  if (given.every(isUrl)) throw new InputError("--as-of dates files, and none was given; what is fetched is of today");
  if (asOf > io.today()) throw new InputError(`--as-of "${asOf}" lies after today, ${io.today()}`);
}

/** What is fetched is of today. A file is of the day that it tells, else of --as-of: nothing old is made to look new. */
function dayOf(location: string, told: string | undefined, { asOf }: RefreshOptions, io: CommandIo): string {
  if (isUrl(location)) return io.today();
  const day = asOf ?? told;
  if (day === undefined)
    throw new InputError(
      `"${location}" does not tell its date: give the day on which it was saved with --as-of\nnothing was written`,
    );
  return day;
}

/** Microsoft's name of the Service Tags file, `ServiceTags_Public_20250721.json`. */
function dayInFileName(location: string): string | undefined {
  const [, year, month, day] = /ServiceTags_Public_(20\d\d)(\d\d)(\d\d)\.json$/.exec(location) ?? [];
  return year && `${year}-${month}-${day}`;
}

/** `ms.date: 03/11/2026` in the head of a documentation page. */
function dayOfPage(text: string): string | undefined {
  const [, month, day, year] = /^ms\.date: *(\d\d)\/(\d\d)\/(20\d\d)\s*$/m.exec(text) ?? [];
  return year && `${year}-${month}-${day}`;
}

function isUrl(location: string): boolean {
  return /^https?:\/\//.test(location);
}

async function serviceTagsUrl(io: CommandIo): Promise<string> {
  const page = await read(published.serviceTagsPage, io);
  const [url] = /https:\/\/download\.microsoft\.com\/[^"\s]*ServiceTags_Public_\d+\.json/.exec(page) ?? [];
  if (url === undefined) throw new Refusal(`"${published.serviceTagsPage}" has no link to the Service Tags file`);
  return url;
}

async function read(location: string, io: CommandIo): Promise<string> {
  try {
    return isUrl(location) ? await io.fetchText(location) : readFileSync(resolve(location), "utf8");
  } catch (error) {
    throw new InputError(
      `"${location}" cannot be read: ${error instanceof Error ? error.message : error}\nnothing was written`,
    );
  }
}

/** The data file as it is now in that folder, checked: a broken one is not built upon. */
function present<Name extends DataName>(directory: string, name: Name): CatalogueData[Name] {
  const file = join(directory, `${name}.json`);
  try {
    const content: CatalogueData[Name] = JSON.parse(readFileSync(file, "utf8"));
    checkCatalogueData(name, content);
    return content;
  } catch (error) {
    throw new InputError(
      `"${file}" is no data file of the catalogue: ${error instanceof Error ? error.message : error}\nnothing was written`,
    );
  }
}
