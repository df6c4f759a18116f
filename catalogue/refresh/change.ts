/** One difference between the catalogue and a source, and what it means for a network. */
export interface Change {
  readonly kind: "added" | "removed" | "changed";
  /** What differs, such as `set 56 (Common)`. */
  readonly what: string;
  /** The difference itself. */
  readonly details: readonly string[];
  /** What it means for a network that is compiled from the catalogue. */
  readonly meaning: string;
}

/** What a source would change in one data file. */
export interface RefreshPlan {
  /** Name of the data file without `.json`. */
  readonly file: "endpoints-microsoft365" | "service-tag-prefixes" | "roles";
  /** The new content; equal to the old where there are no changes, but for dates. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
}

/** What the second list has and the first has not, and the other way round; both sorted. */
export function compareLists(before: readonly string[] = [], after: readonly string[] = []) {
  const [old, fresh] = [new Set(before), new Set(after)];
  return {
    added: [...fresh].filter((one) => !old.has(one)).sort(),
    removed: [...old].filter((one) => !fresh.has(one)).sort(),
  };
}

/** One line for each kind of difference between two lists. */
export function listDetails(
  name: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly string[] {
  const { added, removed } = compareLists(before, after);
  return [
    ...(added.length > 0 ? [`${name} added: ${added.join(", ")}`] : []),
    ...(removed.length > 0 ? [`${name} removed: ${removed.join(", ")}`] : []),
  ];
}

/** Changes as text: a heading, the details below, and what they mean. */
export function changesAsText({ file, changes }: RefreshPlan): string {
  if (changes.length === 0) return `${file}.json: nothing changed\n`;
  const count = (kind: Change["kind"]) => changes.filter((change) => change.kind === kind).length;
  const heading = `${file}.json: ${count("added")} added, ${count("removed")} removed, ${count("changed")} changed\n`;
  const signs = { added: "+", removed: "-", changed: "~" };
  return (
    heading +
    changes
      .map(
        ({ kind, what, details, meaning }) =>
          `  ${signs[kind]} ${what}\n${[...details, `means: ${meaning}`].map((line) => `      ${line}\n`).join("")}`,
      )
      .join("")
  );
}
