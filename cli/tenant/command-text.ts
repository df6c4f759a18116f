import type { AzStep, CaptureSection, CaptureStep } from "./capture-steps.ts";

/** The shell variable that stands for an item of a list. */
const item = "$item";

/** The shell variable that stands for the subscription, where nobody names one: the one that az is set to. */
export const subscriptionVariable = "$subscription";

/** Both, as parts of an argument. */
const variables = /(\$(?:item|subscription)\b)/;

/** A script for bash that runs every step and keeps each answer in a file of the folder. */
export function commandText(sections: readonly CaptureSection[], folder: string): string {
  const lines = sections.flatMap(({ title, steps }) => [
    `# ${title}`,
    ...steps.flatMap((step) => stepLines(step, folder)),
    "",
  ]);
  return [
    "# Run in bash, signed in with az login; it reads and changes nothing. Afterwards:",
    `#   w365 capture --from ${quoted(folder)}`,
    `mkdir -p ${quoted(folder)}`,
    ...(lines.some((line) => line.includes(subscriptionVariable))
      ? ["subscription=$(az account show --query id --output tsv)"]
      : []),
    "",
    ...lines,
  ].join("\n");
}

function stepLines(step: CaptureStep, folder: string): readonly string[] {
  if (step.kind === "az") return [`az ${step.args.map(quoted).join(" ")} > ${fileOf(step, folder)}`];
  return [
    `az ${step.list.map(quoted).join(" ")} | while read -r item; do`,
    ...step.steps(item).map((each) => `  az ${each.args.map(quoted).join(" ")} < /dev/null > ${fileOf(each, folder)}`),
    "done",
  ];
}

/** Names of answers of an item have its slashes replaced, in the shell as in the program. */
function fileOf({ name }: AzStep, folder: string): string {
  return quoted(`${folder}/${name}.json`).replaceAll(item, `\${item//\\//_}`);
}

/** Quotes an argument for bash; only the two variables are expanded in it. */
export function quoted(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument;
  if (!variables.test(argument)) return `'${argument.replaceAll("'", `'\\''`)}'`;
  const parts = argument.split(variables);
  return `"${parts.map((part) => (variables.test(part) ? part : part.replaceAll(/[\\"$`]/g, "\\$&"))).join("")}"`;
}
