import { describe, expect, test } from "vitest";
import { type ArmValue, plainOf } from "../../../readers/arm/arm-value.ts";
import { evaluateText } from "../../../readers/arm/expression/evaluate.ts";
import { newSession } from "../../../readers/arm/expression/scope.ts";
import { parseJson } from "../../../readers/arm/parse-json.ts";
import { deploymentTarget } from "../../../readers/arm/template/deployment-target.ts";
import { templateScope } from "../../../readers/arm/template/template-scope.ts";

const place = { file: "main.json", line: 7, path: "resources[0].name" };

/** The value of an expression in a template with one parameter that is known and one that is not. */
function evaluated(expression: string): ArmValue {
  const parsed = parseJson(
    `{ "parameters": {
         "known": { "type": "string", "defaultValue": "abc" },
         "unknown": { "type": "string" },
         "list": { "type": "array", "defaultValue": ["b", "a", "c"] },
         "self": { "type": "string", "defaultValue": "[parameters('self')]" },
         "stamp": { "type": "string", "defaultValue": "[utcNow()]" },
         "nothing": { "type": "string", "nullable": true },
         "secret": { "type": "secureString", "defaultValue": "hidden" } },
       "variables": { "net": { "Name": "vnet", "subnets": [{ "name": "s0" }] }, "loop1": "[variables('loop2')]", "loop2": "[variables('loop1')]" } }`,
    "main.json",
  );
  if ("problem" in parsed || parsed.value.kind !== "object") throw new Error("the template of the test is not JSON");
  const template = parsed.value;
  const session = newSession();
  const scope = templateScope({
    template,
    binding: () => undefined,
    target: deploymentTarget(template),
    resource: () => undefined,
    session,
    origin: "",
  });
  return evaluateText(expression, place, scope);
}

