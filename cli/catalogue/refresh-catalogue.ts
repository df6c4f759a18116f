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
 * Every source is read and judged before anything is printed or written. Throws `InputError`, with nothing written, for one
 * that cannot be used.
 */
export async function refreshCatalogue(options: RefreshOptions, io: CommandIo): Promise<void> {
  const plans = await plan(options, io);
  for (const one of plans) io.report(changesAsText(one));
  if (options.dryRun) io.note("nothing was written: --dry-run\n");
  else writeData(options.directory, new Map(plans.map(({ file, content }) => [file, content])));
}

/** Where Microsoft publishes. The Service Tags file is renamed every week, so its download page is read for the link. */
const published = {
  microsoft365: () => `https://endpoints.office.com/endpoints/worldwide?clientrequestid=${randomUUID()}`,
  serviceTagsPage: "https://www.microsoft.com/download/details.aspx?id=56519",
  roles:
    "https://raw.githubusercontent.com/MicrosoftDocs/azure-docs/main/articles/role-based-access-control/built-in-roles.md",
};

async function plan(options: RefreshOptions, io: CommandIo): Promise<readonly RefreshPlan[]> {
  const all = [options.microsoft365, options.serviceTags, options.roles].every((source) => source === undefined);
  const today = io.today();
  const { directory } = options;
  try {
    const plans: RefreshPlan[] = [];
    if (all || options.microsoft365 !== undefined) {
      const text = await read(options.microsoft365 ?? published.microsoft365(), io);
      plans.push(refreshMicrosoft365(text, present(directory, "endpoints-microsoft365"), today));
    }
    if (all || options.serviceTags !== undefined) {
      const text = await read(options.serviceTags ?? (await serviceTagsUrl(io)), io);
      plans.push(refreshServiceTags(text, present(directory, "service-tag-prefixes"), today));
    }
    if (all || options.roles !== undefined) {
      const text = await read(options.roles ?? published.roles, io);
      plans.push(refreshRoles(text, present(directory, "roles"), today));
    }
    return plans;
  } catch (error) {
    if (error instanceof Refusal) throw new InputError(`${error.message}\nnothing was written`);
    throw error;
  }
}

async function serviceTagsUrl(io: CommandIo): Promise<string> {
  const page = await read(published.serviceTagsPage, io);
  const [url] = /https:\/\/download\.microsoft\.com\/[^"\s]*ServiceTags_Public_\d+\.json/.exec(page) ?? [];
  if (url === undefined) throw new Refusal(`"${published.serviceTagsPage}" has no link to the Service Tags file`);
  return url;
}

async function read(location: string, io: CommandIo): Promise<string> {
  try {
    return /^https?:\/\//.test(location) ? await io.fetchText(location) : readFileSync(resolve(location), "utf8");
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
