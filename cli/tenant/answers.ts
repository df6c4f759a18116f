import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../input-error.ts";
import type { AzStep, CaptureSection, CaptureStep } from "./capture-steps.ts";
import { type AzAnswer, runAz } from "./run-az.ts";

/** What was answered, by the name of its step. A step that could not be asked has no answer. */
export interface Answers {
  readonly found: ReadonlyMap<string, unknown>;
  /** Steps that Azure answered with: there is no such thing. */
  readonly notFound: ReadonlySet<string>;
  /** Why steps have no answer, in sentences to print. */
  readonly notes: readonly string[];
}

/** Asks everything with the Azure CLI, one command after another. Throws an `InputError` if it is not there. */
export async function askAzure(
  sections: readonly CaptureSection[],
  progress: (title: string) => void,
): Promise<Answers> {
  const found = new Map<string, unknown>();
  const notFound = new Set<string>();
  const notes: string[] = [];
  const keep = async (step: AzStep, answer: AzAnswer) => {
    if (answer.kind === "answer")
      found.set(step.name, await allPages(parsed(answer.text, step.name, notes), step, notes));
    else if (answer.kind === "notFound") notFound.add(step.name);
    else notes.push(`${step.name} was not read: ${answer.because}`);
  };
  for (const { title, steps } of sections) {
    progress(title);
    for (const step of await expand(steps, notes)) await keep(step, await runAz(step.args));
  }
  return { found, notFound, notes };
}

/** A list that goes on in further pages is read to its end; a part of it is not taken for all. */
async function allPages(first: unknown, step: AzStep, notes: string[]): Promise<unknown> {
  const values: unknown[] = [];
  let page = first;
  for (;;) {
    const next = nextPage(page);
    if (next === undefined) return values.length === 0 ? page : { value: [...values, ...valuesOf(page)] };
    values.push(...valuesOf(page));
    const answer = await runAz(["rest", "--method", "get", "--url", next]);
    if (answer.kind !== "answer") return onlyPage(page, step.name, notes);
    page = parsed(answer.text, step.name, notes);
  }
}

/** The answer if it is complete. */
function onlyPage(page: unknown, name: string, notes: string[]): unknown {
  if (nextPage(page) === undefined) return page;
  notes.push(`${name} was not read: the answer goes on in another page, which is not here`);
  return undefined;
}

function nextPage(page: unknown): string | undefined {
  if (typeof page !== "object" || page === null) return undefined;
  const link: unknown = Reflect.get(page, "@odata.nextLink") ?? Reflect.get(page, "nextLink");
  return typeof link === "string" && link !== "" ? link : undefined;
}

function valuesOf(page: unknown): readonly unknown[] {
  const values: unknown = typeof page === "object" && page !== null ? Reflect.get(page, "value") : undefined;
  return Array.isArray(values) ? values : [];
}

async function expand(steps: readonly CaptureStep[], notes: string[]): Promise<readonly AzStep[]> {
  const all: AzStep[] = [];
  for (const step of steps) {
    if (step.kind === "az") {
      all.push(step);
      continue;
    }
    const answer = await runAz(step.list);
    if (answer.kind === "answer") {
      const items = answer.text.split(/\r?\n/).filter((line) => line.trim() !== "");
      all.push(...items.flatMap((item) => step.steps(item.trim())));
    } else if (answer.kind === "failed") notes.push(`az ${step.list.join(" ")} failed: ${answer.because}`);
  }
  // Items of two lists may have one name, such as a resource that two queries find.
  return [...new Map(all.map((step) => [step.name, step])).values()];
}

/** Reads the answers that the printed commands kept in a folder. Throws an `InputError` if it cannot be read. */
export function readAnswers(folder: string): Answers {
  const found = new Map<string, unknown>();
  const notes: string[] = [];
  for (const file of filesOf(folder)) {
    const name = file.replace(/\.json$/i, "");
    const text = readFileSync(join(folder, file), "utf8");
    if (text.trim() === "") notes.push(`${name} was not read: the file is empty`);
    else found.set(name, onlyPage(parsed(text, name, notes), name, notes));
  }
  return { found, notFound: new Set(), notes };
}

function filesOf(folder: string): readonly string[] {
  try {
    const files = readdirSync(folder).filter((file) => /\.json$/i.test(file));
    if (files.length > 0) return files.sort();
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new InputError(`--from: the folder "${folder}" cannot be read: ${reason}`);
  }
  throw new InputError(`--from: there are no answers (*.json) in "${folder}"`);
}

function parsed(text: string, name: string, notes: string[]): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    notes.push(`${name} was not read: the answer is no JSON`);
    return undefined;
  }
}