describe("functions of known values", () => {
  test.each([
    // Worked examples of https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string
    ["[base64('one, two, three')]", "b25lLCB0d28sIHRocmVl"],
    ["[base64ToString('b25lLCB0d28sIHRocmVl')]", "one, two, three"],
    ["[concat('prefix-', 'a', 1)]", "prefix-a1"],
    ["[concat(createArray('1-1', '1-2'), createArray('2-1'))]", ["1-1", "1-2", "2-1"]],
    ["[contains('OneTwoThree', 'e')]", true],
    ["[contains('OneTwoThree', 'z')]", false],
    ["[contains(createObject('one', 'a'), 'ONE')]", true],
    ["[contains(createArray('one', 'two'), 'two')]", true],
    ["[empty('')]", true],
    ["[empty(createArray())]", true],
    ["[endsWith('abcdef', 'EF')]", true],
    ["[startsWith('abcdef', 'AB')]", true],
    ["[first('One Two Three')]", "O"],
    ["[last(createArray('one', 'two', 'three'))]", "three"],
    ["[format('{0}, {1}. Formatted number: {2:D5}', 'Hello', 'User', 42)]", "Hello, User. Formatted number: 00042"],
    ["[format('{{{0}}} {1:X2}|{2,4}|{2,-4}|', 'a', 255, 'b')]", "{a} FF|   b|b   |"],
    ["[indexOf('abcdef', 'CD')]", 2],
    ["[lastIndexOf('test', 't')]", 3],
    ["[indexOf(createArray('a', 'b'), 'b')]", 1],
    ["[join(createArray('one', 'two'), '-')]", "one-two"],
    ["[length('One Two Three')]", 13],
    ["[padLeft('123', 10, '0')]", "0000000123"],
    ["[replace('123-123-1234', '-', '')]", "1231231234"],
    ["[replace('a', 'a', '$&')]", "$&"],
    ["[skip('one two three', 4)]", "two three"],
    ["[take(createArray('one', 'two'), 1)]", ["one"]],
    ["[split('one,two', ',')]", ["one", "two"]],
    ["[split('one;two,three', createArray(',', ';'))]", ["one", "two", "three"]],
    ["[string(createObject('valueA', 10))]", '{"valueA":10}'],
    ["[string(true())]", "True"],
    ["[substring('one two three', 4, 3)]", "two"],
    ["[toLower('One')]", "one"],
    ["[trim('    one two three   ')]", "one two three"],
    ["[uriComponent('https://example.com/a b')]", "https%3A%2F%2Fexample.com%2Fa%20b"],
    ["[uriComponentToString('https%3A%2F%2Fexample.com%2F%C3%A9')]", "https://example.com/é"],
    ["[uri('https://example.com/a/', 'b.json')]", "https://example.com/a/b.json"],
    ["[concat('it''s')]", "it's"],
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array
    ["[flatten(createArray(createArray(1, 2), createArray(3)))]", [1, 2, 3]],
    ["[intersection(createArray('one', 'two', 'three'), createArray('two', 'three'))]", ["two", "three"]],
    ["[intersection(createObject('one', 'a', 'two', 'b'), createObject('one', 'a', 'two', 'z'))]", { one: "a" }],
    ["[union(createArray('one', 'two'), createArray('two', 'three'))]", ["one", "two", "three"]],
    [
      "[union(createObject('one', createObject('x', 1)), createObject('one', createObject('y', 2)))]",
      { one: { x: 1, y: 2 } },
    ],
    ["[range(5, 3)]", [5, 6, 7]],
    ["[array('a')]", ["a"]],
    ["[indexFromEnd(createArray('a', 'b', 'c'), 2)]", "b"],
    ["[tryIndexFromEnd(createArray('a'), 5)]", null],
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-object
    ["[coalesce(null(), 'a')]", "a"],
    [
      "[items(createObject('b', 2, 'a', 1))]",
      [
        { key: "a", value: 1 },
        { key: "b", value: 2 },
      ],
    ],
    ["[objectKeys(createObject('b', 2, 'a', 1))]", ["a", "b"]],
    [
      "[shallowMerge(createArray(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2))))]",
      { a: { y: 2 } },
    ],
    ["[json('{\"a\": [1, null]}').a]", [1, null]],
    ["[tryGet(variables('net'), 'subnets', 0, 'name')]", "s0"],
    ["[tryGet(variables('net'), 'nope', 'name')]", null],
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-numeric
    ["[add(5, 3)]", 8],
    ["[div(8, 3)]", 2],
    ["[mod(7, 3)]", 1],
    ["[sub(-1, 2)]", -3],
    ["[mul(5, 3)]", 15],
    ["[int('4')]", 4],
    ["[min(createArray(0, 3, 2))]", 0],
    ["[max(0, 3, 2)]", 3],
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-logical
    ["[and(true(), not(false()), bool('true'))]", true],
    ["[or(false(), bool(0))]", false],
    ["[if(less(1, 2), 'yes', parameters('unknown'))]", "yes"],
    ["[greaterOrEquals('b', 'a')]", true],
    ["[equals('a', 'A')]", false],
    ["[equals(createArray('a', 1), createArray('a', 1))]", true],
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-lambda
    ["[filter(createArray(1, 5, 3), lambda('n', greaterOrEquals(lambdaVariables('n'), 3)))]", [5, 3]],
    [
      "[map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('x'), lambdaVariables('i'))))]",
      ["a0", "b1"],
    ],
    ["[reduce(createArray(1, 2, 3), 0, lambda('sum', 'n', add(lambdaVariables('sum'), lambdaVariables('n'))))]", 6],
    ["[sort(parameters('list'), lambda('x', 'y', less(lambdaVariables('x'), lambdaVariables('y'))))]", ["a", "b", "c"]],
    ["[toObject(createArray('a'), lambda('x', lambdaVariables('x')), lambda('x', 1))]", { a: 1 }],
    [
      "[groupBy(createArray('ab', 'cd', 'ae'), lambda('x', first(lambdaVariables('x'))))]",
      { a: ["ab", "ae"], c: ["cd"] },
    ],
    ["[mapValues(createObject('a', 1), lambda('v', add(lambdaVariables('v'), 1)))]", { a: 2 }],
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-cidr
    [
      "[parseCidr('10.144.0.0/20')]",
      {
        network: "10.144.0.0",
        netmask: "255.255.240.0",
        broadcast: "10.144.15.255",
        firstUsable: "10.144.0.1",
        lastUsable: "10.144.15.254",
        cidr: 20,
      },
    ],
    ["[cidrSubnet('10.144.0.0/20', 24, 4)]", "10.144.4.0/24"],
    ["[cidrHost('10.144.3.0/24', 0)]", "10.144.3.1"],
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-date
    ["[dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y')]", "2023-04-07T14:53:14Z"],
    ["[dateTimeAdd('2020-04-07T14:53:14Z', '-P9D')]", "2020-03-29T14:53:14Z"],
    ["[dateTimeFromEpoch(1683040573)]", "2023-05-02T15:16:13Z"],
    ["[dateTimeToEpoch('2023-05-02T15:16:13Z')]", 1683040573],
    // https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource
    [
      "[resourceId('00000000-0000-0000-0000-000000000001', 'rg', 'Microsoft.Network/virtualNetworks/subnets', 'v', 's')]",
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
    ],
    [
      "[tenantResourceId('Microsoft.Authorization/roleDefinitions', 'x')]",
      "/providers/Microsoft.Authorization/roleDefinitions/x",
    ],
    [
      "[extensionResourceId('/subscriptions/a', 'Microsoft.Authorization/locks', 'keep')]",
      "/subscriptions/a/providers/Microsoft.Authorization/locks/keep",
    ],
    ["[PARAMETERS('KNOWN')]", "abc"],
    ["[variables('net').name]", "vnet"],
    ["[variables('net').?nope]", null],
    ["[variables('net').subnets[0].name]", "s0"],
    ["[parameters('nothing')]", null],
    ["[[not an expression]", "[not an expression]"],
    ["[neither this", "[neither this"],
  ])("%s", (expression, value) => {
    expect(plainOf(evaluated(expression))).toEqual({ plain: value });
  });
});

