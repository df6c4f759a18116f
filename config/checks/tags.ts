import type { Environment } from "../environment.ts";
import { type Finding, problem } from "../finding.ts";

/** Limits of tags: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources (read 2026-11-21). */
const tagCountMax = 50;
const tagNameLengthMax = 512;
const tagValueLengthMax = 256;
const forbiddenCharacters = /[<>%&\\?/]/;
const reservedPrefixes = ["microsoft", "azure", "windows"];

/** Tags are accepted by every resource that gets them. */
export function* checkTags({ tags }: Environment): Generator<Finding> {
  const names = Object.keys(tags);
  if (names.length > tagCountMax) {
    yield problem(["tags"], `there are ${names.length} tags; a resource can have ${tagCountMax}`);
  }
  for (const [index, name] of names.entries()) {
    const path = ["tags", name];
    const forbidden = forbiddenCharacters.exec(name)?.[0];
    const reserved = reservedPrefixes.find((start) => name.toLowerCase().startsWith(start));
    const twin = names.slice(0, index).find((earlier) => earlier.toLowerCase() === name.toLowerCase());
    if (name === "") yield problem(path, "a tag has an empty name");
    if (name.length > tagNameLengthMax) {
      yield problem(path, `the name of a tag has ${name.length} characters; Azure accepts ${tagNameLengthMax}`);
    }
    if (forbidden !== undefined) {
      yield problem(path, `tag "${name}" has the character "${forbidden}"; a name cannot have < > % & \\ ? or /`);
    }
    if (reserved !== undefined) {
      yield problem(path, `tag "${name}" starts with "${reserved}", which Azure keeps for itself`);
    }
    if (twin !== undefined)
      yield problem(path, `tags "${twin}" and "${name}" are the same to Azure, which ignores case`);
    const length = tags[name]?.length ?? 0;
    if (length > tagValueLengthMax) {
      yield problem(path, `the value of tag "${name}" has ${length} characters; Azure accepts ${tagValueLengthMax}`);
    }
  }
}
