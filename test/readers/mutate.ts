import type { Plain } from "../../readers/arm/arm-value.ts";

/** Numbers in 0..1 that depend on nothing but the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Damages a text in one to four places. */
export function mutateText(text: string, random: () => number): string {
  let mutated = text;
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) mutated = mutateOnce(mutated, random);
  return mutated;
}

/** Replaces, removes, renames or moves one to four values of a document. */
export function mutateData(data: Plain, random: () => number): Plain {
  let mutated = structuredClone(data);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) mutated = mutateNode(mutated, data, random, 0);
  return mutated;
}

const snippets = [
  "{",
  "}",
  "[",
  "]",
  '"',
  ",",
  ":",
  "'",
  "\\",
  "\\u12",
  "\n",
  "\0",
  "//",
  "/*",
  "*/",
  "null",
  "true",
  "-1",
  "1e999",
  "0x1",
  "NaN",
  "99999999999999999999",
  "\u{1F600}",
  "[[",
  '"[',
  ']"',
  "[concat(",
  "[parameters('workload')]",
  "[variables('vnetName')]",
  "[reference('peer').outputs.hubName.value]",
  "[copyIndex()]",
  "[resourceGroup().id]",
  "[range(0, 10000)]",
  "'')]",
  '{"id": null}',
  '"copy": [{"name": "x", "count": 800, "input": "[copyIndex(\'x\')]"}],',
  '"properties": [],',
  '"name": {},',
  '"type": 1,',
];

const values: readonly Plain[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  "",
  "*",
  "/",
  "//",
  "/providers/",
  "/subscriptions/a/resourceGroups/b",
  "10.0.0.0/8",
  "10.0.0.4/8",
  "::/0",
  "Internet",
  "0-70000",
  "[parameters('workload')]",
  "[variables('vnetName')]",
  "[reference('peer')]",
  "[reference(resourceId('a.b/c', 'd'))]",
  "[resourceId('Microsoft.Network/virtualNetworks', 'x', 'y')]",
  "[concat(",
  "[]",
  "[[x]",
  "[copyIndex(1)]",
  "[createObject('a')]",
  "[if(parameters('nope'), 1, 2)]",
  "{",
  "}",
  "{a/b}",
  "__proto__",
  "toString",
  [],
  {},
  [[[]]],
  [null],
  { id: null },
  { id: 1 },
  { id: "x" },
  { name: "copy", count: 3, input: "[copyIndex('copy')]" },
  { value: [] },
  { resources: [] },
  "Microsoft.Network/virtualNetworks/subnets",
  "Microsoft.Resources/deployments",
  "4dabf18193072939515e22adb298388d",
  { "4dabf18193072939515e22adb298388d": 1 },
];

function mutateOnce(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const length = Math.floor(random() * random() * 200);
  switch (Math.floor(random() * 5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + length);
    case 1:
      return text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(snippets, random) + text.slice(at);
    case 3:
      return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 128)) + text.slice(at + 1);
    default: {
      const other = Math.floor(random() * (text.length + 1));
      return text.slice(0, at) + text.slice(other, other + length) + text.slice(at + length);
    }
  }
}

function mutateNode(node: Plain, root: Plain, random: () => number, depth: number): Plain {
  if (depth > 1 && random() < 0.15) return random() < 0.3 ? anyPart(root, random) : pick(values, random);
  if (typeof node !== "object" || node === null) return random() < 0.8 ? pick(values, random) : anyPart(root, random);
  if (isArray(node)) {
    const items = [...node];
    const at = Math.floor(random() * items.length);
    if (items.length === 0 || random() < 0.05) items.push(pick(values, random));
    else if (random() < 0.1) items.splice(at, 1);
    else items[at] = mutateNode(items[at] ?? null, root, random, depth + 1);
    return items;
  }
  const entries = Object.entries(node);
  const at = Math.floor(random() * entries.length);
  const [name, value] = entries[at] ?? ["name", null];
  const kind = random();
  if (kind < 0.08) entries.splice(at, 1);
  else if (kind < 0.16)
    entries[at] = [random() < 0.5 ? name.toUpperCase() : JSON.stringify(pick(values, random)), value];
  else entries[at] = [name, mutateNode(value, root, random, depth + 1)];
  return Object.fromEntries(entries);
}

function anyPart(root: Plain, random: () => number): Plain {
  let part = root;
  while (typeof part === "object" && part !== null && random() < 0.85) {
    const inside: readonly Plain[] = isArray(part) ? part : Object.values(part);
    if (inside.length === 0) break;
    part = pick(inside, random);
  }
  return part;
}

function pick<T>(from: readonly T[], random: () => number): T {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}

function isArray(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