describe("what is not known stays unknown, and keeps what can be said of it", () => {
  test.each([
    {
      expression: "[parameters('unknown')]",
      symbol: "{parameters('unknown')}",
      reason: 'parameter "unknown" has no default and no value',
    },
    {
      expression: "[concat('vnet-', parameters('unknown'))]",
      symbol: "vnet-{parameters('unknown')}",
      reason: 'parameter "unknown" has no default and no value',
    },
    {
      expression: "[toLower(parameters('unknown'))]",
      symbol: "{toLower(parameters('unknown'))}",
      reason: 'parameter "unknown" has no default and no value',
    },
    {
      expression: "[resourceGroup().name]",
      symbol: "{resource-group}",
      reason: "the resource group is known only when the template is deployed",
    },
    {
      expression: "[resourceGroup().location]",
      symbol: "{resourceGroup().location}",
      reason: "resourceGroup() is known only when the template is deployed",
    },
    {
      expression: "[resourceId('Microsoft.Network/routeTables', 'rt')]",
      symbol:
        "/subscriptions/{subscription}/resourceGroups/{resource-group}/providers/Microsoft.Network/routeTables/rt",
      reason: "the subscription is known only when the template is deployed",
    },
    {
      expression: "[uniqueString('a')]",
      symbol: "{uniqueString('a')}",
      reason: 'the template function "uniqueString" is not evaluated',
    },
    {
      expression: "[listKeys('a', 'b').keys[0]]",
      symbol: "{listKeys('a', 'b').keys[0]}",
      reason: "listKeys() is answered by Azure only when it deploys",
    },
    {
      expression: "[reference('elsewhere').x]",
      symbol: "{reference('elsewhere').x}",
      reason: '"elsewhere" is not in the input',
    },
    { expression: "[parameters('self')]", symbol: "{parameters('self')}", reason: 'parameter "self" refers to itself' },
    { expression: "[variables('loop1')]", symbol: "{variables('loop1')}", reason: 'variable "loop1" refers to itself' },
    {
      expression: "[parameters('stamp')]",
      symbol: "{parameters('stamp')}",
      reason: 'the template function "utcNow" is not evaluated',
    },
    {
      expression: "[parameters('secret')]",
      symbol: "{parameters('secret')}",
      reason: 'parameter "secret" is secure, so it is not read',
    },
    {
      expression: "[parameters('typo')]",
      symbol: "{parameters('typo')}",
      reason: 'parameters(): the template has no parameter "typo"',
    },
    {
      expression: "[add('a', 1)]",
      symbol: "{add('a', 1)}",
      reason: "add(): argument 1 is of type string, expected a whole number",
    },
    { expression: "[div(1, 0)]", symbol: "{div(1, 0)}", reason: "div(): division by zero" },
    {
      expression: "[toLower()]",
      symbol: "{toLower()}",
      reason: "toLower() was given 0 arguments, which it does not take",
    },
    {
      expression: "[variables('net').nope]",
      symbol: "{{Name: 'vnet', subnets: [{name: 's0'}]}.nope}",
      reason: 'there is no property "nope" in the value',
    },
    {
      expression: "[equals(parameters('unknown'), 'a')]",
      symbol: "{equals(parameters('unknown'), 'a')}",
      reason: 'parameter "unknown" has no default and no value',
    },
    {
      expression: "[cidrSubnet('10.0.0.0/24', 25, 2)]",
      symbol: "{cidrSubnet('10.0.0.0%2f24', 25, 2)}",
      reason: 'cidrSubnet(): "10.0.0.0/24" has no /25 subnet with index 2',
    },
    {
      expression: "[cidrSubnet('10.0.0.1/24', 25, 0)]",
      symbol: "{cidrSubnet('10.0.0.1%2f24', 25, 0)}",
      reason: 'cidrSubnet(): prefix "10.0.0.1/24" has host bits set; did you mean "10.0.0.0/24"?',
    },
    {
      expression: "[copyIndex()]",
      symbol: "{copyIndex()}",
      reason: "copyIndex(): there is no such copy loop around it",
    },
  ])("$expression", ({ expression, symbol, reason }) => {
    expect(evaluated(expression)).toEqual({ kind: "unknown", symbol, reason, place });
  });

  test.each([
    { expression: "[and(false(), parameters('unknown'))]", value: false, because: "false decides an and" },
    { expression: "[or(parameters('unknown'), true())]", value: true, because: "true decides an or" },
    { expression: "[if(parameters('unknown'), 'same', 'same')]", value: "same", because: "both branches agree" },
    {
      expression: "[equals(parameters('unknown'), parameters('unknown'))]",
      value: true,
      because: "a value equals itself",
    },
    {
      expression: "[length(createArray(parameters('unknown'), 'a'))]",
      value: 2,
      because: "the number of items is known",
    },
    {
      expression: "[contains(createArray(parameters('unknown'), 'a'), 'a')]",
      value: true,
      because: "it is there in any case",
    },
    {
      expression: "[last(split(resourceId('Microsoft.Network/routeTables', 'rt'), '/'))]",
      value: "rt",
      because: "only the scope of the id is not known",
    },
    {
      expression: "[createArray(parameters('unknown'), 'a')[1]]",
      value: "a",
      because: "only the other item is not known",
    },
  ])("$expression is known all the same: $because", ({ expression, value }) => {
    expect(plainOf(evaluated(expression))).toEqual({ plain: value });
  });
});

describe("bounds", () => {
  test.each([
    { expression: "[range(0, 20000)]", reason: "range(): a range has 0 to 10000 items, not 20000" },
    { expression: "[padLeft('', 999999999)]", reason: "padLeft(): expected a length up to 10000 and one character" },
    {
      expression: `[${"string(".repeat(60)}1${")".repeat(60)}]`,
      reason: undefined,
    },
  ])("$expression", ({ expression, reason }) => {
    const value = evaluated(expression);
    expect(value.kind === "unknown" ? value.reason : undefined).toBe(reason);
  });
});
